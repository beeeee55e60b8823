"""A conversation that is reopened is somebody's work again: by page and by API, whoever had it and whatever came since."""

import pytest

from reparto.assignment.hand_over import Heirs, hand_over
from reparto.assignment.queries import decisions_of_conversation
from reparto.channels.models import Account
from reparto.conversations.models import Conversation
from reparto.conversations.queries import assignees_of, loads_of
from reparto.kit.clock import now
from reparto.people.show_sign_of_life import show_sign_of_life
from tests.api.caller import Caller
from tests.cast import Cast, a_company, a_phone, a_rule, a_whatsapp_account
from tests.road import a_text, work, write
from tests.web.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("way", ["page", "api"])]


@pytest.fixture
def cast() -> Cast:
    """A company in which Alba and Bruno are there now."""
    cast = a_company()
    for person in (cast.alba, cast.bruno):
        show_sign_of_life(person.person_id, at=now())
    return cast


@pytest.fixture
def account(cast: Cast) -> Account:
    """A WhatsApp number on which both receive."""
    return a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno))


def a_talk(account: Account) -> Conversation:
    """Let somebody new write."""
    write(account, a_text(a_phone(), at=now()), at=now())
    return Conversation.objects.latest("id")


def do(cast: Cast, way: str, talk: Conversation, *, page: str, api: str) -> None:
    """Let the administrator do something to a conversation, and a worker take its turn."""
    if way == "page":
        assert Visitor(cast.admin).by_htmx.post(f"/bandeja/{talk.pk}/{page}").status_code == 204
    else:
        assert Caller(cast.admin).post(f"/conversations/{talk.pk}/{api}", {}).status == 200
    work(cast.organization_id, at=now())


def workers(talk: Conversation) -> list[int]:
    """Return who works a conversation."""
    return assignees_of([talk.pk])[talk.pk].person_ids


class TestReopening:
    def test_goes_to_the_rules_when_its_person_was_suspended(self, cast: Cast, account: Account, way: str) -> None:
        """EC-41, EC-23: Alba was suspended while it was closed: the system takes her off, and the rules give it to Bruno."""
        a_rule(cast.alba, cast.bruno, admin=cast.admin)
        talk, alba, bruno = a_talk(account), cast.alba.person_id, cast.bruno.person_id
        assert [alba] == workers(talk)
        do(cast, way, talk, page="cerrar", api="close")
        hand_over(alba, Heirs(bruno), actor=cast.admin, at=now())
        do(cast, way, talk, page="reabrir", api="reopen")

        by_rule, off, _ = decisions_of_conversation(talk.pk)
        assert ([bruno], "rule") == (workers(talk), by_rule.route)
        assert ("bulk", "handed_over", None, []) == (off.route, off.reason, off.actor_id, off.person_ids)
        assert (0, 1) == (loads_of([alba]).get(alba, 0), loads_of([bruno])[bruno])

    def test_stands_in_line_again_when_nobody_had_it(self, cast: Cast, account: Account, way: str) -> None:
        """EC-45, LG-11: closed with nobody on it and reopened, a rule that has come meanwhile is asked."""
        talk = a_talk(account)
        do(cast, way, talk, page="cerrar", api="close")
        a_rule(cast.alba, admin=cast.admin)
        work(cast.organization_id, at=now())
        do(cast, way, talk, page="reabrir", api="reopen")

        assert [cast.alba.person_id] == workers(talk)

    def test_leaves_it_with_whoever_had_it(self, cast: Cast, account: Account, way: str) -> None:
        """AC-1: closed by mistake and reopened at once, it is Alba's, and nothing was decided anew."""
        a_rule(cast.alba, cast.bruno, admin=cast.admin)
        talk = a_talk(account)
        do(cast, way, talk, page="cerrar", api="close")
        do(cast, way, talk, page="reabrir", api="reopen")

        assert [cast.alba.person_id] == workers(talk)
        assert 1 == len(list(decisions_of_conversation(talk.pk)))
