"""A sweep while others act, and a sweep that dies: what was touched stays, nothing is lost, nobody is moved twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Event

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from reparto.assignment.answer_halt import answer_halt
from reparto.assignment.halt_sweep import open_halt
from reparto.assignment.late_contacts import late_contacts
from reparto.assignment.models import Decision, Ownership
from reparto.assignment.move_late import RulesChanged, move_late
from reparto.assignment.read_limits import Limit, read_limits, time_rules
from reparto.assignment.sweep_late import FIRST, next_late, sweep_late
from reparto.contacts.models import Contact
from reparto.contacts.record_follow_up import FollowUpDraft, record_follow_up
from reparto.kit.tenancy import in_organization
from reparto.rules.edit_rule import edit_rule
from reparto.rules.models import Rule
from reparto.rules.queries import current_rule_set
from tests import cast
from tests.at_once import one_after_the_other, waits_for_this_transaction
from tests.cast import AT, Cast
from tests.product import eventually

pytestmark = pytest.mark.django_db(transaction=True)
LATER = AT + timedelta(hours=3)
AFTER = {"amount": 2, "unit": "hours"}
KILL = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))
"""


@pytest.fixture
def company() -> Cast:
    """A committed company whose contacts go to Bruno when nobody followed them up for two hours."""
    with transaction.atomic():
        made = cast.a_company()
        cast.a_rule(made.bruno, admin=made.admin, trigger="no_followup", after=AFTER)
        return made


def contacts(company: Cast, *, how_many: int = 1) -> list[int]:
    """Add contacts of Alba's; return their ids."""
    with in_organization(company.organization_id):
        return [cast.a_contact(admin=company.admin, owner=company.alba).pk for _ in range(how_many)]


def limits() -> tuple[Limit, ...]:
    """Return the limits of the rules in force."""
    return read_limits(time_rules(current_rule_set()), at=LATER)


def move(company: Cast, ids: list[int], *, version: int = 1) -> int:
    """Decide a parcel, in the running transaction."""
    return move_late(company.organization_id, ids, limits(), version=version, at=LATER, key="sweep:1")


def call(company: Cast, contact_id: int) -> None:
    """Record a call, in the running transaction."""
    record_follow_up(contact_id, FollowUpDraft("call"), actor=company.admin, at=LATER)


def owners(company: Cast) -> set[int | None]:
    """Return whose the contacts are."""
    with in_organization(company.organization_id):
        return set(Contact.objects.values_list("owner_id", flat=True))


class TestAFollowUp:
    def test_between_finding_and_moving(self, company: Cast) -> None:
        """INV-22: a contact that was found and then followed up is not moved."""
        (one,) = contacts(company)
        with in_organization(company.organization_id):
            (limit,) = limits()
            found = list(late_contacts(limit, at=LATER).values_list("pk", flat=True))
        with in_organization(company.organization_id):
            call(company, one)

        with in_organization(company.organization_id):
            assert ([one], 0) == (found, move(company, found))
        assert {company.alba.person_id} == owners(company)

    def test_that_has_not_committed_yet(self, company: Cast) -> None:
        """INV-22: whoever has the row just now keeps it; the sweep neither waits nor moves the contact."""
        (one,) = contacts(company)

        def elsewhere() -> int:
            try:
                with in_organization(company.organization_id):
                    return move(company, [one])
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool, in_organization(company.organization_id):
            call(company, one)
            assert 0 == pool.submit(elsewhere).result(timeout=10)

        assert {company.alba.person_id} == owners(company)

    def test_that_comes_while_it_is_moved(self, company: Cast) -> None:
        """EC-60: it waits for the move and is recorded after it; there is one owner."""
        (one,) = contacts(company)

        moved, _ = one_after_the_other(
            company.organization_id, lambda: move(company, [one]), lambda: call(company, one)
        )

        assert (1, {company.bruno.person_id}) == (moved, owners(company))
        with in_organization(company.organization_id):
            assert Contact.objects.get().last_follow_up_at == LATER


