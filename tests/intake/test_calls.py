"""The road of a call: from an event to an owner, or to the pool (LG-11)."""

import itertools
from datetime import timedelta
from typing import Any

import pytest

from reparto.assignment.models import Decision, Ownership, Waiting
from reparto.channels.models import Account
from reparto.contacts.models import Contact
from reparto.conversations.models import Conversation, Load, Message
from reparto.intake.models import Delivery, Quarantine
from reparto.intake.receive_delivery import Request, receive_delivery
from reparto.people.models import Person
from reparto.people.suspend_person import suspend_person
from tests import cast
from tests.calls import EXCHANGE_SECRET, a_call, a_request, ring, tell
from tests.cast import AT, Cast, a_phone
from tests.road import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Cast:
    """A company that deals what comes in to Alba."""
    company = cast.a_company()
    cast.a_rule(company.alba, admin=company.admin)
    return company


@pytest.fixture
def line(company: Cast) -> Account:
    """A phone line on which nobody receives automatically."""
    return cast.an_account("phone", admin=company.admin, exchange_secret=EXCHANGE_SECRET)


def answered_by(company: Cast) -> str:
    """Return how Twilio names Bruno's browser phone."""
    return f"client:{Person.objects.get(pk=company.bruno.person_id).email}"


def said(status: str, caller: str, **more: Any) -> dict[str, Any]:
    """Return what an exchange writes of a call."""
    return {"call_id": "1.1", "from": caller, "status": status} | more


class TestAMissedCall:
    """Nobody answered."""

    @pytest.mark.parametrize("status", ["no-answer", "busy", "canceled", "failed"])
    def test_waits_in_the_pool(self, line: Account, status: str) -> None:
        """LG-11: a first call that nobody answered makes a contact with nobody, and a conversation that waits."""
        ring(line, a_call("+573001234567", status))

        contact, talk = Contact.objects.get(), Conversation.objects.get()
        assert contact.owner_id is None
        assert ("open", "missed_call", AT) == (talk.status, talk.preview_kind, talk.waiting_since)
        assert Waiting.objects.get().conversation_id == talk.pk

    def test_goes_to_whom_a_rule_gives_it(self, company: Cast) -> None:
        """LG-10: who receives on the line automatically is given it by the rules."""
        line = cast.an_account("phone", admin=company.admin, auto=(company.alba,))
        ring(line, a_call(a_phone()))

        assert company.alba.person_id == Contact.objects.get().owner_id
        assert "rule" == Decision.objects.get().route

    def test_of_a_known_contact_stays_theirs(self, company: Cast, line: Account) -> None:
        """LG-11, AC-3: who calls again under another spelling is the same contact; the owner stays the owner."""
        known = cast.a_contact(admin=company.admin, phone="+52 55 1234 5678", owner=company.carla)
        ring(line, a_call("+5215512345678"))

        assert [known.pk] == list(Contact.objects.values_list("pk", flat=True))
        assert company.carla.person_id == Contact.objects.get().owner_id

    def test_repeated_is_one(self, line: Account) -> None:
        """INV-3: a retried event changes nothing, however often it comes."""
        call = a_call(a_phone())
        for minute in range(3):
            ring(line, call, at=AT + timedelta(minutes=minute))

        assert (3, 1, 1) == (Delivery.objects.count(), Message.objects.count(), Conversation.objects.count())
        assert AT == Conversation.objects.get().waiting_since

    def test_twice_is_two_entries_of_one_conversation(self, line: Account) -> None:
        """Another call of the same caller is another entry."""
        caller = a_phone()
        ring(line, a_call(caller))
        ring(line, a_call(caller, "busy"))

        assert (2, 1, 1) == (Message.objects.count(), Conversation.objects.count(), Contact.objects.count())


