"""The portfolio: which client of an account belongs to whom."""

import pytest

from reparto.assignment.models import Decision
from reparto.channels.models import Account
from reparto.contacts.models import Contact
from reparto.kit.faults import Invalid
from reparto.kit.models import AuditEntry
from reparto.people.permissions import NotAllowed
from reparto.people.suspend_person import suspend_person
from reparto.portfolio.add_direct_assignment import DirectAssignmentDraft, add_direct_assignment
from reparto.portfolio.models import DirectAssignment
from reparto.portfolio.queries import UnknownDirectAssignment
from reparto.portfolio.remove_direct_assignment import remove_direct_assignment
from tests.cast import AT, Cast, a_company, a_phone, a_rule, a_stranger, a_whatsapp_account
from tests.road import a_text, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Return a company whose rule deals new conversations to Alba."""
    cast = a_company()
    a_rule(cast.alba, admin=cast.admin)
    return cast


@pytest.fixture
def account(cast: Cast) -> Account:
    """A WhatsApp account on which Alba and Bruno receive."""
    return a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno))


class TestARow:
    def test_goes_before_the_rules(self, cast: Cast, account: Account) -> None:
        """A client of the list goes to their executive, not to whom the rules would choose (AD-1)."""
        phone = a_phone()
        add_direct_assignment(DirectAssignmentDraft(account.pk, phone, cast.bruno.person_id), actor=cast.admin, at=AT)

        write(account, a_text(phone))

        assert cast.bruno.person_id == Contact.objects.get().owner_id
        assert "portfolio" == Decision.objects.get().route

    def test_says_all_that_is_wrong_with_it(self, cast: Cast) -> None:
        """An unknown account, foreign and suspended people and no phone are said at once; nothing is stored (EC-23)."""
        stranger, gone = a_stranger().alba.person_id, cast.carla.person_id
        suspend_person(gone, actor=cast.admin, at=AT)

        with pytest.raises(Invalid) as refused:
            add_direct_assignment(DirectAssignmentDraft(0, "nadie", stranger, 0, gone), actor=cast.admin, at=AT)

        wrong = {"account_id", "primary_id", "backup_id", "supervisor_id", "identifier"}
        assert wrong == {one.path for one in refused.value.faults}
        assert not DirectAssignment.objects.exists()

    def test_stands_once_however_it_is_written(self, cast: Cast, account: Account) -> None:
        """The same number in another spelling is the same client of that account (EC-73)."""
        first, again = (
            DirectAssignmentDraft(account.pk, number, cast.alba.person_id)
            for number in ("+525512345678", "+5215512345678")
        )
        add_direct_assignment(first, actor=cast.admin, at=AT)

        with pytest.raises(Invalid):
            add_direct_assignment(again, actor=cast.admin, at=AT)

    def test_is_for_administrators(self, cast: Cast, account: Account) -> None:
        """A manager neither adds nor removes a row."""
        draft = DirectAssignmentDraft(account.pk, a_phone(), cast.alba.person_id)
        row = add_direct_assignment(draft, actor=cast.admin, at=AT)

        with pytest.raises(NotAllowed):
            add_direct_assignment(draft, actor=cast.manager, at=AT)
        with pytest.raises(NotAllowed):
            remove_direct_assignment(row.pk, actor=cast.manager, at=AT)

    def test_removed_is_gone_and_on_record(self, cast: Cast, account: Account) -> None:
        """A removed row is there no more, removing it again finds nothing, and the record keeps what it was."""
        draft = DirectAssignmentDraft(account.pk, a_phone(), cast.alba.person_id)
        row = add_direct_assignment(draft, actor=cast.admin, at=AT)
        remove_direct_assignment(row.pk, actor=cast.admin, at=AT)

        with pytest.raises(UnknownDirectAssignment):
            remove_direct_assignment(row.pk, actor=cast.admin, at=AT)
        assert draft.identifier == AuditEntry.objects.get(action="portfolio.remove").before["identifier"]
