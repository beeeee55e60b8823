"""
What tenancy refuses, tried on a row of every table, as each role (INV-27, 28, 29).

That every table has its part is asked of the catalogue in `test_tenancy.py`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from psycopg import errors, sql

from reparto.kit.faults import violated_constraint
from reparto.kit.tenancy import current_organization, in_organization
from reparto.people.models import Campaign, Person
from tests import cast
from tests.cast import AT, Cast
from tests.kit.every_row import Link, Rows, a_row, fill, references, tenant_models


@dataclass(frozen=True)
class Two:
    """Two companies with a row in every table."""

    mine: Cast
    rows: Rows
    theirs: Cast
    their_rows: Rows


def two_companies() -> Two:
    """Make them; mine is entered."""
    mine = cast.a_company()
    rows, theirs = fill(mine.organization_id, root_id=mine.root_id), cast.a_stranger()
    with in_organization(theirs.organization_id):
        their_rows = fill(theirs.organization_id, root_id=theirs.root_id)
    return Two(mine, rows, theirs, their_rows)


@pytest.fixture
def two(db: None) -> Two:
    """Two full companies, gone after the test."""
    return two_companies()


def run(statement: str, *params: Any) -> list[tuple[Any, ...]]:
    """Run a statement as the app."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall()) if cursor.description else []


def count(table: str) -> int:
    """Count the rows that are seen."""
    return int(run(f"SELECT count(*) FROM {table}")[0][0])


def tables() -> list[str]:
    """Return every table of companies."""
    return [model._meta.db_table for model in tenant_models()]


def refused(statement: str, *params: Any) -> type[Exception] | None:
    """Return how the database refuses a statement to the app; None when it does not."""
    try:
        with transaction.atomic():
            run(statement, *params)
    except DatabaseError as error:
        return type(error.__cause__)
    return None


class TestNoOrganization:
    """INV-29: code that runs with none set sees nothing and fails loudly."""

    @pytest.mark.parametrize("setting", ["", "0", "-1"])
    def test_no_row_of_any_table_is_seen(self, two: Two, setting: str) -> None:
        """Every table has rows; without an organization, or with one that is none, there are none."""
        full = {table for table in tables() if count(table)}

        run("SELECT set_config('reparto.organization', %s, true)", setting)

        assert set(tables()) == full
        assert {} == {table: seen for table in (*tables(), "kit_organization") if (seen := count(table))}

    def test_nothing_can_be_written(self, two: Two) -> None:
        """No table takes a row while no organization is entered, not even of the company that was entered before."""
        run("SELECT set_config('reparto.organization', '', true)")

        taken = []
        for model in tenant_models():
            row = a_row(model, two.mine.organization_id, two.rows, root_id=two.mine.root_id)
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                row.save(force_insert=True)
            taken += model.objects.all()[:1]
        assert [] == taken

    def test_what_was_entered_ends_with_its_block(self, two: Two) -> None:
        """A block inside another organization leaves things as they stood."""
        with in_organization(two.theirs.organization_id):
            inside = current_organization()

        assert (two.theirs.organization_id, two.mine.organization_id) == (inside, current_organization())

    def test_it_raises_what_it_cannot_restore(self, two: Two) -> None:
        """An error inside a block passes through it, and the outer organization is entered again."""
        with pytest.raises(ZeroDivisionError), in_organization(two.theirs.organization_id):
            raise ZeroDivisionError

        assert two.mine.organization_id == current_organization()


