"""What the pages that are open all day ask of the database: at most twelve times, however much there is (P11)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from reparto.assignment.record_sale import record_sale
from reparto.contacts.add_sale import SaleDraft
from reparto.contacts.change_default_assignees import change_default_assignees
from reparto.contacts.record_follow_up import FollowUpDraft, record_follow_up
from reparto.conversations.models import Conversation
from reparto.kit.clock import now
from reparto.people.actor import Actor
from reparto.people.models import Presence
from tests.cast import Cast, a_company, a_rule, a_whatsapp_account
from tests.web.inbox_cast import a_conversation
from tests.web.visitor import Visitor, statements_of

pytestmark = pytest.mark.django_db
#: One of these is the sign of life, which is written every twenty seconds.
MOST = 12


@pytest.fixture
def cast() -> Cast:
    """The company of these tests."""
    return a_company()


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    """A conversation of which there is something to say everywhere."""
    a_rule(cast.alba, admin=cast.admin)
    account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno))
    talk = a_conversation(account, "Hola", "¿Sigue?", "Avísenme", at=now())
    contact, visitor = talk.contact_id, Visitor(cast.admin)
    visitor.post(f"/contactos/{contact}/etiquetas", add="vip")
    visitor.post(f"/contactos/{contact}/encargado", person=cast.bruno.person_id)
    change_default_assignees(contact, come=[cast.carla.person_id], go=[], actor=cast.admin, at=now())
    record_follow_up(contact, FollowUpDraft("call", "Llamé.", now()), actor=cast.admin, at=now())
    record_sale(contact, SaleDraft(Decimal(10), "MXN"), actor=cast.admin, at=now())
    visitor.post(f"/bandeja/{talk.pk}/mensajes", text=f"@{cast.bruno.name} mira esto", mode="note")
    return talk


def asked(actor: Actor, path: str) -> int:
    """Return how often a page asks when it has to write a sign of life as well."""
    visitor = Visitor(actor)
    visitor.get(path)
    Presence.objects.filter(person_id=actor.person_id).update(seen_at=now() - timedelta(seconds=30))
    return len(statements_of(visitor, path))


class TestThePagesOfTheDay:
    def test_ask_at_most_twelve_times(self, cast: Cast, talk: Conversation) -> None:
        """P11: Inbox, open conversation with either tab, contact page: for an administrator, a manager and an agent."""
        inbox = ["/bandeja", f"/bandeja/{talk.pk}", f"/bandeja/{talk.pk}?tab=contact&view=team"]
        paths = [*inbox, f"/contactos/{talk.contact_id}"]
        found = {path: [asked(who, path) for who in (cast.admin, cast.manager, cast.bruno)] for path in paths}

        assert {} == {path: numbers for path, numbers in found.items() if max(numbers) > MOST}

    def test_ask_no_more_where_there_is_more(self, cast: Cast, talk: Conversation) -> None:
        """P11: A second round of messages, conversations and decisions adds no question to any page."""
        paths = ["/bandeja?view=team", f"/bandeja/{talk.pk}", f"/contactos/{talk.contact_id}"]
        before = [asked(cast.admin, path) for path in paths]
        for number in range(6):
            person = (cast.alba, cast.bruno)[number % 2].person_id
            Visitor(cast.admin).post(f"/contactos/{talk.contact_id}/encargado", person=person)
            a_conversation(talk.account, f"Otro {number}", at=now())

        assert before == [asked(cast.admin, path) for path in paths]
