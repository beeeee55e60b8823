"""What a conversation is to the person behind the token: what is new, what they began, what they were named in."""

import pytest

from reparto.conversations.models import Conversation, Message
from reparto.kit.clock import now
from tests.cast import Cast, a_phone, a_whatsapp_account
from tests.road import a_text, write

from .caller import Caller


@pytest.fixture
def talk(company: Cast, admin: Caller) -> str:
    """A conversation of two messages that Alba and Bruno work."""
    account, phone = a_whatsapp_account(admin=company.admin), a_phone()
    for words in ("Hola", "¿Están?"):
        write(account, a_text(phone, words, at=now()), at=now())
    path = f"/conversations/{Conversation.objects.latest('id').pk}"
    people = [company.alba.person_id, company.bruno.person_id]
    assert 200 == admin.put(f"{path}/assignees", {"person_ids": people}).status
    return path


class TestUnread:
    def test_is_ones_own_to_mark(self, alba: Caller, bruno: Caller, talk: str) -> None:
        """UX-16: what is new is counted for each person; to read it, and to keep it as unread, is one's own."""
        before = [caller.get(talk).body["unread"] for caller in (alba, bruno)]
        read = alba.post(f"{talk}/read").body["unread"]
        after = [caller.get(talk).body["unread"] for caller in (alba, bruno)]

        assert ([2, 2], 0, [0, 2]) == (before, read, after)
        assert 1 == alba.post(f"{talk}/unread").body["unread"]
        (listed,) = alba.get("/conversations").body["items"]
        assert (1, True) == (listed["unread"], listed["waiting_since"] is not None)


class TestADraft:
    def test_is_kept_for_its_author_alone(self, alba: Caller, bruno: Caller, talk: str) -> None:
        """UX-19: what was begun is there on every device, for nobody else; an empty text forgets it."""
        kept = alba.put(f"{talk}/draft", {"text": "Buenas ta", "private": True}).body
        read = alba.get(f"{talk}/draft").body
        nothing = {"text": "", "private": False, "updated_at": None}

        assert kept == read
        assert ("Buenas ta", True) == (read["text"], read["private"])
        assert nothing == bruno.get(f"{talk}/draft").body
        assert nothing == alba.put(f"{talk}/draft", {"text": ""}).body == alba.get(f"{talk}/draft").body


class TestAMention:
    def test_is_found_by_whoever_was_named(self, company: Cast, alba: Caller, bruno: Caller, talk: str) -> None:
        """AC-1: a note says whom it names and where, and who was named lists the conversation by it."""
        note = alba.post(f"{talk}/messages", {"text": "Mira, @Bruno", "private": True}).body

        assert [{"person_id": company.bruno.person_id, "start": 6, "length": 6}] == note["mentions"]
        assert [1, 0] == [len(one.get("/conversations", mentioned="me").body["items"]) for one in (bruno, alba)]


class TestAnAnswer:
    def test_is_not_said_over_one_that_was_not_seen(
        self, company: Cast, alba: Caller, bruno: Caller, talk: str
    ) -> None:
        """UX-17: told what one has read, nothing is said over a colleague's newer answer, and it is named; a note is."""
        seen = alba.get(f"{talk}/messages").body["items"][0]["id"]
        theirs = bruno.post(f"{talk}/messages", {"text": "Ya voy", "seen": seen}).body
        refused = alba.post(f"{talk}/messages", {"text": "Yo también", "seen": seen})
        noted = alba.post(f"{talk}/messages", {"text": "Va", "seen": seen, "private": True})

        assert (409, "answered_meanwhile") == (refused.status, refused.body["code"])
        assert (theirs["id"], company.bruno.person_id) == (refused.body["message_id"], refused.body["author_id"])
        assert [201, 201] == [
            noted.status,
            alba.post(f"{talk}/messages", {"text": "Yo también", "seen": theirs["id"]}).status,
        ]

    def test_that_did_not_leave_is_sent_once_more(self, alba: Caller, carla: Caller, talk: str) -> None:
        """EC-47: what certainly failed leaves again by the same message; what may have arrived never does."""
        said = alba.post(f"{talk}/messages", {"text": "Buenas"}).body
        path = f"{talk}/messages/{said['id']}/resend"
        on_its_way = alba.post(path)
        Message.objects.filter(pk=said["id"]).update(status="failed", error="131000")
        again = alba.post(path)

        assert {"": "not_failed"} == on_its_way.codes
        assert (200, said["id"], "sending", "") == (
            again.status,
            again.body["id"],
            again.body["status"],
            again.body["error"],
        )
        assert 404 == carla.post(path).status