class TestAnotherOrganization:
    """INV-27: no query returns, and no statement touches, another company's row."""

    def test_its_rows_are_neither_seen_nor_changed(self, two: Two) -> None:
        """In every table the other company's row is missing, even when asked for by its id."""
        seen = [model for model in tenant_models() if model.objects.filter(pk=two.their_rows[model]).exists()]

        changed = Person.objects.filter(pk=two.theirs.alba.person_id).update(name="x")
        assert ([], 0) == (seen, changed)

    def test_no_row_is_written_into_it(self, two: Two) -> None:
        """No table takes a row of another organization than the entered one, and no row can be moved there."""
        for model in tenant_models():
            row = a_row(model, two.theirs.organization_id, two.their_rows, root_id=two.theirs.root_id)
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                row.save(force_insert=True)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Campaign.objects.update(organization_id=two.theirs.organization_id)

    def test_no_row_refers_to_it(self, two: Two) -> None:
        """INV-28: for the app, every reference to the other company's row is refused by its composite key."""
        allowed = []
        for link in references():
            row = a_row(link.model, two.mine.organization_id, two.rows, root_id=two.mine.root_id)
            setattr(row, link.column, foreign_id(two, link))
            if link.empty_beside:
                setattr(row, link.empty_beside, None)
            ours = link.model.objects.filter(pk=two.rows[link.model])
            # Where another rule of the table keeps a second row out, the first one is changed.
            change = partial(ours.update, **{link.column: foreign_id(two, link)})
            if not _breaks_key(link, partial(row.save, force_insert=True)) and not _breaks_key(link, change):
                allowed.append((link.table, link.column))

        assert [] == allowed


def foreign_id(two: Two, link: Link) -> int:
    """Return the id of the other company's row that a reference could name."""
    return two.theirs.root_id if link.referred_model is link.model else two.their_rows[link.referred_model]


