"""Two contacts that are one: nothing is lost, one owner is chosen, both are told, and it can be taken back."""

from datetime import timedelta
from typing import Any

import pytest

from reparto.assignment.answer_conversation import answer_conversation
from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.merge_contacts import AlreadyMerged, merge_contacts
from reparto.assignment.models import Waiting
from reparto.assignment.queries import decisions_of_contact, ledger_of
from reparto.assignment.undo_decision import CannotUndo, undo_decision
from reparto.assignment.undo_merge import undo_merge
from reparto.contacts.find_merge import became, follow_merges, ids_of_one
from reparto.contacts.models import Contact, Merge
from reparto.contacts.queries import (
    UnknownContact,
    addresses_of,
    default_assignees_of,
    find_contact,
    follow_ups_of,
    tags_of,
    visible_contacts,
)
from reparto.contacts.record_follow_up import FollowUpDraft, record_follow_up
from reparto.contacts.set_default_assignees import set_default_assignees
from reparto.conversations.models import Conversation, Message
from reparto.conversations.queries import assignees_of, loads_of
from reparto.conversations.send_reply import Reply
from reparto.kit.faults import Invalid
from reparto.notifications.queries import notifications_of
from reparto.people.permissions import NotAllowed
from reparto.people.suspend_person import suspend_person
from tests import cast
from tests.cast import AT, Cast
from tests.road import a_text, work, write

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def company(db: None) -> Cast:
    """A company."""
    return cast.a_company()


def merge(kept: Contact, merged: Contact, *, by: Any, owner: Any = None) -> Merge:
    """Merge, the owner given as whoever acts."""
    return merge_contacts(kept.pk, merged.pk, owner_id=owner and owner.person_id, actor=by, at=LATER)


def again(contact: Contact) -> Contact:
    """Return a contact as it is now."""
    return Contact.objects.get(pk=contact.pk)


class TestTheOwner:
    def test_is_chosen_of_two_and_both_are_told(self, company: Cast) -> None:
        """EC-56: of two owners one is chosen by a person, both are told, and the ledger keeps both."""
        kept = cast.a_contact("Clara", admin=company.admin, owner=company.alba)
        merged = cast.a_contact("Clara R.", admin=company.admin, owner=company.bruno)

        merge(kept, merged, by=company.manager, owner=company.bruno)

        assert company.bruno.person_id == again(kept).owner_id
        told = [
            [one.kind for one in notifications_of(who.person_id, at=LATER + timedelta(hours=1))]
            for who in (company.alba, company.bruno)
        ]
        assert [True, True] == ["merged" in kinds for kinds in told]
        spans = [(one.person_id, one.contact_id, one.until is None) for one in ledger_of(kept.pk)]
        assert {
            (company.bruno.person_id, kept.pk, True),
            (company.alba.person_id, kept.pk, False),
            (company.bruno.person_id, merged.pk, False),
        } == set(spans)

    def test_must_be_one_of_the_two(self, company: Cast) -> None:
        """EC-56: nobody is chosen silently, and nobody else either."""
        kept = cast.a_contact(admin=company.admin, owner=company.alba)
        merged = cast.a_contact(admin=company.admin, owner=company.bruno)

        for owner in (None, company.carla):
            with pytest.raises(Invalid) as refused:
                merge(kept, merged, by=company.admin, owner=owner)
            assert [("owner_id", "choose_owner")] == [(one.path, one.code) for one in refused.value.faults]
        assert again(merged).merged_into_id is None

    def test_is_nobody_who_is_suspended(self, company: Cast) -> None:
        """EC-56, EC-23: the only owner there is was suspended: it is refused in words, and both stay as they are."""
        kept = cast.a_contact(admin=company.admin)
        merged = cast.a_contact(admin=company.admin, owner=company.bruno)
        suspend_person(company.bruno.person_id, actor=company.admin, at=AT)

        with pytest.raises(Invalid) as refused:
            merge(kept, merged, by=company.admin)

        assert [("owner_id", "owner_suspended")] == [(one.path, one.code) for one in refused.value.faults]

    def test_is_whoever_there_is_when_one_has_nobody(self, company: Cast) -> None:
        """EC-56: a contact with nobody takes the other's owner, with a decision that says why."""
        kept = cast.a_contact(admin=company.admin)
        merged = cast.a_contact(admin=company.admin, owner=company.alba)

        merge(kept, merged, by=company.alba)

        assert company.alba.person_id == again(kept).owner_id
        own = decisions_of_contact(kept.pk).filter(contact_id=kept.pk)
        assert [("assigned", "merged")] == [(one.outcome, one.reason) for one in own]


