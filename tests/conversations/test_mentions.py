"""Who is named in a private note: what counts as naming, who is told, who finds it again."""

import pytest

from reparto.assignment.answer_conversation import answer_conversation
from reparto.assignment.models import Decision
from reparto.channels.models import Account
from reparto.conversations.find_mentions import Named, find_mentions
from reparto.conversations.list_inbox import Inbox, list_inbox
from reparto.conversations.models import Conversation, Mention
from reparto.conversations.queries import assignees_of
from reparto.conversations.send_reply import Reply
from reparto.kit.models import Outbox
from reparto.notifications.queries import notifications_of
from reparto.people.actor import Actor
from tests.cast import AT, Cast, a_phone, a_whatsapp_account
from tests.road import a_text, write

pytestmark = pytest.mark.django_db
NAMES = {1: "Ana", 2: "Anabel Ruiz", 3: "José Ñandú", 4: "Ana"}


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    """A conversation that Alba works."""
    account: Account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba,))
    write(account, a_text(a_phone()))
    return Conversation.objects.get()


def note(talk: Conversation, text: str, actor: Actor) -> None:
    """Note something in private."""
    answer_conversation(talk.pk, Reply(text, private=True), actor=actor, at=AT)


def told(actor: Actor) -> list[str]:
    """Return the kinds of what somebody was told of conversations."""
    return [one.kind for one in notifications_of(actor.person_id, at=AT)]


def mentions(actor: Actor) -> list[int]:
    """Return the conversations of somebody's view *mentions*."""
    return [row.id for row in list_inbox(Inbox("mentions"), actor=actor, limit=10)]


class TestNaming:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("@Anabel Ruiz ¿lo ves?", [Named(2, 0, 12)]),
            ("Mira, @josé ñandú.", [Named(3, 6, 11)]),
            ("(@ana)", [Named(1, 1, 4), Named(4, 1, 4)]),
            ("@Anabela", []),
            ("ventas@ana.example", []),
            ("@", []),
            ("İ@Anabel Ruiz", []),
            ("İ @Anabel Ruiz", [Named(2, 2, 12)]),
        ],
    )
    def test_is_an_at_and_a_whole_name(self, text: str, found: list[Named]) -> None:
        """Case is ignored, the longest name wins, two of one name are both meant, an e-mail names nobody."""
        assert found == find_mentions(text, NAMES)


class TestAMention:
    def test_tells_whom_it_names_and_stays_with_us(self, cast: Cast, talk: Conversation) -> None:
        """UX-18: Bruno is told and finds it under *Mentions*; Marta, unnamed, is not; nothing leaves the house."""
        note(talk, "@Bruno ¿puedes tasarlo?", cast.alba)

        assert (["mention"], [talk.pk]) == (told(cast.bruno), mentions(cast.bruno))
        assert ([], []) == (told(cast.manager), mentions(cast.manager))
        assert not Outbox.objects.filter(kind__startswith="whatsapp").exists()

    def test_of_oneself_tells_nobody(self, cast: Cast, talk: Conversation) -> None:
        """Whoever names themself finds it again and is not told of their own words."""
        note(talk, "@Alba: mañana", cast.alba)

        assert "mention" not in told(cast.alba)
        assert [talk.pk] == mentions(cast.alba)

    def test_shows_nobody_what_they_may_not_see(self, cast: Cast, talk: Conversation) -> None:
        """Carla, of another group, is not mentioned: she is neither told nor let in."""
        note(talk, "@Carla ¿lo tomas?", cast.alba)

        assert ([], []) == (told(cast.carla), mentions(cast.carla))
        assert not Mention.objects.exists()

    def test_is_none_in_a_reply(self, cast: Cast, talk: Conversation) -> None:
        """What is said to a contact mentions nobody, whatever signs are in it."""
        answer_conversation(talk.pk, Reply("Escriba a @Bruno"), actor=cast.alba, at=AT)

        assert not Mention.objects.exists()


class TestBeingAdded:
    def test_a_manager_adds_whom_they_mention(self, cast: Cast, talk: Conversation) -> None:
        """BY-31: Whom a manager names works the conversation too; Alba stays, and the owner stays the owner."""
        note(talk, "@Bruno ¿lo ves con ella?", cast.manager)
        decision = Decision.objects.order_by("-id")[0]

        assert [cast.alba.person_id, cast.bruno.person_id] == assignees_of([talk.pk])[talk.pk].person_ids
        assert ("manual", cast.manager.person_id, cast.alba.person_id) == (
            decision.route,
            decision.actor_id,
            decision.owner_id,
        )
        assert ["mention"] == told(cast.bruno)

    def test_who_may_not_add_only_tells(self, cast: Cast, talk: Conversation) -> None:
        """BY-31: An agent puts nobody on a conversation, by mention as little as by hand; Bruno hears of it all the same."""
        note(talk, "@Bruno ¿lo ves?", cast.alba)

        assert [cast.alba.person_id] == assignees_of([talk.pk])[talk.pk].person_ids
        assert ["mention"] == told(cast.bruno)
