"""UP-8, UP-9 by the API: the catalogue of e-mail templates, and a rule that tags and mails."""

import pytest

from reparto.contacts.add_custom_field import CustomFieldDraft, add_custom_field
from tests.api.caller import Caller
from tests.cast import AT, Cast, a_company, a_contact

pytestmark = pytest.mark.django_db
BODY = {"name": "Te toca", "subject": "Nuevo: {{contact.name}}", "body": "Hola, {{agent.name}}."}


@pytest.fixture
def company() -> Cast:
    """A company, entered."""
    return a_company()


class TestTemplates:
    def test_are_kept_changed_and_deleted(self, company: Cast) -> None:
        """UP-9: an administrator keeps them, a manager reads them, nobody else does; a stale change is refused."""
        admin, manager = Caller(company.admin), Caller(company.manager)
        made = admin.post("/templates", BODY)
        path = f"/templates/{made.body['id']}"
        assert (201, BODY | {"id": made.body["id"], "version": 1}) == (made.status, made.body)
        assert [403, 403] == [manager.post("/templates", BODY).status, Caller(company.alba).get("/templates").status]
        assert [made.body] == manager.get("/templates").body["items"]

        assert 2 == admin.patch(path, {"name": "Otra"}, If_Match='"1"').body["version"]
        assert 412 == admin.patch(path, {"name": "Más"}, If_Match='"1"').status
        assert {"name": "taken"} == admin.post("/templates", BODY | {"name": "OTRA"}).codes
        assert 412 == admin.delete(path, If_Match='"1"').status
        assert [204, 404] == [admin.delete(path, If_Match='"2"').status, admin.get(path).status]

    def test_name_only_what_there_is(self, company: Cast) -> None:
        """INV-61: every field that there is not is named with its line; attributes, filters and tags are none."""
        add_custom_field(CustomFieldDraft("ruta", "Ruta", "text"), actor=company.admin, at=AT)
        wrong = "Hola {{nombre}}\n{{contact.name|upper}} {{contact.custom.ruta}}\n{{contact.owner.password}} {{"
        said = Caller(company.admin).post(
            "/templates", {"name": "X", "subject": "{{contact.__class__}}", "body": wrong}
        )

        assert 422 == said.status
        assert [
            ("subject", "unknown_field"),
            ("body", "unknown_field"),
            ("body", "unknown_field"),
            ("body", "unknown_field"),
            ("body", "lone_braces"),
        ] == [(one["path"], one["code"]) for one in said.body["errors"]]
        assert ["Línea 1", "Línea 2", "Línea 3", "Línea 3"] == [
            one["message"].partition(":")[0] for one in said.body["errors"][1:]
        ]

    def test_are_filled_in_for_a_contact_beforehand(self, company: Cast) -> None:
        """UP-9, INV-61: the preview is one pass over real values; `{{…}}` in a value stays what it is."""
        contact = a_contact("{{agent.name}}\n{% now %} Ñandú", admin=company.admin, fields={"city": "Mérida"})
        body = {"subject": "{{contact.name}}", "body": "{{contact.city}}{{contact.company}}!", "contact_id": contact.pk}
        said = Caller(company.admin).post("/templates/preview", body).body

        assert {"subject": "{{agent.name}} {% now %} Ñandú", "body": "Mérida!"} == said

    def test_of_a_rule_stay_while_it_names_them(self, company: Cast) -> None:
        """UP-8, UP-9: a rule takes tags and a template; one in use is not deleted, and it is said where it is used."""
        admin = Caller(company.admin)
        template_id = admin.post("/templates", BODY).body["id"]
        rule = {
            "description": "Norte",
            "entity": "prospect",
            "trigger": "web_integration",
            "assign_to": [{"person_id": company.alba.person_id}],
            "tags": ["Web"],
            "template_id": template_id,
        }
        made = admin.post("/rules", rule).body
        assert (template_id, ["Web"]) == (made["template_id"], made["tags"])
        refused = admin.delete(f"/templates/{template_id}")
        assert {"template_id": "in_use"} == refused.codes
        assert "Norte" in refused.body["errors"][0]["message"]
        assert {"template_id": "unknown_template"} == admin.post("/rules", rule | {"template_id": 999_999}).codes
        admin.patch(f"/rules/{made['id']}", {"template_id": None})
        assert 204 == admin.delete(f"/templates/{template_id}").status