class TestWhatThereWas:
    def test_is_all_on_the_one_that_is_kept(self, company: Cast) -> None:
        """EC-56: addresses, tags, follow-ups, default assignees and blank fields go over; what stood there stays."""
        kept = cast.a_contact("Uno", admin=company.admin, phone="+573001111111", fields={"city": "Lima"}, tags=("a",))
        merged = cast.a_contact(
            "Dos", admin=company.admin, email="dos@x.mx", fields={"city": "Cusco", "title": "Dra."}, tags=("a", "b"), kind="client"
        )  # fmt: skip
        record_follow_up(merged.pk, FollowUpDraft("call", "Hola", AT), actor=company.admin, at=AT)
        set_default_assignees(merged.pk, [company.carla.person_id], actor=company.admin, at=AT)

        merge(kept, merged, by=company.admin)

        now = again(kept)
        assert ["+573001111111", "dos@x.mx"] == [one.key for one in addresses_of([kept.pk])[kept.pk]]
        assert ({"city": "Lima", "title": "Dra."}, "client", AT) == (now.fields, now.kind, now.last_follow_up_at)
        assert (["a", "b"], ["call"]) == (tags_of([kept.pk])[kept.pk], [one.kind for one in follow_ups_of(kept.pk)])
        assert [company.carla.person_id] == default_assignees_of([kept.pk])[kept.pk]
        assert "dos@x.mx" in now.search

    def test_is_found_no_more_under_its_own_id(self, company: Cast) -> None:
        """INV-26: the merged contact is in no list and takes no change; its link leads to the other."""
        kept, merged = cast.a_contact(admin=company.admin), cast.a_contact(admin=company.admin)

        merge(kept, merged, by=company.admin)

        assert [kept.pk] == list(visible_contacts(company.admin).values_list("pk", flat=True))
        with pytest.raises(UnknownContact):
            find_contact(merged.pk, actor=company.admin)
        assert kept.pk == follow_merges(merged.pk, actor=company.admin).pk


class TestConversations:
    def test_go_on_with_the_swapped_owner(self, company: Cast) -> None:
        """EC-56: the conversation of the merged contact is worked by the owner that was chosen."""
        line = cast.a_whatsapp_account(admin=company.admin)
        kept = cast.a_contact(admin=company.admin, phone="+573002222222", owner=company.alba)
        merged = cast.a_contact(admin=company.admin, phone="+573003333333", owner=company.bruno)
        write(line, a_text("573003333333", at=AT), at=AT)
        (talk,) = Conversation.objects.all()
        before = assignees_of([talk.pk])[talk.pk].person_ids

        merge(kept, merged, by=company.admin, owner=company.alba)

        talk.refresh_from_db()
        here = [company.alba.person_id] if before else []
        assert (kept.pk, here or [company.alba.person_id]) == (
            talk.contact_id,
            assignees_of([talk.pk])[talk.pk].person_ids,
        )
        assert not Waiting.objects.filter(contact_id=merged.pk).exists()

    def test_that_are_both_open_become_one_and_two_again(self, company: Cast) -> None:
        """EC-56: of two open ones on one account the quieter is closed, its people go on in the other; undo parts them."""
        line = cast.a_whatsapp_account(admin=company.admin)
        kept = cast.a_contact(admin=company.admin, phone="+573002222222")
        merged = cast.a_contact(admin=company.admin, phone="+573003333333")
        for number, at in (("573003333333", AT), ("573002222222", AT + timedelta(minutes=1))):
            write(line, a_text(number, at=at), at=at)
        loads = loads_of([company.alba.person_id])

        made = merge(kept, merged, by=company.admin)
        states = {talk.status for talk in Conversation.objects.filter(contact_id=kept.pk)}
        undo_merge(made.pk, actor=company.admin, at=LATER + timedelta(minutes=1))

        assert {"open", "closed"} == states
        parted = {(talk.contact_id, talk.status) for talk in Conversation.objects.all()}
        assert {(kept.pk, "open"), (merged.pk, "open")} == parted
        assert loads == loads_of([company.alba.person_id])

    def test_a_message_after_the_merge_reaches_the_kept_one(self, company: Cast) -> None:
        """EC-56: whoever writes from an address of the merged contact is the kept one; no new contact is made."""
        line = cast.a_whatsapp_account(admin=company.admin)
        kept = cast.a_contact(admin=company.admin, owner=company.alba)
        merged = cast.a_contact(admin=company.admin, phone="+573003333333")
        merge(kept, merged, by=company.admin)

        write(line, a_text("573003333333", at=LATER), at=LATER)
        work(company.organization_id, at=LATER)

        assert [kept.pk] == list(Message.objects.values_list("conversation__contact_id", flat=True))
        assert 1 == visible_contacts(company.admin).count()


