"""LG by hand: who may make whom the owner, and what follows."""

from datetime import timedelta

import pytest

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.models import Decision, Ownership, Waiting
from reparto.assignment.undo_decision import CannotUndo, undo_decision
from reparto.contacts.models import Contact
from reparto.contacts.queries import UnknownContact
from reparto.conversations.models import Assignee, Conversation, Load
from reparto.kit.check_version import StaleVersion
from reparto.notifications.models import Notification
from reparto.people.actor import Actor
from reparto.people.permissions import NotAllowed
from reparto.people.queries import UnknownPerson
from tests.cast import AT, Cast, a_company, a_phone, a_stranger, a_whatsapp_account
from tests.road import a_text, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Return a company without rules, so that nothing is assigned by itself."""
    return a_company()


def somebody_wrote(cast: Cast, *, to: tuple[Actor, ...] = ()) -> Contact:
    """Let a new contact write, whom no rule gives to anybody."""
    account = a_whatsapp_account(admin=cast.admin, auto=to)
    write(account, a_text(a_phone()))
    return Contact.objects.latest("id")


class TestAnAgent:
    """LG-2: agents take what is free, for themselves."""

    def test_takes_what_is_free(self, cast: Cast) -> None:
        """LG-2: an agent becomes the owner of a contact that has nobody, and joins its waiting conversation."""
        contact = somebody_wrote(cast)

        assign_by_hand(contact.pk, owner_id=cast.alba.person_id, actor=cast.alba, at=AT)

        contact.refresh_from_db()
        assert cast.alba.person_id == contact.owner_id
        assert cast.alba.person_id == Assignee.objects.get().person_id
        assert 1 == Load.objects.get().open
        assert not Waiting.objects.exists()

    def test_gives_to_nobody_else(self, cast: Cast) -> None:
        """LG-2: an agent never assigns to another person, and nothing changes."""
        contact = somebody_wrote(cast)

        with pytest.raises(NotAllowed):
            assign_by_hand(contact.pk, owner_id=cast.bruno.person_id, actor=cast.alba, at=AT)

        assert Contact.objects.get(pk=contact.pk).owner_id is None
        assert not Decision.objects.filter(route="manual").exists()

    def test_takes_nothing_from_a_colleague(self, cast: Cast) -> None:
        """LG-2: an agent never takes a contact that already has somebody."""
        contact = somebody_wrote(cast)
        assign_by_hand(contact.pk, owner_id=cast.bruno.person_id, actor=cast.manager, at=AT)

        with pytest.raises(NotAllowed):
            assign_by_hand(contact.pk, owner_id=cast.alba.person_id, actor=cast.alba, at=AT)

    def test_does_not_see_another_groups(self, cast: Cast) -> None:
        """A contact of another group is to an agent as if it did not exist."""
        contact = somebody_wrote(cast)
        assign_by_hand(contact.pk, owner_id=cast.alba.person_id, actor=cast.admin, at=AT)

        with pytest.raises(UnknownContact):
            assign_by_hand(contact.pk, owner_id=cast.carla.person_id, actor=cast.carla, at=AT)


class TestAManager:
    """LG-3: managers give and reassign within their scope."""

    def test_reassigns_and_the_ledger_follows(self, cast: Cast) -> None:
        """LG-3: the former owner's span is closed and the new one's begins; the conversation changes hands."""
        contact = somebody_wrote(cast)
        assign_by_hand(contact.pk, owner_id=cast.alba.person_id, actor=cast.manager, at=AT)
        later = AT + timedelta(hours=1)

        assign_by_hand(contact.pk, owner_id=cast.bruno.person_id, actor=cast.manager, at=later)

        spans = list(Ownership.objects.order_by("since").values_list("person_id", "since", "until"))
        assert [(cast.alba.person_id, AT, later), (cast.bruno.person_id, later, None)] == spans
        assert [cast.bruno.person_id] == list(Assignee.objects.values_list("person_id", flat=True))
        assert {cast.alba.person_id: 0, cast.bruno.person_id: 1} == dict(Load.objects.values_list("person_id", "open"))

    def test_gives_to_nobody_outside_the_scope(self, cast: Cast) -> None:
        """LG-3: a team's manager gives to nobody of another team."""
        contact = somebody_wrote(cast)

        with pytest.raises(NotAllowed):
            assign_by_hand(contact.pk, owner_id=cast.carla.person_id, actor=cast.manager, at=AT)

    def test_gives_to_no_stranger(self, cast: Cast) -> None:
        """A person of another company does not exist here (INV-30)."""
        contact, stranger = somebody_wrote(cast), a_stranger()

        with pytest.raises(UnknownPerson):
            assign_by_hand(contact.pk, owner_id=stranger.alba.person_id, actor=cast.manager, at=AT)

    def test_leaves_it_with_nobody(self, cast: Cast) -> None:
        """LG-3: a contact can be left with nobody; the decision says so."""
        contact = somebody_wrote(cast)
        assign_by_hand(contact.pk, owner_id=cast.alba.person_id, actor=cast.manager, at=AT)

        decision = assign_by_hand(contact.pk, owner_id=None, actor=cast.manager, at=AT + timedelta(minutes=1))

        assert decision is not None
        assert "unassigned" == decision.outcome
        assert not Assignee.objects.exists()

    def test_with_a_stale_view_changes_nothing(self, cast: Cast) -> None:
        """INV-16: a change based on an old version fails in sight."""
        contact = somebody_wrote(cast)
        assign_by_hand(contact.pk, owner_id=cast.alba.person_id, actor=cast.manager, at=AT)

        with pytest.raises(StaleVersion):
            assign_by_hand(contact.pk, owner_id=cast.bruno.person_id, actor=cast.manager, at=AT, if_version=1)


