"""Templates on screen: offered before one types when the window is closed, chosen, filled, sent (UX-20)."""

from datetime import timedelta

import pytest

from reparto.channels.models import Account, MessageTemplate
from reparto.conversations.models import Message
from reparto.kit.clock import now
from tests.cast import Cast, a_company, a_whatsapp_account
from tests.web.inbox_cast import a_browser, a_conversation, act, fragment
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """A company."""
    return a_company()


@pytest.fixture
def account(cast: Cast) -> Account:
    """A WhatsApp number with one template."""
    account = a_whatsapp_account(admin=cast.admin)
    form = {"account_id": account.pk, "name": "listo", "language": "es", "body": "Hola {{1}}"}
    assert 302 == Visitor(cast.admin).post("/ajustes/plantillas", **form).status_code
    return account


class TestAClosedWindow:
    def test_says_when_it_closed_and_offers_templates(self, cast: Cast, account: Account) -> None:
        """UX-20: the composer says since when, takes no reply, and leads to the templates; an open one says until when."""
        talk = a_conversation(account, at=now() - timedelta(hours=25))
        fresh = a_conversation(account, at=now())

        shown = text(a_browser(cast.admin).get(f"/bandeja/{talk.pk}"))
        assert "se cerró el" in shown
        assert f'data-dialog="/bandeja/{talk.pk}/plantilla"' in shown
        assert 'data-mode="reply"' not in shown
        assert ", hasta las" in text(a_browser(cast.admin).get(f"/bandeja/{fresh.pk}"))

    def test_takes_a_template(self, cast: Cast, account: Account) -> None:
        """One chooses, fills and sends; what is missing is said and what was typed stays."""
        talk, admin = a_conversation(account, at=now() - timedelta(hours=25)), a_browser(cast.admin)
        url, template = f"/bandeja/{talk.pk}/plantilla", MessageTemplate.objects.get()

        assert "listo" in text(fragment(admin, url))
        assert 'name="value-1"' in text(fragment(admin, f"{url}?template={template.pk}"))
        assert 422 == act(admin, url, template=template.pk).status_code
        assert 204 == act(admin, url, template=template.pk, **{"value-1": "Clara"}).status_code
        assert "Hola Clara" == Message.objects.get(direction="out").text

    def test_lets_nobody_write_who_may_not(self, cast: Cast, account: Account) -> None:
        """Who only sees it is refused; who does not see it gets 404; the page of templates is an administrator's."""
        talk = a_conversation(account, at=now() - timedelta(hours=25))

        assert 403 == fragment(a_browser(cast.bruno), f"/bandeja/{talk.pk}/plantilla").status_code
        assert 404 == fragment(a_browser(cast.bruno), "/bandeja/99999/plantilla").status_code
        assert 403 == Visitor(cast.manager).get("/ajustes/plantillas").status_code
        template = MessageTemplate.objects.get()
        assert 302 == Visitor(cast.admin).post(f"/ajustes/plantillas/{template.pk}/eliminar").status_code
        assert not MessageTemplate.objects.exists()
