"""Accounts, what was set aside, settings and the first steps."""

import json
from typing import Any

import pytest
from django.test import Client

from reparto.channels.account_settings import read_settings
from reparto.channels.models import Account
from reparto.channels.queries import find_account
from reparto.kit.organization_settings import read_settings as read_organization
from reparto.kit.tenancy import enter_organization
from tests import cast
from tests.cast import APP_SECRET, Cast
from tests.road import deliver, submit_form, work
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db
PAGES = ("/cuentas", "/cuentas/nueva", "/cuarentena", "/ajustes", "/primeros-pasos")


@pytest.fixture
def company() -> Cast:
    """A company, entered."""
    return cast.a_company()


def a_form(company: Cast, **more: Any) -> dict[str, Any]:
    """Return what the form of a WhatsApp number sends."""
    return {
        "kind": "whatsapp",
        "name": "Ventas",
        "group_id": company.root_id,
        "settings.phone_number_id": "106540352242922",
        "settings.app_secret": APP_SECRET,
        "settings.verify_token": "una palabra",
        "settings.access_token": "EAAG-not-a-real-token",
        "settings.api_base": "https://graph.facebook.com",
        "active": "on",
    } | more


class TestWhoMay:
    """Only an administrator."""

    @pytest.mark.parametrize("path", PAGES)
    def test_others_may_not(self, company: Cast, path: str) -> None:
        """An agent and a manager are refused; whoever is signed out is asked to sign in."""
        assert 403 == Visitor(company.alba).get(path).status_code
        assert 403 == Visitor(company.manager).get(path).status_code
        assert Client().get(path).headers["Location"].startswith("/entrar/")

    def test_strangers_get_404(self, company: Cast) -> None:
        """Another company's account does not exist, and its quarantine is not shown."""
        account = cast.a_whatsapp_account(admin=company.admin)
        deliver(account, b"[not json")
        work(company.organization_id)
        stranger = Visitor(cast.a_stranger().admin)

        assert 404 == stranger.get(f"/cuentas/{account.pk}").status_code
        assert 404 == stranger.post(f"/cuentas/{account.pk}", **a_form(company)).status_code
        assert "bad_json" not in text(stranger.get("/cuarentena"))


class TestAccount:
    """A number, a form."""

    def test_add_a_number(self, company: Cast) -> None:
        """An added number shows the address to copy; no secret is on the page but its last four characters."""
        visitor = Visitor(company.admin)
        answer = visitor.post("/cuentas/nueva", **a_form(company))
        enter_organization(company.organization_id)
        account = Account.objects.get()
        page = text(visitor.get(answer.headers["Location"]))

        assert f"/hooks/whatsapp/{account.key}" in page
        assert APP_SECRET not in page
        assert "EAAG-not-a-real-token" not in page
        assert f"••••{APP_SECRET[-4:]}" in page

    def test_masks_change_nothing(self, company: Cast) -> None:
        """Saving the page as it was drawn keeps every secret."""
        account = cast.a_whatsapp_account(admin=company.admin)
        masked = {"settings.app_secret": f"••••{APP_SECRET[-4:]}", "settings.access_token": "••••oken"}
        answer = Visitor(company.admin).post(f"/cuentas/{account.pk}", **a_form(company, name="Otra", **masked))

        assert 302 == answer.status_code
        enter_organization(company.organization_id)
        stored = read_settings(find_account(account.pk))
        assert (APP_SECRET, "EAAG-not-a-real-token") == (stored["app_secret"], stored["access_token"])

    def test_without_a_secret(self, company: Cast) -> None:
        """A number without a secret is refused beside the field: no delivery could be told from a forgery."""
        answer = Visitor(company.admin).post("/cuentas/nueva", **a_form(company, **{"settings.app_secret": ""}))

        assert 422 == answer.status_code
        assert 1 == text(answer).count('class="fault"')

    def test_a_form_to_paste(self, company: Cast) -> None:
        """A web form shows a piece of HTML that posts to its own address, as text."""
        account = cast.an_account("webform", admin=company.admin)
        page = text(Visitor(company.admin).get(f"/cuentas/{account.pk}"))

        assert f"&lt;form action=&quot;http://127.0.0.1:8000/hooks/webform/{account.key}&quot;" in page

    def test_a_channel_that_is_not_built(self, company: Cast) -> None:
        """A mailbox can be kept, and the page says that nothing comes in by it yet."""
        account = cast.an_account("email", admin=company.admin)
        page = text(Visitor(company.admin).get(f"/cuentas/{account.pk}"))

        assert 'class="ban warn"' in page
        assert "/hooks/email" not in page

    def test_paused(self, company: Cast) -> None:
        """A paused account refuses what arrives."""
        account = cast.a_whatsapp_account(admin=company.admin)
        form = a_form(company)
        del form["active"]
        Visitor(company.admin).post(f"/cuentas/{account.pk}", **form)

        enter_organization(company.organization_id)
        assert 200 != deliver(account, b"{}").status