class TestOtherRules:
    def test_published_meanwhile(self, company: Cast) -> None:
        """UP-5: what was found by rules that are not in force any more is not moved by them."""
        (one,) = contacts(company)
        with in_organization(company.organization_id):
            edit_rule(Rule.objects.get().pk, {"description": "Otra"}, actor=company.admin, at=AT)

        with in_organization(company.organization_id), pytest.raises(RulesChanged):
            move(company, [one], version=1)


def kill_in_second_parcel(company: Cast) -> None:
    """Let a worker sweep, and cut its connection while it writes its second parcel."""
    between, held, looks = Event(), Event(), []

    def clock() -> datetime:
        looks.append(1)
        if len(looks) == 4:  # it began, began to move, the first parcel, the second
            between.set()
            held.wait(10)
        return LATER

    def worker() -> None:
        try:
            sweep_late(company.organization_id, clock=clock)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        dying = pool.submit(worker)
        assert between.wait(20)
        with in_organization(company.organization_id), connection.cursor() as cursor:
            # The turn of the rule is written last of what it decides.
            cursor.execute("SELECT id FROM assignment_cursor FOR UPDATE")
            held.set()
            assert eventually(waits_for_this_transaction)
            cursor.execute(KILL)
        with pytest.raises((DatabaseError, psycopg.Error)):
            dying.result(timeout=20)


class TestADeadWorker:
    def test_goes_on_where_it_was(self, company: Cast) -> None:
        """EC-96, INV-68: killed within a parcel, the parcels before it stand; the next sweep moves the rest, once each."""
        many = contacts(company, how_many=FIRST + 10)
        sweep_late(company.organization_id, clock=lambda: LATER)
        with in_organization(company.organization_id):
            halt = open_halt()
            assert halt is not None
            answer_halt(halt.pk, "go_on", actor=company.admin, at=LATER)
        kill_in_second_parcel(company)
        with in_organization(company.organization_id):
            assert FIRST == Decision.objects.filter(route="rule").count()

        assert 10 == sweep_late(company.organization_id, clock=lambda: LATER)
        with in_organization(company.organization_id):
            assert sorted(many) == sorted(Decision.objects.filter(route="rule").values_list("contact_id", flat=True))
            assert 2 * len(many) == Ownership.objects.count()
            assert open_halt() is None
        assert 0 == sweep_late(company.organization_id, clock=lambda: LATER)


#: Contacts that were touched just now.
RECENT = """
INSERT INTO contacts_contact (organization_id, name, kind, arrived_by_itself, source, fields, folded, search,
                              conversation_count, created_at, updated_at, version)
SELECT %(organization)s, 'Reciente', 'prospect', true, '', '{}', '{"name": "reciente"}', 'reciente', 0, %(at)s, %(at)s, 1
FROM generate_series(1, 20000)
"""


class TestTheQueries:
    def test_are_served_by_indexes(self, company: Cast) -> None:
        """UP-5: as the app's role, what is late is found by the indexes that are meant for it."""
        with in_organization(company.organization_id):
            cast.a_rule(company.bruno, admin=company.admin, trigger="no_first_followup", after=AFTER)
            cast.a_rule(company.bruno, admin=company.admin, trigger="no_sales", after=AFTER, entity="client")
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
            plans = [late_contacts(limit, at=LATER).explain() for limit in limits()]

        assert all("contacts_contact_quiet_since" in plan and "assignment_ownership_open" in plan for plan in plans[:2])
        assert "contacts_contact_clients" in plans[2]
        assert "contacts_sale_by_contact" in plans[2]

    def test_find_a_few_of_many(self, company: Cast, superuser_url: str) -> None:
        """UP-5: with statistics, three late ones of 20,000 are found by how long they are quiet, not one by one."""
        late = contacts(company, how_many=3)
        with psycopg.connect(superuser_url, autocommit=True) as admin:
            admin.execute(RECENT, {"organization": company.organization_id, "at": LATER})
            admin.execute("ANALYZE contacts_contact")

        with in_organization(company.organization_id):
            (limit,) = limits()
            found = next_late(limit, after=0, at=LATER)
            assert "contacts_contact_quiet_since" in found.explain()
            assert late == list(found)
