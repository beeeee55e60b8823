"""A conversation is open, put off or closed: what each does to its people's load, and what a new message does to it."""

from datetime import timedelta

import pytest

from reparto.assignment.answer_conversation import answer_conversation
from reparto.assignment.lock_desk import lock_desk
from reparto.channels.models import Account
from reparto.conversations.close_conversation import close_conversation
from reparto.conversations.models import Conversation
from reparto.conversations.queries import assignees_of, loads_of
from reparto.conversations.reopen_conversation import AnotherIsOpen, reopen_conversation
from reparto.conversations.send_reply import Reply
from reparto.conversations.snooze_conversation import NotOpen, snooze_conversation
from reparto.conversations.wake_snoozed import wake_snoozed
from reparto.people.permissions import NotAllowed
from tests.cast import AT, Cast, a_phone, a_whatsapp_account
from tests.road import a_text, write

pytestmark = pytest.mark.django_db
PHONE = a_phone()
SOON, LATER = AT + timedelta(minutes=5), AT + timedelta(hours=1)


@pytest.fixture
def account(cast: Cast) -> Account:
    """A WhatsApp number on which Alba and Bruno receive, to which somebody has written."""
    account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno))
    write(account, a_text(PHONE))
    return account


@pytest.fixture
def talk(account: Account) -> Conversation:
    """Alba's conversation."""
    return Conversation.objects.get()


def load(cast: Cast) -> int:
    """Return how much Alba carries."""
    return loads_of([cast.alba.person_id]).get(cast.alba.person_id, 0)


def states() -> list[tuple[str, list[int]]]:
    """Return how each conversation stands and who works it, the oldest first."""
    talks = list(Conversation.objects.order_by("id"))
    there = assignees_of([talk.pk for talk in talks])
    return [(talk.status, there[talk.pk].person_ids) for talk in talks]


class TestClosing:
    def test_makes_room_and_reopening_takes_it_again(self, cast: Cast, talk: Conversation) -> None:
        """EC-20: Closed work is no load; reopened it is with whoever had it, and theirs to carry. Twice changes nothing."""
        before = load(cast)
        for _ in range(2):
            close_conversation(talk.pk, actor=cast.alba, at=AT)
        closed = load(cast)
        for _ in range(2):
            reopen_conversation(talk.pk, actor=cast.alba, at=LATER)

        assert (1, 0, 1) == (before, closed, load(cast))
        assert [("open", [cast.alba.person_id])] == states()

    def test_is_for_whoever_works_it(self, cast: Cast, talk: Conversation) -> None:
        """AC-1: A colleague of the group sees it and may not close, put off or reopen it."""
        with pytest.raises(NotAllowed):
            close_conversation(talk.pk, actor=cast.bruno, at=AT)
        with pytest.raises(NotAllowed):
            snooze_conversation(talk.pk, until=LATER, actor=cast.bruno, at=AT)
        close_conversation(talk.pk, actor=cast.alba, at=AT)
        with pytest.raises(NotAllowed):
            reopen_conversation(talk.pk, actor=cast.bruno, at=AT)

    def test_a_new_message_goes_on_in_a_new_one_with_the_same_person(self, cast: Cast, account: Account) -> None:
        """AC-3: Who writes again after the end has their owner again at once; the former one stays closed."""
        talk = Conversation.objects.get()
        close_conversation(talk.pk, actor=cast.alba, at=AT)
        write(account, a_text(PHONE, "¿Sigue?", at=SOON), at=SOON)

        alba = [cast.alba.person_id]
        assert [("closed", alba), ("open", alba)] == states()
        assert 1 == load(cast)
        with pytest.raises(AnotherIsOpen):
            reopen_conversation(talk.pk, actor=cast.alba, at=SOON)


class TestSnoozing:
    def test_hides_it_until_its_time(self, cast: Cast, talk: Conversation) -> None:
        """EC-32: Put off it is nobody's load; when its time has come it is open again with whoever had it."""
        snooze_conversation(talk.pk, until=LATER, actor=cast.alba, at=AT)
        hidden = load(cast)
        lock_desk(cast.organization_id)
        early = wake_snoozed(cast.organization_id, at=LATER - timedelta(seconds=1))

        assert (0, [], [talk.pk]) == (hidden, early, wake_snoozed(cast.organization_id, at=LATER))
        assert [("open", [cast.alba.person_id])] == states()
        assert 1 == load(cast)

    def test_a_new_message_brings_it_back(self, cast: Cast, account: Account) -> None:
        """AC-3: The contact writes: it is open at once, the same one, with the same person."""
        snooze_conversation(Conversation.objects.get().pk, until=LATER, actor=cast.alba, at=AT)
        write(account, a_text(PHONE, "¿Hola?", at=SOON), at=SOON)

        assert [("open", [cast.alba.person_id])] == states()
        assert (None, 1) == (Conversation.objects.get().snoozed_until, load(cast))

    def test_a_reply_brings_it_back_as_another_version(self, cast: Cast, talk: Conversation) -> None:
        """INV-16: whoever saw it put off finds it changed; a reply to what is open changes no version."""
        put_off = snooze_conversation(talk.pk, until=LATER, actor=cast.alba, at=AT)
        versions = [put_off.version]
        for _ in range(2):
            answer_conversation(talk.pk, Reply("Hola"), actor=cast.alba, at=AT)
            versions.append(Conversation.objects.get().version)

        assert [put_off.version, put_off.version + 1, put_off.version + 1] == versions
        assert [("open", [cast.alba.person_id])] == states()

    def test_needs_a_moment_to_come_and_something_open(self, cast: Cast, talk: Conversation) -> None:
        """What is over, or whose time has passed, cannot be put off, and nothing changes."""
        with pytest.raises(NotOpen):
            snooze_conversation(talk.pk, until=AT, actor=cast.alba, at=AT)
        close_conversation(talk.pk, actor=cast.alba, at=AT)
        with pytest.raises(NotOpen):
            snooze_conversation(talk.pk, until=LATER, actor=cast.alba, at=AT)

        assert [("closed", [cast.alba.person_id])] == states()
