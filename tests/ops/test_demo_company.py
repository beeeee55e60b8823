"""The demo's parts: who writes, what is sent, who acts for whom, and what shares no folder with it."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue
from random import Random

import pytest

from reparto.channels.shapes import InboundMessage
from reparto.channels.webform.parse import parse as parse_form
from reparto.channels.whatsapp.parse import parse as parse_webhook
from reparto.channels.whatsapp.verify import verify
from reparto.contacts.queries import visible_contacts
from reparto.conversations.queries import assignees_of, messages_of, visible_conversations
from reparto.ops.admit_demo import ALLOWED, admit_demo
from reparto.ops.answer import Refusal
from reparto.ops.data_folder import DataFolder
from reparto.ops.demo.act_as_agent import act_as_agent
from reparto.ops.demo.company import Company, find_company
from reparto.ops.demo.customers import make_customer, number_of
from reparto.ops.demo.found_cordillera import found_cordillera
from reparto.ops.demo.keep_people import HERE, Keeper
from reparto.ops.demo.letters import Hook, fill_in_form, write_text
from reparto.ops.demo.live_the_past import Past
from reparto.ops.demo.talks_with import talks_with
from reparto.ops.demo.working_week import LATELY, WorkingWeek
from reparto.people.show_sign_of_life import show_sign_of_life

#: A Tuesday morning in Santiago.
AT = datetime(2026, 11, 17, 14, 0, tzinfo=UTC)
HOOK = Hook(1, "whatsapp", "key", "0123456789abcdef", "106540352242922")


@pytest.fixture
def company(db: None) -> Company:
    """The demo company without a past, its people at work since a moment ago."""
    company = found_cordillera(api_base="https://graph.example.com", at=AT - timedelta(days=1))
    with company.entered():
        keeper = Keeper(company, Random(1))
        for person_id in keeper.ids:
            keeper.declare(person_id, HERE, AT)
        keeper.show_signs(AT)
    return company


def arrive(company: Company, number: int) -> int:
    """Let a customer write; return the conversation that it makes."""
    past = Past(company, Queue(), WorkingWeek(AT + timedelta(minutes=1), 0), Random(number))
    customer = make_customer(number)
    with company.entered():
        past.hear(customer, customer.dialogue().customer[0], AT)
        return talks_with(customer)[0].pk


class TestCustomers:
    def test_are_known_by_their_telephone(self) -> None:
        """Each of the ten thousand has a telephone of their own, and it tells who they are."""
        customers = [make_customer(number) for number in range(10_000)]

        assert list(range(10_000)) == [number_of(one.phone) for one in customers]

    def test_write_what_the_hooks_understand(self) -> None:
        """Every kind of customer sends a genuine webhook or a form that has no fault."""
        for customer in map(make_customer, range(100)):
            letter = write_text(HOOK, customer, "Hola", wamid="wamid.1", at=AT)
            (message,) = parse_webhook(letter.body, phone_number_id=HOOK.phone_number_id).items
            lead = parse_form(fill_in_form(HOOK, customer, key="k").body, "application/json")

            assert verify(HOOK.secret, letter.body, letter.headers["X-Hub-Signature-256"])
            assert isinstance(message, InboundMessage)
            assert (customer.name, customer.name) == (message.sender_name, lead.name)


class TestTheWorkingWeek:
    def test_ends_with_people_at_work(self) -> None:
        """At whatever hour the demo is started, people have been there and some have written just before."""
        for hour in range(24):
            week = WorkingWeek(AT + timedelta(hours=hour), 3)
            arrivals = week.arrivals(Random(1))

            assert week.is_open(week.until - timedelta(seconds=1))
            assert arrivals == sorted(arrivals)
            assert 20 < sum(one > week.until - LATELY for one in arrivals) < len(arrivals)


class TestTheCompany:
    def test_is_found_again(self, company: Company) -> None:
        """A later run finds the company and its hooks as they were made."""
        assert company == find_company(at=AT)

    def test_gives_each_customer_to_somebody_by_a_rule(self, company: Company) -> None:
        """Of the first customers nearly all become somebody's; nobody is for those that no rule speaks of."""
        talks = [arrive(company, number) for number in range(40)]
        with company.entered():
            assigned = assignees_of(talks)
            free = visible_contacts(company.actor(company.admin_id)).filter(owner_id__isnull=True)

            assert 34 <= len(assigned) <= 39
            assert {"Araucanía", "Antofagasta"} >= {one.fields.get("region") for one in free}


class TestAnAgent:
    def test_answers_in_turn_and_closes(self, company: Company) -> None:
        """An agent answers who waits; when all is said and the customer is silent, they close."""
        talk_id = arrive(company, 0)
        with company.entered():
            steps = [
                act_as_agent(company, talk_id, at=AT + timedelta(minutes=minutes), dice=Random(1))
                for minutes in (2, 4, 120, 122)
            ]
            said = messages_of(talk_id).filter(direction="out", private=False)

            assert ["answered", None, "closed", None] == steps
            assert "{" not in said.get().text

    def test_calls_back_who_left_a_form(self, company: Company) -> None:
        """A lead is called, noted in private, and then closed."""
        talk_id = arrive(company, next(one for one in range(100) if make_customer(one).topic == "fleet"))
        with company.entered():
            steps = [act_as_agent(company, talk_id, at=AT, dice=Random(1)) for _ in range(2)]
            talk = visible_conversations(company.actor(company.admin_id)).get(pk=talk_id)

            assert ["noted", "closed"] == steps
            assert talk.contact.last_follow_up_at == AT

    def test_leaves_a_viewer_alone(self, company: Company) -> None:
        """Whoever a viewer has signed in as is told by the browser's signs of life; nobody answers for them."""
        talk_id = arrive(company, 0)
        later = AT + timedelta(minutes=2)
        with company.entered():
            (owner,) = assignees_of([talk_id])[talk_id].person_ids
            keeper = Keeper(company, Random(1))
            before = keeper.signed_in(later)
            show_sign_of_life(owner, at=later.replace(microsecond=1))
            leave = keeper.signed_in(later)

            assert (set(), {owner}) == (before, leave)
            assert act_as_agent(company, talk_id, at=later, dice=Random(1), leave=leave) is None


class TestTheFolder:
    def test_is_the_demos_alone(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A new folder becomes the demo's, which may then reach its own stand-in; opened without --demo it is refused."""
        monkeypatch.setenv(ALLOWED, "10.0.0.1")
        admit_demo(DataFolder(tmp_path), host="127.0.0.1", demo=True)

        assert "10.0.0.1,127.0.0.1" == os.environ[ALLOWED]
        admit_demo(DataFolder(tmp_path), host="127.0.0.1", demo=True)
        with pytest.raises(Refusal, match="holds the demo"):
            admit_demo(DataFolder(tmp_path), host="127.0.0.1", demo=False)

    def test_of_somebody_else_is_refused(self, tmp_path: Path) -> None:
        """The demo, whose passwords everybody knows, is not put into an installation that is there."""
        DataFolder(tmp_path).secrets.touch()

        with pytest.raises(Refusal, match="holds an installation"):
            admit_demo(DataFolder(tmp_path), host="127.0.0.1", demo=True)

    def test_is_not_shown_to_other_machines(self, tmp_path: Path) -> None:
        """The demo listens on this machine alone."""
        with pytest.raises(Refusal, match="this machine alone"):
            admit_demo(DataFolder(tmp_path), host="0.0.0.0", demo=True)
