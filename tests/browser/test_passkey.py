"""A passkey in a real browser: set up once, and from then on enough to come in."""

import re

import pytest
from playwright.sync_api import Page, expect

from reparto.kit.clock import now
from reparto.kit.tenancy import in_organization
from reparto.people.invite_person import invite_person
from tests.browser.served import violations
from tests.browser.stage import Stage
from tests.cast import a_company

PASSWORD = "una frase que solo yo diría"
#: A key as a phone or a laptop has one: it is there, and it knows whose finger it is.
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(stage: Stage) -> tuple[Page, str]:
    """An invited administrator's browser with a key in it, and their link; keys want a name, no number, for a host."""
    link = stage.found(invited)
    context = stage.browser.new_context(base_url=stage.url.replace("127.0.0.1", "localhost"), locale="es-CL")
    opened = context.new_page()
    session = context.new_cdp_session(opened)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return opened, "/" + link.split("/", 3)[3]


def invited() -> str:
    """Found a company and invite its administrator."""
    company = a_company()
    with in_organization(company.organization_id):
        return invite_person(company.admin.person_id, at=now())


class TestPasskey:
    def test_set_up_and_come_in(self, page: tuple[Page, str]) -> None:
        """A key that was set up for it signs in alone, in its own company, without e-mail, password or second step."""
        browser, link = page
        browser.goto(link)
        browser.locator("#f-password").fill(PASSWORD)
        browser.keyboard.press("Enter")
        browser.wait_for_url(lambda url: "invitations" not in url)
        browser.goto("/cuenta/dos-pasos/webauthn/add/")
        if browser.locator("#id_password").count():
            browser.locator("#id_password").fill(PASSWORD)
            browser.keyboard.press("Enter")
            browser.wait_for_url(re.compile("webauthn/add"))
        browser.locator("#id_name").fill("Mi teléfono")
        browser.locator("#id_passwordless").check()
        browser.locator("#mfa_webauthn_add").click()
        browser.wait_for_url(lambda url: "webauthn/add" not in url)

        browser.context.clear_cookies()
        browser.goto("/entrar/")
        assert [] == violations(browser)
        browser.locator("#passkey_login").click()
        browser.wait_for_url(lambda url: "/entrar/" not in url)
        browser.goto("/perfil")
        expect(browser.locator("body")).to_contain_text("Ada")
