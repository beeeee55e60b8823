"""AC-5: who answers first, and what becomes of the contact."""

import pytest

from reparto.assignment.answer_conversation import answer_conversation
from reparto.assignment.models import Decision
from reparto.contacts.queries import default_assignees_of
from reparto.contacts.set_default_assignees import set_default_assignees
from reparto.conversations.models import Conversation
from reparto.conversations.send_reply import Reply
from reparto.people.actor import Actor
from reparto.people.change_settings import change_settings
from tests.cast import AT, Cast, a_company, a_phone, a_whatsapp_account
from tests.road import a_text, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Return a company without rules."""
    return a_company()


def somebody_waits(cast: Cast) -> Conversation:
    """Let a new contact write, whom nobody has."""
    write(a_whatsapp_account(admin=cast.admin), a_text(a_phone()))
    return Conversation.objects.latest("id")


def answer(talk: Conversation, actor: Actor, *, private: bool = False) -> None:
    """Let somebody answer, or note something in private."""
    answer_conversation(talk.pk, Reply("Hola, ¿en qué le ayudo?", private=private), actor=actor, at=AT)


class TestTheFirstWhoAnswers:
    """The setting *¿Asignar a la primera persona que responde…?*"""

    def test_becomes_nothing_while_it_is_off(self, cast: Cast) -> None:
        """EC-48: off by default, the answerer becomes neither owner nor default assignee."""
        talk = somebody_waits(cast)

        answer(talk, cast.admin)

        assert {} == default_assignees_of([talk.contact_id])

    def test_becomes_the_default_assignee_and_only_the_first(self, cast: Cast) -> None:
        """EC-49: a private note does not count, the first public answer does, the second changes nothing."""
        change_settings("inbox", {"first_responder_owns": True}, actor=cast.admin, at=AT)
        talk = somebody_waits(cast)

        answer(talk, cast.manager, private=True)
        answer(talk, cast.admin)
        answer(talk, cast.manager)

        assert {talk.contact_id: [cast.admin.person_id]} == default_assignees_of([talk.contact_id])
        assert 1 == Decision.objects.filter(route="first_responder").count()

    def test_is_nobody_once_it_was_answered(self, cast: Cast) -> None:
        """AC-5: switched on after the first answer, or the list emptied by hand, the next answer makes nobody the first."""
        talk = somebody_waits(cast)
        answer(talk, cast.admin)
        change_settings("inbox", {"first_responder_owns": True}, actor=cast.admin, at=AT)
        answer(talk, cast.manager)
        late = default_assignees_of([talk.contact_id])

        other = somebody_waits(cast)
        answer(other, cast.admin)
        set_default_assignees(other.contact_id, [], actor=cast.admin, at=AT)
        answer(other, cast.manager)

        assert ({}, {}) == (late, default_assignees_of([other.contact_id]))