class TestQuarantine:
    """What could not be read."""

    def test_newest_first_as_text(self, company: Cast) -> None:
        """Each shows its reason in words and its fragment as text that does nothing."""
        account = cast.an_account("webform", admin=company.admin)
        submit_form(account, name="<script>alert(1)</script>")
        number = cast.a_whatsapp_account(admin=company.admin)
        deliver(number, json.dumps({"object": "<img src=x>"}).encode())
        work(company.organization_id)
        page = text(Visitor(company.admin).get("/cuarentena"))

        assert "foreign_object" in page
        assert "<img src=x>" not in page
        assert "<script>alert" not in page


class TestSettings:
    """Presence, and owners who are away."""

    def test_saved(self, company: Cast) -> None:
        """Minutes become seconds, an absent switch is off."""
        sent = {"grace-whatsapp": "5", "grace-webform": "10", "grace-phone": "1440", "owner_away": "wait"}
        sent |= {"figures-days": "90", "figures-minimum_sample": "5", "figures-shrinkage": "5"}
        Visitor(company.admin).post("/ajustes", **sent)

        enter_organization(company.organization_id)
        settings = read_organization()
        assert {"whatsapp": 300, "webform": 600, "phone": 86400} == settings["presence"]["grace_seconds"]
        assert (False, "wait") == (settings["presence"]["sign_of_life"], settings["distribution"]["owner_away"])

    def test_wrong_minutes(self, company: Cast) -> None:
        """Nothing is saved while one field is wrong; what was typed stays."""
        sent = {"grace-whatsapp": "pronto", "grace-webform": "10", "grace-phone": "0", "owner_away": "wait"}
        answer = Visitor(company.admin).post("/ajustes", **sent)

        assert (422, 2) == (answer.status_code, text(answer).count('class="fault"'))
        assert 'value="pronto"' in text(answer)
        enter_organization(company.organization_id)
        assert "cover" == read_organization()["distribution"]["owner_away"]


class TestFirstSteps:
    """What a new administrator sees."""

    def test_until_there_is_an_account(self, company: Cast) -> None:
        """The start leads to the steps while nothing can come in, and to the work afterwards; agents never see them."""
        assert "/primeros-pasos" == Visitor(company.admin).get("/").headers["Location"]
        assert "/primeros-pasos" != Visitor(company.alba).get("/").headers["Location"]
        assert 4 == text(Visitor(company.admin).get("/primeros-pasos")).count("step-row")
        enter_organization(company.organization_id)
        cast.a_whatsapp_account(admin=company.admin)

        assert "/primeros-pasos" != Visitor(company.admin).get("/").headers["Location"]


class TestAPhoneLine:
    """LG-11: what call events need."""

    def test_shows_where_events_go(self, company: Cast) -> None:
        """LG-11: its page has the address for call events, says nothing of not being built, and masks both secrets."""
        account = cast.an_account("phone", admin=company.admin, exchange_secret="una palabra larga")
        page = text(Visitor(company.admin).get(f"/cuentas/{account.pk}"))

        assert f"http://127.0.0.1:8000/hooks/phone/{account.key}" in page
        assert 'class="ban warn"' not in page
        assert "una palabra larga" not in page
        assert "••••arga" in page

    @pytest.mark.parametrize(("secrets", "status"), [({}, 422), ({"settings.exchange_secret": "larga"}, 302)])
    def test_one_of_two_secrets_is_enough(self, company: Cast, secrets: dict[str, str], status: int) -> None:
        """INV-9: Twilio's or the exchange's; with neither there is no account, for no event could be trusted."""
        form = {"kind": "phone", "name": "Línea", "group_id": company.root_id}
        answer = Visitor(company.admin).post("/cuentas/nueva", **form, **secrets)

        assert status == answer.status_code
