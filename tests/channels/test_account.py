"""Accounts: what each kind needs, what is kept secret, who may be given what on them."""

from typing import Any

import pytest

from reparto.channels.account_settings import mask, read_settings, show_settings
from reparto.channels.add_account import AccountDraft, add_account
from reparto.channels.edit_account import edit_account
from reparto.channels.models import Account
from reparto.channels.queries import UnknownAccount, account_by_key, find_account, modes_of, modes_on
from reparto.channels.set_mode import set_mode
from reparto.kit.check_version import StaleVersion
from reparto.kit.faults import Invalid
from reparto.kit.models import AuditEntry
from reparto.kit.tenancy import current_organization, enter_organization
from reparto.people.permissions import NotAllowed
from reparto.people.queries import UnknownPerson
from tests import cast
from tests.cast import APP_SECRET, AT, SETTINGS, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db: None) -> Cast:
    """A company."""
    return cast.a_company()


def without(kind: str, name: str) -> dict[str, Any]:
    """Return the settings of a kind but one."""
    return {key: value for key, value in SETTINGS[kind].items() if key != name}


class TestAddAccount:
    @pytest.mark.parametrize("kind", ["whatsapp", "email", "webform", "phone"])
    def test_its_key_leads_to_it(self, company: Cast, kind: str) -> None:
        """The key of its hook enters its organization, from anywhere, for its own kind only."""
        account = cast.an_account(kind, admin=company.admin)
        enter_organization(cast.a_stranger().organization_id)

        assert account == account_by_key(kind, account.key, at=AT)
        assert company.organization_id == current_organization()
        assert account_by_key("other", account.key, at=AT) is None

    @pytest.mark.parametrize(("kind", "name"), [("whatsapp", "app_secret"), ("phone", "auth_token")])
    @pytest.mark.parametrize("given", [{}, {"blank": True}])
    def test_without_its_secret_it_is_not_made(
        self, company: Cast, kind: str, name: str, given: dict[str, bool]
    ) -> None:
        """INV-9: an account whose deliveries could not be told from forgeries is refused."""
        settings = without(kind, name) | ({name: " "} if given else {})

        with pytest.raises(Invalid) as refused:
            add_account(AccountDraft(kind, "Línea", company.root_id, settings), actor=company.admin, at=AT)

        assert [f"settings.{name}"] == [fault.path for fault in refused.value.faults]
        assert not Account.objects.exists()

    def test_the_missing_secret_has_a_code_of_its_own(self, company: Cast) -> None:
        """A program can tell a forgotten secret from other faults."""
        draft = AccountDraft("whatsapp", "Línea", company.root_id, without("whatsapp", "app_secret"))

        with pytest.raises(Invalid) as refused:
            add_account(draft, actor=company.admin, at=AT)

        assert ["missing_secret"] == [fault.code for fault in refused.value.faults]

    def test_all_faults_at_once(self, company: Cast) -> None:
        """Everything that is wrong is said at once, each at its place."""
        settings = {"phone_number_id": "abc", "app_secret": 5, "api_base": "ftp://x", "colour": "red"}
        draft = AccountDraft("whatsapp", "", 10**12, settings)

        with pytest.raises(Invalid) as refused:
            add_account(draft, actor=company.admin, at=AT)

        names = ("phone_number_id", "app_secret", "api_base", "colour")
        paths = {"name", "group_id", *(f"settings.{name}" for name in names)}
        assert paths == {fault.path for fault in refused.value.faults}

    def test_plain_http_is_for_named_hosts_only(self, company: Cast, settings: Any) -> None:
        """INV-55: an address without TLS is taken only where the installation says that the host is its own."""
        settings.ALLOW_PRIVATE_HOSTS = ["127.0.0.1"]
        account = cast.a_whatsapp_account(admin=company.admin, api_base="http://127.0.0.1:9/")

        assert "http://127.0.0.1:9" == read_settings(account)["api_base"]
        with pytest.raises(Invalid):
            cast.a_whatsapp_account(admin=company.admin, api_base="http://example.com")

    @pytest.mark.parametrize("who", ["manager", "alba"])
    def test_only_an_administrator(self, company: Cast, who: str) -> None:
        """Neither a manager nor an agent adds accounts."""
        with pytest.raises(NotAllowed):
            cast.an_account("webform", admin=getattr(company, who))


