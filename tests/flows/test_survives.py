"""A flow survives a restart in any step, and each step is taken once."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Barrier, Thread

import psycopg
import pytest
from django.db import connection, connections, transaction
from hypothesis import given, settings
from hypothesis import strategies as any_

from reparto.assignment.lock_desk import lock_desk
from reparto.channels.models import Account
from reparto.contacts.queries import addresses_of, tags_of
from reparto.conversations.models import Message
from reparto.flows.find_step import find_step, next_place
from reparto.flows.fits_trigger import says
from reparto.flows.models import Run
from reparto.flows.run_flows import run_flows
from reparto.intake.models import Delivery, Quarantine
from reparto.kit.models import Outbox
from reparto.kit.run_worker import PENDING, _pending
from reparto.kit.tenancy import in_organization
from tests.cast import AT, Cast, a_company, a_phone, a_rule, a_whatsapp_account
from tests.flows.some_flows import a_flow, assigned, condition, groups, people, reply, story, tag, wait
from tests.road import a_text, a_webhook, deliver, work

pytestmark = pytest.mark.django_db(transaction=True)
PROSPECTS = {"field": "kind", "op": "is", "value": "client"}
#: What each step of `a_long_flow` comes to, for a contact that is a prospect.
WHOLE = ["replied", "tagged", "waits", "named", "named", "not_met", "tagged", "replied"]


@pytest.fixture
def cast() -> Iterator[Cast]:
    """Found a company that deals to Alba, with a flow of every kind of step; somebody has written, nobody has looked."""
    with transaction.atomic():
        cast = a_company()
        account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno))
        a_rule(cast.alba, admin=cast.admin)
        otherwise = condition(PROSPECTS, tag("dos"), reply("Adiós"))
        a_flow(
            cast,
            reply("Hola"),
            tag("uno"),
            wait(1, "minutes"),
            people(cast.bruno),
            groups(cast.south_id),
            otherwise,
            tag("nunca"),
        )
    with transaction.atomic():
        assert 200 == deliver(account, a_webhook(account, a_text(a_phone()))).status
    yield cast
    connection.close()


def one_step(cast: Cast, at_minutes: int, *, die: bool = False) -> None:
    """Take one step and commit it; or die between the step and the commit."""
    try:
        with in_organization(cast.organization_id):
            lock_desk(cast.organization_id)
            run_flows(cast.organization_id, at=AT + timedelta(minutes=at_minutes), limit=1)
            if die:
                raise InterruptedError
    except InterruptedError:
        connection.close()


def look(cast: Cast) -> tuple[list[str], str, int, int, list[str]]:
    """Return the story, the state, what was said and what leaves, and the tags."""
    with in_organization(cast.organization_id):
        run = Run.objects.get()
        said = Message.objects.filter(direction="out").count()
        return story(run), run.state, said, Outbox.objects.count(), tags_of([run.contact_id])[run.contact_id]


class TestRestarts:
    """AC-4: durable."""

    def test_a_worker_that_dies_in_each_step_repeats_none(self, cast: Cast) -> None:
        """Each step is begun, lost before its commit, and taken again by the next worker: once in the end."""
        work(cast.organization_id)

        for _ in range(12):
            one_step(cast, 5, die=True)
            one_step(cast, 5)

        assert (WHOLE, "done", 2, 2, ["dos", "uno"]) == look(cast)
        with in_organization(cast.organization_id):
            assert ({cast.alba.person_id, cast.bruno.person_id}, {cast.south_id}) == assigned()

    def test_two_workers_at_once_take_each_step_once(self, cast: Cast) -> None:
        """Two workers on two connections look at the same instant, again and again: no step is taken twice."""
        barrier = Barrier(2)

        def look_often() -> None:
            barrier.wait()
            for _ in range(8):
                work(cast.organization_id, at=AT + timedelta(minutes=5))
            connections.close_all()

        workers = [Thread(target=look_often) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        # What came due a minute after the first look is due for the next sweep.
        work(cast.organization_id, at=AT + timedelta(minutes=9))

        assert (WHOLE, "done", 2, 2, ["dos", "uno"]) == look(cast)

    def test_the_sweep_finds_what_is_due_and_only_that(self, cast: Cast) -> None:
        """Nobody needs to be woken: a run is seen by the queue's role when its step is due, a fresh tag at once."""
        work(cast.organization_id)
        with in_organization(cast.organization_id):
            Run.objects.update(due_at=AT + timedelta(days=20_000))
        assert [] == _pending(PENDING["desk"])

        with in_organization(cast.organization_id):
            Run.objects.update(due_at=AT - timedelta(days=20_000))

        assert [cast.organization_id] == _pending(PENDING["desk"])

    def test_a_step_that_fails_stops_its_run_and_nothing_else(self, cast: Cast) -> None:
        """A run that cannot go on is set aside as failed; the message behind it was taken in and decided."""
        work(cast.organization_id)
        with in_organization(cast.organization_id):
            Run.objects.update(step=["?"])

        work(cast.organization_id, at=AT + timedelta(minutes=5))

        with in_organization(cast.organization_id):
            assert "failed" == Run.objects.get().state
            assert {cast.alba.person_id} == assigned()[0]

    def test_goes_on_when_the_database_was_in_the_way(self, cast: Cast, superuser_url: str) -> None:
        """AC-4, INV-1: what could not be written for once is tried again: no run ends by it, no message is set aside."""
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        work(cast.organization_id)
        with in_organization(cast.organization_id):
            account, contact_id = Account.objects.get(), Run.objects.get().contact_id
            phone = addresses_of([contact_id])[contact_id][0].value
        with transaction.atomic():
            assert 200 == deliver(account, a_webhook(account, a_text(phone, "¿Siguen ahí?"))).status
        with psycopg.connect(superuser_url) as other:
            # Somebody holds the contact for longer than we wait.
            other.execute("SELECT FROM contacts_contact WHERE id = %s FOR UPDATE", [contact_id])
            work(cast.organization_id, at=AT + timedelta(minutes=1))
            with in_organization(cast.organization_id):
                tries = [Delivery.objects.get(absorbed_at=None).tries, Run.objects.get().tries]
        work(cast.organization_id, at=AT + timedelta(minutes=3))

        assert min(tries) > 0
        assert (WHOLE, "done", 2) == look(cast)[:3]
        with in_organization(cast.organization_id):
            assert (0, 2) == (Quarantine.objects.count(), Message.objects.filter(direction="in").count())
            assert 0 == Delivery.objects.filter(absorbed_at=None).count()