def _breaks_key(link: Link, write: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            write()
            run("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError as error:
        return violated_constraint(error) == f"{link.table}_{link.column}_own"
    return False


@pytest.fixture
def owner(transactional_db: None, superuser_url: str) -> Iterator[psycopg.Connection[Any]]:
    """The role that owns the tables, bound by their policies all the same."""
    with psycopg.connect(superuser_url, autocommit=True) as connected:
        connected.execute("SET ROLE reparto_owner")
        yield connected


class TestTheOwner:
    def test_no_row_refers_to_another_company(self, owner: psycopg.Connection[Any]) -> None:
        """INV-28: the keys bind the owner of the tables as they bind the app."""
        with transaction.atomic():
            two = two_companies()
        owner.execute("SELECT set_config('reparto.organization', %s, false)", [str(two.mine.organization_id)])

        allowed = [link for link in references() if not _owner_is_refused(owner, link, two)]

        assert [] == allowed

    def test_it_sees_no_row_without_an_organization(self, owner: psycopg.Connection[Any]) -> None:
        """INV-27: row-level security is forced; of contacts and messages it sees all, for the search functions alone."""
        with transaction.atomic():
            two_companies()

        seen = {table for table in tables() if owner.execute(f"SELECT count(*) FROM {table}").fetchone() != (0,)}
        assert {"contacts_contact", "conversations_message"} == seen


def _owner_is_refused(owner: psycopg.Connection[Any], link: Link, two: Two) -> bool:
    also = sql.SQL(", {} = NULL").format(sql.Identifier(link.empty_beside)) if link.empty_beside else sql.SQL("")
    update = sql.SQL("UPDATE {} SET {} = %s{} WHERE id = %s").format(
        sql.Identifier(link.table), sql.Identifier(link.column), also
    )
    try:
        done = owner.execute(update, [foreign_id(two, link), two.rows[link.model]])
    except errors.ForeignKeyViolation as error:
        return error.diag.constraint_name == f"{link.table}_{link.column}_own"
    # A closed span of the ledger is not even reached: its own policy binds the owner too.
    return done.rowcount == 0 and link.table == "assignment_ownership"


class TestWhatIsNeverChanged:
    @pytest.mark.parametrize("table", ["assignment_decision", "assignment_sitting", "kit_auditentry"])
    def test_evidence_is_insert_only(self, two: Two, table: str) -> None:
        """INV-70: the app cannot change or remove a decision, a sitting or an audit entry."""
        denied = errors.InsufficientPrivilege

        assert denied is refused(f"UPDATE {table} SET at = now()")
        assert denied is refused(f"DELETE FROM {table}")
        assert denied is refused(f"TRUNCATE {table} CASCADE")

    def test_a_span_of_the_ledger_is_closed_once(self, two: Two) -> None:
        """The app may set the end of an open span, and neither change nor remove anything else of the ledger."""
        span = _open_span(two)
        denied = errors.InsufficientPrivilege

        assert denied is refused("UPDATE assignment_ownership SET since = now()")
        assert denied is refused("UPDATE assignment_ownership SET person_id = 1")
        assert denied is refused("DELETE FROM assignment_ownership")
        assert [(span,)] == run("UPDATE assignment_ownership SET until = %s WHERE id = %s RETURNING id", AT, span)
        later = AT + timedelta(days=1)
        assert [] == run("UPDATE assignment_ownership SET until = %s WHERE id = %s RETURNING id", later, span)
        assert denied is not refused("UPDATE assignment_ownership SET until = NULL WHERE id = %s", span)
        assert [(AT,)] == run("SELECT until FROM assignment_ownership WHERE id = %s", span)

    @pytest.mark.parametrize("table", ["people_person", "contacts_contact", "kit_door"])
    def test_no_table_can_be_emptied_at_once(self, two: Two, table: str) -> None:
        """TRUNCATE, which no policy binds, is no right of the app."""
        assert errors.InsufficientPrivilege is refused(f"TRUNCATE {table} CASCADE")


def _open_span(two: Two) -> int:
    rows = run(
        "INSERT INTO assignment_ownership (organization_id, contact_id, person_id, since, decision_id)"
        " SELECT organization_id, contact_id, person_id, %s, decision_id FROM assignment_ownership LIMIT 1"
        " RETURNING id",
        AT - timedelta(days=9),
    )
    return int(rows[0][0])


class TestTheQueue:
    #: Table → the columns that the queue's role sees.
    SHOWN = {
        "kit_outbox": "organization_id, id, due_at, state",
        "kit_idempotencykey": "organization_id, created_at",
        "contacts_bulkjob": "organization_id, id, state",
        "assignment_handover": "organization_id, id, state",
        "assignment_measure": "organization_id, id, due_at",
        "assignment_desk": "organization_id, id, late_at",
        "reports_simulation": "organization_id, id, state, beat_at",
        "reports_shadow": "organization_id, id, state, due_at",
        "reports_hourmark": "organization_id, id, due_at",
        # The worker finds companies whose sums have not begun.
        "kit_organization": "id",
        "intake_delivery": "organization_id, id, received_at, absorbed_at",
        "conversations_conversation": "organization_id, id, snoozed_until",
        "people_person": "organization_id, id, availability_until, suspended_at",
        "assignment_waiting": "organization_id, id, due_at, outcome",
        "flows_run": "organization_id, id, due_at, state",
        "contacts_contacttag": "organization_id, id, fresh",
        # `reparto explain` is given the number of a decision and has to learn whose it is.
        "assignment_decision": "organization_id, id",
    }

    def test_it_sees_who_has_pending_work_in_all_companies(self, two: Two) -> None:
        """One sweep finds the work of every organization: pending rows, and of those only that they are there."""
        run("UPDATE kit_outbox SET state = 'sent'")
        with in_organization(two.theirs.organization_id):
            run("UPDATE kit_outbox SET state = 'pending'")
        run("SELECT set_config('reparto.organization', '', true)")

        run("SET LOCAL ROLE reparto_queue")

        assert [(two.theirs.organization_id,)] == run("SELECT organization_id FROM kit_outbox")
        both = {two.mine.organization_id, two.theirs.organization_id}
        assert both == {row[0] for row in run("SELECT organization_id FROM assignment_waiting")}

    def test_it_sees_nothing_else(self, two: Two) -> None:
        """Neither another column nor another table, and it writes nowhere."""
        run("SET LOCAL ROLE reparto_queue")
        denied = errors.InsufficientPrivilege

        for table, columns in self.SHOWN.items():
            assert refused(f"SELECT {columns} FROM {table}") is None
            # A desk is nothing but a lock and when to look next.
            assert table == "assignment_desk" or denied is refused(f"SELECT * FROM {table}")
            assert denied is refused(f"DELETE FROM {table}")
        others = {*tables(), "kit_door"} - set(self.SHOWN)
        assert [] == [table for table in others if refused(f"SELECT 1 FROM {table}") is not denied]
