"""The desk: what waits is tried again oldest first, in a fixed number of queries, and can be explained."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.decide_waiting import decide_waiting
from reparto.assignment.explain_decision import explain, explain_decision
from reparto.assignment.models import Decision, Ownership, Sitting, Waiting
from reparto.assignment.put_in_line import InLine, put_in_line
from reparto.assignment.queries import UnknownDecision
from reparto.assignment.read_trace import read_trace
from reparto.assignment.wake_waiting import wake_waiting
from reparto.channels.models import Account
from reparto.channels.set_mode import set_mode
from reparto.contacts.models import Contact
from reparto.conversations.models import Conversation
from reparto.engine import freeze_agent, thaw_snapshot
from reparto.people.add_person import add_person
from reparto.people.edit_person import edit_person
from reparto.people.person_draft import PersonDraft
from reparto.people.set_availability import set_availability
from reparto.rules.delete_rule import delete_rule
from reparto.rules.queries import all_rules
from tests.cast import AT, Cast, a_company, a_phone, a_rule, a_whatsapp_account
from tests.road import a_text, a_webhook, deliver, work, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Return a company that deals to Alba and Bruno in turn, and waits when neither can."""
    cast = a_company()
    a_rule(cast.alba, cast.bruno, admin=cast.admin, if_nobody="wait")
    return cast


@pytest.fixture
def account(cast: Cast) -> Account:
    """Return a WhatsApp number on which both receive."""
    return a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno))


def step_out(cast: Cast, *, at_minute: int = 0) -> None:
    """Let Alba and Bruno be away."""
    for person in (cast.alba, cast.bruno):
        set_availability(person.person_id, status="away", actor=person, at=AT + timedelta(minutes=at_minute))


def in_json(value: object) -> object:
    """Return what the store would give back."""
    return json.loads(json.dumps(value))


def thaw_and_freeze(agents: dict[str, dict[str, object]]) -> dict[int, dict[str, object]]:
    """Return frozen people as the engine would freeze them after reading them."""
    snapshot = thaw_snapshot({"at": AT.isoformat(), "agents": agents}, [])
    return {number: freeze_agent(agent) for number, agent in snapshot.agents.items()}


class TestWaiting:
    """Work that nobody could take."""

    def test_goes_oldest_first_when_somebody_is_back(self, cast: Cast, account: Account) -> None:
        """EC-29, INV-21: the oldest waiting item goes first to whoever becomes able."""
        edit_person(cast.alba.person_id, {"capacity": 1}, actor=cast.admin, at=AT)
        step_out(cast)
        for minute in range(3):
            write(account, a_text(a_phone()), at=AT + timedelta(minutes=minute))
        back = AT + timedelta(minutes=5)

        set_availability(cast.alba.person_id, status="available", actor=cast.alba, at=back)
        wake_waiting(cast.organization_id, reason="people", at=back)
        work(cast.organization_id, at=back)

        owners = list(Contact.objects.order_by("id").values_list("owner_id", flat=True))
        assert [cast.alba.person_id, None, None] == owners
        assert 2 == Waiting.objects.filter(outcome="queued").count()

    def test_tried_again_in_vain_writes_no_second_decision(self, cast: Cast, account: Account) -> None:
        """An item that waits on for the same reason keeps its decision; the next try moves."""
        step_out(cast)
        write(account, a_text(a_phone()))
        first = Waiting.objects.get()
        later = AT + timedelta(minutes=6)

        decide_waiting(cast.organization_id, at=later)

        again = Waiting.objects.get()
        assert 1 == Decision.objects.count()
        assert (first.decision_id, True) == (again.decision_id, (again.due_at or AT) > (first.due_at or AT))

    def test_unmatched_is_tried_when_rules_are_published(self, cast: Cast, account: Account) -> None:
        """What no rule spoke for waits until the rules change."""
        (rule,) = all_rules()
        delete_rule(rule.pk, actor=cast.admin, at=AT)
        write(account, a_text(a_phone()))
        assert "unmatched" == Waiting.objects.get().outcome

        a_rule(cast.bruno, admin=cast.admin)
        wake_waiting(cast.organization_id, reason="rules", at=AT)
        work(cast.organization_id, at=AT)

        assert cast.bruno.person_id == Contact.objects.get().owner_id


class TestEligibility:
    """Who may be given work now."""

    def test_asks_for_the_mode_on_the_account(self, cast: Cast, account: Account) -> None:
        """EC-40, AD-7: enabled by hand is not enough; the trace says so."""
        set_mode(cast.alba.person_id, account.pk, mode="enabled", actor=cast.admin, at=AT)

        write(account, a_text(a_phone()))

        refused = {c["person_id"]: c["reason"] for c in read_trace(Decision.objects.get())["candidates"]}
        assert cast.bruno.person_id == Contact.objects.get().owner_id
        assert "account_by_hand_only" == refused[cast.alba.person_id]

    def test_asks_for_a_sign_of_life(self, cast: Cast, account: Account) -> None:
        """EC-25: whoever was not seen for longer than the channel's grace is no candidate."""
        later = AT + timedelta(minutes=11)

        write(account, a_text(a_phone(), at=later), at=later)

        reasons = {c["reason"] for c in read_trace(Decision.objects.get())["candidates"]}
        assert {"no_sign_of_life"} == reasons