class TestSecrets:
    def test_they_are_in_no_column_that_can_be_read(self, company: Cast) -> None:
        """INV-77: neither the row nor the audit holds a secret as it is."""
        account = cast.a_whatsapp_account(admin=company.admin)
        row = Account.objects.get(pk=account.pk)

        kept = f"{row.settings}{bytes(row.secrets)!r}{list(AuditEntry.objects.values_list('after', flat=True))}"
        assert not [secret for secret in (APP_SECRET, "EAAG-not-a-real-token", "ask me for this") if secret in kept]
        assert APP_SECRET == read_settings(row)["app_secret"]

    def test_a_screen_gets_a_mask(self, company: Cast) -> None:
        """Of a long secret the last four signs are shown, of a short one none; what is no secret is shown."""
        shown = show_settings(cast.a_whatsapp_account(admin=company.admin, verify_token="short"))

        assert ("••••cdef", "••••", "106540352242922") == (
            shown["app_secret"],
            shown["verify_token"],
            shown["phone_number_id"],
        )
        assert "https://graph.facebook.com" == shown["api_base"]

    def test_a_mask_that_comes_back_changes_nothing(self, company: Cast) -> None:
        """A screen sends what it was given: the secret stays; a new one replaces it."""
        account = cast.a_whatsapp_account(admin=company.admin)
        changes = {"app_secret": mask(APP_SECRET), "access_token": "EAAG-a-newer-token"}

        edit_account(account.pk, {"settings": changes}, actor=company.admin, at=AT)

        kept = read_settings(find_account(account.pk))
        assert (APP_SECRET, "EAAG-a-newer-token") == (kept["app_secret"], kept["access_token"])


class TestEditAccount:
    def test_only_what_is_given_changes(self, company: Cast) -> None:
        """A change of the name leaves the rest, counts the version up, and is on record."""
        account = cast.a_whatsapp_account(admin=company.admin)

        after = edit_account(account.pk, {"name": "Ventas"}, actor=company.admin, at=AT, if_version=1)

        assert ("Ventas", 2, account.key, APP_SECRET) == (
            after.name,
            after.version,
            after.key,
            read_settings(after)["app_secret"],
        )
        assert {"name": "Ventas"} == AuditEntry.objects.get(action="account.edit").after

    @pytest.mark.parametrize("given", [None, ""])
    def test_its_secret_cannot_be_taken_away(self, company: Cast, given: str | None) -> None:
        """INV-9: an account never comes to be without the secret by which it tells forgeries."""
        account = cast.a_whatsapp_account(admin=company.admin)

        with pytest.raises(Invalid):
            edit_account(account.pk, {"settings": {"app_secret": given}}, actor=company.admin, at=AT)

    def test_out_of_use_its_hook_is_unknown(self, company: Cast) -> None:
        """An account that is switched off takes no deliveries."""
        account = cast.an_account("webform", admin=company.admin)

        edit_account(account.pk, {"active": False}, actor=company.admin, at=AT)

        assert account_by_key("webform", account.key, at=AT) is None

    def test_what_is_wrong_or_stale_changes_nothing(self, company: Cast) -> None:
        """Unknown fields, another company's group, and a version that has passed are refused."""
        account, stranger = cast.an_account("webform", admin=company.admin), cast.a_stranger()

        with pytest.raises(Invalid) as refused:
            edit_account(
                account.pk, {"key": "x", "kind": "phone", "group_id": stranger.root_id}, actor=company.admin, at=AT
            )
        assert {"key", "kind", "group_id"} == {fault.path for fault in refused.value.faults}
        with pytest.raises(StaleVersion):
            edit_account(account.pk, {"name": "x"}, actor=company.admin, at=AT, if_version=7)


class TestMode:
    def test_nobody_is_given_anything_until_it_is_set(self, company: Cast) -> None:
        """AD-7: no mode means disabled; the last one that was set holds."""
        account = cast.a_whatsapp_account(admin=company.admin)
        before = modes_of(company.alba.person_id)

        for mode in ("enabled", "auto"):
            set_mode(company.alba.person_id, account.pk, mode=mode, actor=company.admin, at=AT)

        assert ({}, {account.pk: "auto"}) == (before, modes_of(company.alba.person_id))
        assert {company.alba.person_id: "auto"} == modes_on(account.pk)
        entry = AuditEntry.objects.filter(action="account.mode").latest("id")
        assert ("enabled", "auto") == (entry.before["mode"], entry.after["mode"])

    def test_strangers_and_unknown_modes(self, company: Cast) -> None:
        """INV-30: another company's person or account does not exist; a mode that is none is refused."""
        account, stranger = cast.an_account("webform", admin=company.admin), cast.a_stranger()

        with pytest.raises(UnknownPerson):
            set_mode(stranger.alba.person_id, account.pk, mode="auto", actor=company.admin, at=AT)
        with pytest.raises(UnknownAccount):
            set_mode(company.alba.person_id, 10**12, mode="auto", actor=company.admin, at=AT)
        with pytest.raises(Invalid):
            set_mode(company.alba.person_id, account.pk, mode="on", actor=company.admin, at=AT)

    def test_only_an_administrator(self, company: Cast) -> None:
        """Nobody sets their own mode."""
        account = cast.an_account("webform", admin=company.admin)

        with pytest.raises(NotAllowed):
            set_mode(company.alba.person_id, account.pk, mode="auto", actor=company.alba, at=AT)