class TestAnAnsweredCall:
    """Somebody of ours answered."""

    def test_is_theirs_who_answered(self, company: Cast, line: Account) -> None:
        """LG-11: nobody owned the contact, so whoever answered does; with a decision, a span and no open work."""
        ring(line, a_call(a_phone(), "completed", To=answered_by(company)))

        contact, decision = Contact.objects.get(), Decision.objects.get()
        assert company.bruno.person_id == contact.owner_id == Ownership.objects.get(until=None).person_id
        assert ("assigned", "call", company.bruno.person_id) == (decision.outcome, decision.route, decision.owner_id)
        assert "closed" == Conversation.objects.get().status
        assert not Waiting.objects.exists()
        assert not Load.objects.filter(open__gt=0).exists()

    def test_leaves_an_owner_alone(self, company: Cast, line: Account) -> None:
        """LG-11: answering for somebody else takes nothing from them."""
        phone = a_phone()
        cast.a_contact(admin=company.admin, phone=phone, owner=company.carla)
        ring(line, a_call(phone, "completed", To=answered_by(company)))

        assert company.carla.person_id == Contact.objects.get().owner_id

    def test_after_a_missed_one_settles_it(self, company: Cast, line: Account) -> None:
        """LG-11: the second try is answered: who answered owns the contact, and nothing waits any more."""
        phone = a_phone()
        ring(line, a_call(phone))
        ring(line, a_call(phone, "completed", To=answered_by(company)), at=AT + timedelta(minutes=1))

        assert company.bruno.person_id == Contact.objects.get().owner_id
        assert Conversation.objects.get().waiting_since is None
        assert not Waiting.objects.exists()

    @pytest.mark.parametrize("who", ["nobody@a.example.com", "0", "99999999999999999999", ""])
    def test_by_nobody_of_ours(self, line: Account, who: str) -> None:
        """A name that is nobody's makes nobody the owner, and what was said is kept."""
        ring(line, a_call(a_phone(), "completed", answered_by=who, ParentCallSid="CA0"))

        assert Contact.objects.get().owner_id is None
        assert who == (Message.objects.get().payload or {})["call"]["said_by"]

    def test_by_a_stranger_or_a_suspended_person(self, company: Cast, line: Account) -> None:
        """INV-28: neither another company's person nor one who has left owns anything."""
        stranger = cast.a_stranger()
        suspend_person(company.bruno.person_id, actor=company.admin, at=AT)
        ring(line, a_call(a_phone(), "completed", answered_by=str(stranger.alba.person_id)))
        ring(line, a_call(a_phone(), "completed", answered_by=str(company.bruno.person_id)))

        assert {None} == set(Contact.objects.values_list("owner_id", flat=True))

    def test_named_in_the_address(self, company: Cast, line: Account) -> None:
        """What stands in the callback's own address is signed with it, and says who answered."""
        receipt = ring(line, a_call(a_phone(), "completed"), query=f"?answered_by={company.bruno.person_id}")

        assert 200 == receipt.status
        assert company.bruno.person_id == Contact.objects.get().owner_id


class TestTheEventsOfOneCall:
    """Legs and the call itself, in any order."""

    @pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
    def test_any_order_ends_the_same(self, company: Cast, line: Account, order: tuple[int, ...]) -> None:
        """INV-4: one phone rang in vain, the next was answered, the line closed: answered, by whom, and nothing open."""
        caller = a_phone()
        whole = a_call(caller, "completed", CallSid="CAwhole")
        vain = a_call("+525550000000", "no-answer", ParentCallSid="CAwhole")
        good = a_call(caller, "completed", ParentCallSid="CAwhole", To=answered_by(company))
        events = [whole | {"From": caller}, vain | {"From": caller}, good]
        for place in order:
            ring(line, events[place])

        assert [("call", company.bruno.person_id)] == list(Message.objects.values_list("kind", "author_id"))
        assert ("closed", None) == Conversation.objects.values_list("status", "waiting_since").get()
        assert company.bruno.person_id == Contact.objects.get().owner_id
        assert not Waiting.objects.exists()

    @pytest.mark.parametrize("turned", [False, True])
    def test_rang_in_vain(self, line: Account, turned: bool) -> None:
        """INV-4: no phone answered and the line closed: missed, whichever is heard of first."""
        caller = a_phone()
        events = [a_call(caller, ParentCallSid="CAwhole"), a_call(caller, "completed", CallSid="CAwhole")]
        for event in reversed(events) if turned else events:
            ring(line, event)

        assert "missed_call" == Message.objects.get().kind
        assert ("open", AT) == Conversation.objects.values_list("status", "waiting_since").get()

    def test_rules_wait_while_it_may_ring_on(self, company: Cast) -> None:
        """A phone that rang in vain gives nothing away while the next may be answered; after two minutes it does."""
        line = cast.an_account("phone", admin=company.admin, auto=(company.alba,))
        ring(line, a_call(a_phone(), ParentCallSid="CAwhole"))
        meanwhile = Contact.objects.get().owner_id
        work(company.organization_id, at=AT + timedelta(minutes=2))

        assert (None, company.alba.person_id) == (meanwhile, Contact.objects.get().owner_id)

    def test_a_leg_with_the_companys_own_number(self, company: Cast, line: Account) -> None:
        """Who called is said by the call; a phone that was rung with our own number makes no second contact."""
        ring(line, a_call(a_phone(), "completed", CallSid="CAwhole"))
        ring(line, a_call("+525550000000", "completed", ParentCallSid="CAwhole", To=answered_by(company)))

        assert company.bruno.person_id == Contact.objects.get().owner_id