class TestExplaining:
    """INV-24: every decision is explained from stored data alone."""

    def test_gives_the_same_after_rules_and_people_changed(self, cast: Cast, account: Account) -> None:
        """EC-98: the rule is deleted and a person leaves; every decision still derives to the same."""
        write(account, *[a_text(a_phone()) for _ in range(5)])
        step_out(cast)
        write(account, a_text(a_phone()))
        (rule,) = all_rules()
        delete_rule(rule.pk, actor=cast.admin, at=AT)
        edit_person(cast.alba.person_id, {"receives": False, "name": "Otra"}, actor=cast.admin, at=AT)

        explained = [explain(decision) for decision in Decision.objects.all()]

        assert 6 == len(explained)
        assert [""] * 6 == [one.difference for one in explained]

    def test_of_no_decision_is_refused(self) -> None:
        """A number that is no decision's is refused by name."""
        with pytest.raises(UnknownDecision):
            explain_decision(999_999_999)


class TestASitting:
    """What the decisions of a sitting share, as it is stored."""

    def test_keeps_people_as_the_engine_was_told(self, cast: Cast, account: Account) -> None:
        """INV-24: written from what earlier sittings read, people are stored as they are now: who received last."""
        for minute in range(3):
            write(account, a_text(a_phone()), at=AT + timedelta(minutes=minute))

        stored = [sitting.shared["agents"] for sitting in Sitting.objects.order_by("id")]
        loads = [[one[str(who.person_id)].get("load", 0) for who in (cast.alba, cast.bruno)] for one in stored]
        assert [[0, 0], [1, 0], [1, 1]] == loads
        assert all(one == in_json(thaw_and_freeze(one)) for one in stored)

    def test_names_the_version_of_its_rules_and_does_not_repeat_them(self, cast: Cast, account: Account) -> None:
        """P1: rules are many and stored already."""
        write(account, a_text(a_phone()))

        assert {"version": 1} == Sitting.objects.get().shared["rule_set"]


class TestTheCost:
    """The number of queries of a sitting does not grow with what waits."""

    def test_is_fixed(self, cast: Cast, account: Account) -> None:
        """P1: deciding 1, 50 and 200 items takes the same number of statements, at most 16 of them."""
        counts = []
        for size in (1, 50, 200):
            deliver(account, a_webhook(account, *[a_text(a_phone()) for _ in range(size)]))
            with CaptureQueriesContext(connection) as queries:
                work(cast.organization_id)
            counts.append(len(queries))

        assert counts[1] == counts[2]
        assert counts[2] - counts[0] <= 2

    def test_does_not_grow_with_people_and_rules(self, cast: Cast, account: Account) -> None:
        """P1, P6: with seven rules instead of one, and more people, a sitting sends the same statements, at most 9."""
        few = self._statements(cast, account)
        for number in range(6):
            add_person(
                PersonDraft(f"Nueva {number}", f"nueva{number}@uno.example.com", cast.root_id), actor=cast.admin, at=AT
            )
            a_rule(cast.alba, cast.bruno, admin=cast.admin, entity="client")

        many = self._statements(cast, account)

        assert len(few) == len(many)
        assert len(few) <= 9

    def _statements(self, cast: Cast, account: Account) -> list[str]:
        """Those by which one item that waits is decided, but for what begins and ends a transaction."""
        write(account, a_text(a_phone()))
        talk = Conversation.objects.latest("id")
        assign_by_hand(talk.contact_id, owner_id=None, actor=cast.admin, at=AT)
        put_in_line(cast.organization_id, [InLine(talk.contact_id, talk.pk)], at=AT)
        with CaptureQueriesContext(connection) as queries:
            assert 1 == decide_waiting(cast.organization_id, at=AT)
        return [one["sql"] for one in queries.captured_queries if "SAVEPOINT" not in one["sql"]]


class TestAClockThatIsBehind:
    """Whose clock it is does not matter to the ledger."""

    def test_never_makes_spans_overlap(self, cast: Cast, account: Account) -> None:
        """INV-67: a sitting a moment behind the last entry begins its span where the last one ended."""
        phone = a_phone()
        write(account, a_text(phone))
        contact = Contact.objects.get()
        freed = AT + timedelta(seconds=30)
        assign_by_hand(contact.pk, owner_id=None, actor=cast.admin, at=freed)

        write(account, a_text(phone), at=freed - timedelta(milliseconds=50))

        spans = list(Ownership.objects.order_by("id").values_list("since", "until"))
        assert [(AT, freed), (freed, None)] == spans

    def test_tells_who_reads_a_conversation_that_it_changed(self, cast: Cast, account: Account) -> None:
        """INV-16: an assignment by a rule raises the conversation's version as one by hand does."""
        write(account, a_text(a_phone()))

        assert 2 == Conversation.objects.get().version
