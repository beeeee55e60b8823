"""Two administrators with one table open, in a real browser: nobody takes back what the other set, and both are shown."""

from django.db import transaction
from playwright.sync_api import expect

from reparto.channels.models import Account
from reparto.channels.set_mode import set_mode
from reparto.kit.clock import now
from reparto.kit.tenancy import in_organization
from tests.browser.served import elsewhere, violations
from tests.browser.stage import PHONE, Stage
from tests.cast import Cast, a_company, a_whatsapp_account
from tests.web.live_browser import sign_in


def found() -> tuple[Cast, Account, str]:
    """Found a company with a number on which nobody receives, and sign its administrator in."""
    company = a_company()
    return company, a_whatsapp_account(admin=company.admin), sign_in(company.admin)


class TestAgentsAndChannels:
    def test_a_clash_is_shown_and_chosen(self, stage: Stage) -> None:
        """INV-16, AD-7: of one cell that two changed both values stand above the table; theirs is kept by choosing it."""
        company, account, key = stage.found(found)
        alba, bruno = (f"mode-{who.person_id}-{account.pk}" for who in (company.alba, company.bruno))
        page = stage.open(key, "/agentes/canales")
        elsewhere(lambda: enable(company, account))
        for name in (alba, bruno):
            page.locator(f"[name={name}]").select_option("auto")
        page.keyboard.press("Control+s")

        expect(page.locator("form .ban.bad")).to_contain_text("Alguien cambió esto mientras tanto")
        expect(page.locator(f"[name={alba}]")).to_have_value("auto")
        assert [] == violations(page)
        page.set_viewport_size(PHONE)
        assert [] == violations(page)
        page.get_by_label("Dejar el suyo: Habilitado").check()
        page.keyboard.press("Control+s")

        expect(page.locator("#toasts")).to_contain_text("Se aplicó 1 cambio")
        expect(page.locator(f"[name={alba}]")).to_have_value("enabled")
        expect(page.locator(f"[name={bruno}]")).to_have_value("auto")


def enable(company: Cast, account: Account) -> None:
    """Let somebody else enable Alba meanwhile."""
    with in_organization(company.organization_id), transaction.atomic():
        set_mode(company.alba.person_id, account.pk, mode="enabled", actor=company.admin, at=now())