class TestTakenBack:
    def test_each_has_its_own_again(self, company: Cast) -> None:
        """EC-56: for 30 days both come back, with owner, addresses, tags, fields; the ledger and decisions keep all."""
        kept = cast.a_contact("Uno", admin=company.admin, phone="+573001111111", owner=company.alba, tags=("a",))
        merged = cast.a_contact(
            "Dos", admin=company.admin, email="dos@x.mx", owner=company.bruno, tags=("b",), fields={"title": "Dra."}
        )
        made = merge(kept, merged, by=company.admin, owner=company.bruno)

        undo_merge(made.pk, actor=company.admin, at=AT + timedelta(days=29))

        one, other = again(kept), again(merged)
        assert (company.alba.person_id, company.bruno.person_id) == (one.owner_id, other.owner_id)
        assert (["+573001111111"], ["dos@x.mx"]) == tuple(
            [address.key for address in addresses_of([row.pk])[row.pk]] for row in (one, other)
        )
        assert (["a"], ["b"]) == (tags_of([one.pk])[one.pk], tags_of([other.pk])[other.pk])
        assert ({}, {"title": "Dra."}) == (one.fields, other.fields)
        assert 2 == visible_contacts(company.admin).count()

    def test_who_was_answered_was_followed_up_still(self, company: Cast) -> None:
        """EC-56, UP-5: an answer and a follow-up of before the merge count for whom they were, one of after for the kept."""
        account = cast.a_whatsapp_account(admin=company.admin, auto=(company.alba,))
        write(account, a_text("+573001112233"))
        merged, kept = Contact.objects.get(), cast.a_contact("Uno", admin=company.admin)
        answer_conversation(
            Conversation.objects.get().pk, Reply("Hola"), actor=company.admin, at=AT + timedelta(hours=2)
        )
        record_follow_up(kept.pk, FollowUpDraft("call"), actor=company.admin, at=AT + timedelta(hours=1))
        made = merge(kept, merged, by=company.admin)
        record_follow_up(kept.pk, FollowUpDraft("visit"), actor=company.admin, at=LATER + timedelta(hours=3))

        undo_merge(made.pk, actor=company.admin, at=LATER + timedelta(hours=4))

        assert [LATER + timedelta(hours=3), AT + timedelta(hours=2)] == [
            again(one).last_follow_up_at for one in (kept, merged)
        ]

    def test_not_after_30_days_not_twice_and_not_by_halves(self, company: Cast) -> None:
        """EC-56: too late is too late; one undo is enough; the toast's undo of a decision cannot part them by half."""
        kept, merged = cast.a_contact(admin=company.admin), cast.a_contact(admin=company.admin, owner=company.alba)
        made = merge(kept, merged, by=company.admin)

        with pytest.raises(CannotUndo, match="too_late"):
            undo_merge(made.pk, actor=company.admin, at=LATER + timedelta(days=31))
        with pytest.raises(CannotUndo, match="not_by_hand"):
            undo_decision(made.kept_decision_id or 0, actor=company.admin, at=LATER)
        undo_merge(made.pk, actor=company.admin, at=LATER)
        with pytest.raises(CannotUndo, match="changed_since"):
            undo_merge(made.pk, actor=company.admin, at=LATER)

    def test_what_was_changed_since_stays(self, company: Cast) -> None:
        """EC-56: an owner whom somebody gave the contact to since the merge is not taken from it by the undo."""
        kept = cast.a_contact(admin=company.admin, owner=company.alba)
        merged = cast.a_contact(admin=company.admin, owner=company.bruno)
        made = merge(kept, merged, by=company.admin, owner=company.bruno)
        assign_by_hand(kept.pk, owner_id=company.carla.person_id, actor=company.admin, at=LATER)

        undo_merge(made.pk, actor=company.admin, at=LATER + timedelta(days=1))

        assert (company.carla.person_id, company.bruno.person_id) == (again(kept).owner_id, again(merged).owner_id)


class TestWhoMay:
    @pytest.mark.parametrize(
        ("who", "refusal"), [("admin", None), ("manager", None), ("alba", NotAllowed), ("carla", UnknownContact)]
    )
    def test_merge_what_others_own(self, company: Cast, who: str, refusal: type[Exception] | None) -> None:
        """LG-2: a manager merges what lies in their scope; an agent never takes a colleague's contact that way."""
        kept = cast.a_contact(admin=company.admin, owner=company.alba)
        merged = cast.a_contact(admin=company.admin, owner=company.bruno)

        if refusal is None:
            assert merge(kept, merged, by=getattr(company, who), owner=company.alba)
            return
        with pytest.raises(refusal):
            merge(kept, merged, by=getattr(company, who), owner=company.alba)

    def test_into_what_was_merged_is_too_late(self, company: Cast) -> None:
        """EC-56: a contact that became another takes no third one in."""
        one, other, third = (cast.a_contact(admin=company.admin) for _ in range(3))
        merge(one, other, by=company.admin)

        with pytest.raises((UnknownContact, AlreadyMerged)):
            merge(other, third, by=company.admin)


class TestTheChain:
    def test_of_merges_is_followed_to_its_end(self, company: Cast) -> None:
        """EC-56: A became B and B became C: whatever still names A or B is about C."""
        one, other, third = (cast.a_contact(admin=company.admin) for _ in range(3))
        merge(other, one, by=company.admin)
        merge(third, other, by=company.admin)

        assert {one.pk: third.pk, other.pk: third.pk} == became([one.pk, other.pk, third.pk])
        assert {one.pk, other.pk, third.pk} == set(ids_of_one(third.pk))
        assert third.pk == follow_merges(one.pk, actor=company.admin).pk