steps = any_.lists(
    any_.one_of(
        any_.just({"kind": "tag"}),
        any_.lists(any_.just({"kind": "tag"}), max_size=3).map(lambda inner: {"kind": "condition", "otherwise": inner}),
    ),
    max_size=6,
)


class TestPlaces:
    """Where a run stands, for any steps."""

    @given(steps=steps, met=any_.lists(any_.booleans(), min_size=6, max_size=6))
    @settings(max_examples=100, deadline=None)
    def test_every_walk_ends_and_never_goes_back(self, steps: list[dict[str, object]], met: list[bool]) -> None:
        """Whatever conditions say, places only grow, each is visited once, and the walk comes to an end."""
        place: tuple[int, ...] = (0,)
        seen = []
        while (step := find_step(steps, place)) is not None:
            seen.append(place)
            asks = step["kind"] == "condition" and not met[place[0]]
            place = (*place, 0) if asks else next_place(place)

        assert sorted(set(seen)) == seen


class TestWords:
    """Keywords, for any text."""

    @given(words=any_.lists(any_.text("aáñ1", min_size=1, max_size=4), min_size=1, max_size=6), data=any_.data())
    @settings(max_examples=100, deadline=None)
    def test_any_words_in_a_row_are_found(self, words: list[str], data: any_.DataObject) -> None:
        """Any stretch of a text's own words is said by it, in other case and with other signs between them."""
        first = data.draw(any_.integers(0, len(words) - 1))
        last = data.draw(any_.integers(first + 1, len(words)))

        assert says(", ".join(words), " ".join(words[first:last]).upper())
