"""Several who do the same thing at the same instant (INV-3, 6, 15, 16, 32; EC-16)."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import connections

from reparto.assignment.assign_by_hand import AlreadyOwned, assign_by_hand
from reparto.assignment.lock_desk import lock_desk
from reparto.contacts.add_contact import add_contact
from reparto.contacts.contact_draft import AddressDraft, ContactDraft
from reparto.contacts.models import Contact
from reparto.intake.absorb_deliveries import absorb_deliveries
from reparto.kit.clock import now
from reparto.kit.faults import Invalid
from reparto.kit.tenancy import in_organization
from reparto.people.actor import Actor
from tests.cast import a_contact, a_phone
from tests.road import a_text, a_webhook, deliver
from tests.trouble.check_books import check_rows
from tests.trouble.world import post
from tests.trouble.yard import Company, Yard, settle


def at_once(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """Let each thread begin when all are there; return what came of each, errors included."""
    gate = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        gate.wait(30)
        try:
            return call()
        except Exception as error:  # what came of it
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


class TestANewcomer:
    """Somebody whom nobody knows, writing to a company where several workers are at work."""

    def test_who_writes_64_times_at_once_is_one(self, yard: Yard) -> None:
        """INV-6: 64 first messages at one instant make one contact with one conversation, for each of five people."""
        company, people = settle(), [a_phone() for _ in range(5)]
        with yard.herd(webs=2, workers=6) as herd:
            for phone in people:
                bodies = [a_webhook(company.account, a_text(phone, at=now())) for _ in range(64)]
                calls = [_knock(herd.ports[n % 2], company, body) for n, body in enumerate(bodies)]
                assert {200} == set(at_once(calls))
            yard.wait_until_quiet()

        assert len(people) == yard.count("contacts_contact") == yard.count("conversations_conversation")
        assert 64 * len(people) == yard.count("conversations_message")
        assert len(people) == yard.count("assignment_decision")
        check_rows(yard)

    def test_one_payload_32_times_at_once_is_one(self, yard: Yard) -> None:
        """INV-3: one message delivered 32 times at one instant has the effect of one."""
        company = settle()
        with yard.herd(webs=2, workers=6) as herd:
            for _ in range(10):
                body = a_webhook(company.account, a_text(a_phone(), at=now()))
                calls = [_knock(herd.ports[n % 2], company, body) for n in range(32)]
                assert {200} == set(at_once(calls))
            yard.wait_until_quiet()

        assert 10 == yard.count("conversations_message") == yard.count("assignment_decision")
        check_rows(yard)

    def test_written_down_by_hand_meanwhile_is_one(self, yard: Yard) -> None:
        """INV-15: a contact typed in while their first message is absorbed is one contact, and has the message."""
        company = settle()
        outcomes = [self.type_in_while_they_write(company) for _ in range(40)]

        refused = [outcome for outcome in outcomes if outcome is not None]
        assert all(isinstance(outcome, Invalid) for outcome in refused), refused
        assert {"address_taken"} >= {fault.code for outcome in refused for fault in outcome.faults}
        assert 40 == yard.count("contacts_contact") == yard.count("conversations_conversation")
        check_rows(yard)

    def type_in_while_they_write(self, company: Company) -> Any:
        """Return the refusal of the form, if it came second."""
        phone, organization_id = a_phone(), company.organization_id
        with in_organization(organization_id):
            deliver(company.account, a_webhook(company.account, a_text(phone, at=now())), at=now())

        def type_in() -> None:
            draft = ContactDraft("Clara", addresses=(AddressDraft("phone", phone),))
            with in_organization(organization_id):
                add_contact(draft, actor=company.cast.admin, at=now())

        typed, absorbed = at_once([type_in, lambda: absorb_deliveries(organization_id, at=now())])
        assert not isinstance(absorbed, Exception), absorbed
        return typed


class TestTwoWhoTake:
    """EC-16: two agents take what is free."""

    def test_the_second_is_told_who_was_first(self, yard: Yard) -> None:
        """EC-16, INV-32: of two agents between whose click and lock nothing lies, one gets it, the other hears who."""
        company = settle()
        alba, bruno = company.cast.alba, company.cast.bruno
        for _ in range(10):
            with in_organization(company.organization_id):
                lock_desk(company.organization_id)  # the first makes it
                contact = a_contact(admin=company.cast.admin)
            with _desk_held(yard, company, waiting=2) as held:
                held.run([_take(contact, alba), _take(contact, bruno)])
            (refused,) = [one for one in held.outcomes if isinstance(one, Exception)]
            assert isinstance(refused, AlreadyOwned), repr(refused)
            with in_organization(company.organization_id):
                contact.refresh_from_db()
            assert refused.owner.pk == contact.owner_id
        check_rows(yard, but=["a conversation has no message"])


class _Held:
    """Threads that all wait for the desk."""

    def __init__(self) -> None:
        self.outcomes: list[Any] = []
        self.thread: threading.Thread | None = None

    def run(self, calls: Sequence[Callable[[], Any]]) -> None:
        """Begin them."""
        self.thread = threading.Thread(target=lambda: self.outcomes.extend(at_once(calls)))
        self.thread.start()


class _desk_held:  # noqa: N801 (reads as the context it is)
    """Hold a desk, as a sitting would, until so many wait for it."""

    def __init__(self, yard: Yard, company: Company, *, waiting: int) -> None:
        self.yard, self.company, self.waiting = yard, company, waiting

    def __enter__(self) -> _Held:
        self.connection = psycopg.connect(self.yard.superuser)
        desk = "SELECT id FROM assignment_desk WHERE organization_id = %s FOR UPDATE"
        assert self.connection.execute(desk, [self.company.organization_id]).fetchone() is not None
        self.held = _Held()
        return self.held

    def __exit__(self, *_: Any) -> None:
        waits = "SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%%desk%%'"
        end = time.monotonic() + 30
        while self.yard.ask(waits)[0]["n"] < self.waiting and time.monotonic() < end:
            time.sleep(0.01)
        self.connection.close()
        assert self.held.thread is not None
        self.held.thread.join(30)


def _take(contact: Contact, agent: Actor) -> Callable[[], Any]:
    def take() -> Any:
        with in_organization(agent.organization_id):
            return assign_by_hand(contact.pk, owner_id=agent.person_id, actor=agent, at=now())

    return take


def _knock(port: int, company: Company, body: bytes) -> Callable[[], int]:
    return lambda: post(port, company.path, body, seconds=60)


pytestmark = pytest.mark.timeout(300)