class TestUndoing:
    """UX-2: undo for a while, with both entries kept."""

    def test_restores_owner_and_assignees_and_withdraws_the_notice(self, cast: Cast) -> None:
        """UX-2: the former owner is back, the unread notice is gone, and the history shows both entries."""
        contact = somebody_wrote(cast)
        assign_by_hand(contact.pk, owner_id=cast.alba.person_id, actor=cast.manager, at=AT)
        moved = assign_by_hand(
            contact.pk, owner_id=cast.bruno.person_id, actor=cast.manager, at=AT + timedelta(seconds=5)
        )
        assert moved is not None

        undo_decision(moved.pk, actor=cast.manager, at=AT + timedelta(seconds=9))

        contact.refresh_from_db()
        assert cast.alba.person_id == contact.owner_id
        assert [cast.alba.person_id] == list(Assignee.objects.values_list("person_id", flat=True))
        assert not Notification.objects.filter(person_id=cast.bruno.person_id).exists()
        assert 3 == Decision.objects.filter(contact=contact, route="manual").count()

    def test_is_refused_after_another_change(self, cast: Cast) -> None:
        """What somebody else changed since is not overwritten by an undo."""
        contact = somebody_wrote(cast)
        first = assign_by_hand(contact.pk, owner_id=cast.alba.person_id, actor=cast.manager, at=AT)
        assign_by_hand(contact.pk, owner_id=cast.bruno.person_id, actor=cast.admin, at=AT)
        assert first is not None

        with pytest.raises(CannotUndo):
            undo_decision(first.pk, actor=cast.manager, at=AT)

    def test_is_the_actors_own_only(self, cast: Cast) -> None:
        """Nobody undoes what another person did."""
        contact = somebody_wrote(cast)
        first = assign_by_hand(contact.pk, owner_id=cast.alba.person_id, actor=cast.manager, at=AT)
        assert first is not None

        with pytest.raises(NotAllowed):
            undo_decision(first.pk, actor=cast.admin, at=AT)


class TestTheConversation:
    """What becomes of conversations when the owner changes."""

    def test_keeps_its_other_assignees(self, cast: Cast) -> None:
        """A change of owner swaps the former for the new owner and leaves whoever else is there."""
        contact = somebody_wrote(cast)
        assign_by_hand(contact.pk, owner_id=cast.alba.person_id, actor=cast.manager, at=AT)
        talk = Conversation.objects.get()
        Assignee.objects.create(
            organization_id=cast.organization_id,
            conversation=talk,
            person_id=cast.carla.person_id,
            route="manual",
            since=AT,
        )

        assign_by_hand(contact.pk, owner_id=cast.bruno.person_id, actor=cast.manager, at=AT)

        people = set(Assignee.objects.values_list("person_id", flat=True))
        assert {cast.bruno.person_id, cast.carla.person_id} == people