class TestAnExchange:
    """A company's own telephone exchange."""

    def test_may_name_an_extension(self, company: Cast) -> None:
        """LG-11: Who answered may be said by their extension, as the account keeps it; another's means nobody."""
        bruno = Person.objects.get(pk=company.bruno.person_id)
        kept = f"101={bruno.email.upper()}; 102 = nobody@example.com"
        line = cast.an_account("phone", admin=company.admin, exchange_secret=EXCHANGE_SECRET, extensions=kept)
        for number, extension in enumerate(("101", "102", "103")):
            tell(line, said("ANSWER", a_phone(), call_id=f"1.{number}", answered_by=extension))

        assert f"101={bruno.email}, 102=nobody@example.com" == line.settings["extensions"]
        assert [bruno.pk, None, None] == [one.owner_id for one in Contact.objects.order_by("id")]

    def test_means_nobody_by_an_extension_that_nobody_wrote_down(self, company: Cast, line: Account) -> None:
        """LG-11: an extension that is some person's id by chance is not that person; what was said is kept."""
        for number, chance in enumerate((company.carla.person_id, str(company.carla.person_id))):
            tell(line, said("ANSWER", a_phone(), call_id=f"1.{number}", answered_by=chance))

        assert [None, None] == list(Contact.objects.values_list("owner_id", flat=True))
        assert str(company.carla.person_id) == (Message.objects.latest("id").payload or {})["call"]["said_by"]

    def test_missed_and_answered(self, company: Cast, line: Account) -> None:
        """LG-11: the same two outcomes, from JSON; a number is dialled in the company's country."""
        tell(line, said("NOANSWER", "55 1234 5678", name="Eva"))
        tell(line, said("ANSWER", "+5215512345678", call_id="1.2", person_id=company.bruno.person_id))

        assert ("Eva", company.bruno.person_id) == Contact.objects.values_list("name", "owner_id").get()
        assert ["missed_call", "call"] == list(Message.objects.order_by("id").values_list("kind", flat=True))

    @pytest.mark.parametrize("caller", ["anonymous", "", "sip:eva@a.example.com"])
    def test_a_hidden_caller_is_set_aside(self, line: Account, caller: str) -> None:
        """Nobody can be called back, and nothing is dropped in silence."""
        tell(line, said("NOANSWER", caller))

        assert "hidden_caller" == Quarantine.objects.get().reason
        assert not Contact.objects.exists()


class TestTheHook:
    """What is let in."""

    def test_a_forged_event_leaves_nothing(self, company: Cast, line: Account) -> None:
        """INV-9: 403, and nothing is stored; a signature for another account's address is none."""
        call = a_call(a_phone())
        other = cast.an_account("phone", admin=company.admin)

        assert 403 == receive_delivery("phone", line.key, a_request(line, call, signed_for=other), at=AT).status
        assert 403 == tell(line, said("busy", a_phone()), secret="otra").status
        assert not Delivery.objects.exists()

    def test_each_secret_opens_its_own_kind(self, company: Cast) -> None:
        """INV-9: an account without a secret for its exchange takes no JSON, and one without Twilio's no form."""
        twilio = cast.an_account("phone", admin=company.admin)
        exchange = cast.an_account("phone", admin=company.admin, auth_token=None, exchange_secret=EXCHANGE_SECRET)

        assert 403 == tell(twilio, said("busy", a_phone()), secret="").status
        assert 403 == ring(exchange, a_call(a_phone())).status

    def test_an_unknown_key(self, company: Cast) -> None:
        """A key that leads nowhere is 404, whatever is sent."""
        assert 404 == receive_delivery("phone", "nada", Request(body=b""), at=AT).status
