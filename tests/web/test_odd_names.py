"""Names that nobody expected, of everything that has one: too long, unseen, written from right to left."""

from dataclasses import dataclass, field
from html import unescape
from typing import Any

import pytest

from tests.api.caller import Caller
from tests.cast import Cast, a_company, a_whatsapp_account, an_email
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db
LONG = "ñ" * 10_000
UNSEEN = "\u200b\u202e"
ARABIC = "\u0645\u0631\u064a\u0645"


RULE = {"entity": "prospect", "trigger": "web_integration", "assign_to": [{"person_id": "{alba}"}]}


@dataclass(frozen=True)
class Named:
    """Something with a name: where it is made, by API and by page, and what it is called there."""

    api: str = ""
    body: dict[str, Any] = field(default_factory=dict)
    page: str = ""
    form: dict[str, Any] = field(default_factory=dict)
    path: str = "name"  #: of the name, by API


THINGS = {
    "person": Named("/people", {"email": "{email}", "group_id": "{north}"}, "/agentes/nueva", {"group_id": "{north}"}),
    "group": Named("/groups", {"parent_id": "{north}"}, "/agentes/grupos", {"parent_id": "{north}"}),
    "campaign": Named("/campaigns", {}, "/agentes/campanas"),
    "account": Named("/accounts", {"kind": "webform", "group_id": "{north}"}, "/cuentas/nueva", {"kind": "webform"}),
    "tag": Named("/tags"),
    "quick reply": Named("/quick-replies", {"text": "Hola"}, "/ajustes/respuestas", {"text": "Hola"}),
    "template": Named("/templates", {"subject": "a", "body": "b"}, "/ajustes/plantillas-de-correo", {"body": "b"}),
    "flow": Named("/flows", {"trigger": {"kind": "conversation_starts"}, "steps": []}, "/flujos/nuevo"),
    "rule": Named("/rules", RULE, "/reglas/nueva", path="description"),
    "view": Named(page="/contactos/vistas/nueva"),
    "field": Named("/fields", {"key": "raro", "type": "text"}, "/ajustes/campos", {"type": "text"}, path="label"),
}
BY_API = [name for name, one in THINGS.items() if one.api]
BY_PAGE = [name for name, one in THINGS.items() if one.page]


@pytest.fixture
def cast() -> Cast:
    """A company with an account."""
    cast = a_company()
    a_whatsapp_account(admin=cast.admin)
    return cast


def filled(raw: Any, cast: Cast) -> Any:
    """Return a body with the ids of this company."""
    if isinstance(raw, dict):
        return {name: filled(one, cast) for name, one in raw.items()}
    if isinstance(raw, list):
        return [filled(one, cast) for one in raw]
    known = {"{north}": cast.north_id, "{alba}": cast.alba.person_id, "{email}": an_email("odd")}
    return known.get(raw, raw) if isinstance(raw, str) else raw


class TestAName:
    @pytest.mark.parametrize("thing", BY_API)
    def test_by_api(self, cast: Cast, thing: str) -> None:
        """INV-36: what is too long or has nothing to see is a fault of its field; what goes from right to left is kept."""
        admin, one = Caller(cast.admin), THINGS[thing]
        body = filled(one.body, cast)
        refused = [admin.post(one.api, body | {one.path: name}) for name in (LONG, UNSEEN)]
        made = admin.post(one.api, body | {one.path: ARABIC + UNSEEN})

        assert [(422, "too_long"), (422, "blank")] == [(no.status, no.codes.get(one.path)) for no in refused]
        assert (201, ARABIC) == (made.status, made.body[one.path])

    @pytest.mark.parametrize("thing", BY_PAGE)
    def test_by_page(self, cast: Cast, thing: str) -> None:
        """Beside the field, with what was typed: nothing is cut, nothing is lost, and nothing fails."""
        visitor, one = Visitor(cast.admin), THINGS[thing]
        form = filled(one.form, cast)
        refused = [visitor.post(one.page, **form, **{one.path: name}) for name in (LONG, UNSEEN)]

        assert [422, 422] == [no.status_code for no in refused]
        assert [True, True] == ['aria-invalid="true"' in text(no) for no in refused]
        assert LONG in unescape(text(refused[0]))
