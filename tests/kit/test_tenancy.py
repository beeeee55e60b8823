"""
Tenancy, asked of the catalogue of the migrated database (INV-27 a, INV-28).

A new table, view, key or function that lacks its part fails here, by name. What the parts do is tried in
`test_tenancy_tried.py`.
"""

from typing import Any

import pytest
from django.db import connection

from tests.kit.every_row import references

pytestmark = pytest.mark.django_db

#: The tables that have no organization, and why nothing of a company is in them.
WITHOUT_ORGANIZATION = {
    "django_migrations": "Django's list of migrations",
    "django_content_type": "Django's names of tables",
    "django_session": "login sessions: signed in before an organization is known",
    "auth_permission": "Django's own permissions, which nobody uses",
    "auth_group": "Django's own groups, which nobody uses",
    "auth_group_permissions": "Django's own groups, which nobody uses",
    "account_emailaddress": "the auth library's; people's e-mails are in people_person",
    "account_emailconfirmation": "the auth library's",
    "mfa_authenticator": "the auth library's second factors, by person",
    "usersessions_usersession": "the auth library's list of login sessions, by person",
    "procrastinate_jobs": "wake-ups: a name and the number of an organization",
    "procrastinate_events": "the queue's",
    "procrastinate_periodic_defers": "the queue's",
    "procrastinate_workers": "the queue's",
    "kit_cache": "counters of rate limits, lost without harm",
    "kit_door": "what is known before an organization is: hashes, exact look-ups only",
    "kit_organization": "its own row: the policy compares the id itself",
}
#: Functions that act with their owner's rights, each reviewed: what they return and how they stay inside one company.
REVIEWED = {
    "contacts_matching": "ids of contacts of the organization in the setting; LIKE under row-level security",
    "conversations_saying": "ids of conversations of the organization in the setting; the same for what was said",
}
CURRENT = "NULLIF(current_setting('reparto.organization'::text, true), ''::text))::bigint"


def ask(statement: str, *params: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a query to the catalogue."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())


def column(statement: str, *params: Any) -> set[Any]:
    """Return the first column."""
    return {row[0] for row in ask(statement, *params)}


def tables() -> set[str]:
    """Return every table of the schema."""
    return column("SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace")


def tenant_tables() -> set[str]:
    """Return every table that holds something of a company."""
    return tables() - set(WITHOUT_ORGANIZATION)


class TestCatalogue:
    """INV-27 (a)."""

    def test_the_tables_without_organization_are_known_by_name(self) -> None:
        """Each table either has an organization or is named above with its reason; no reason is left over."""
        having = column(
            "SELECT table_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name = 'organization_id' AND is_nullable = 'NO'"
        )

        assert tables() - having == set(WITHOUT_ORGANIZATION) - {"kit_door"}

    def test_row_level_security_is_enabled_and_forced(self) -> None:
        """On every table of companies, and on the organizations' own."""
        secured = column(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
            " AND relnamespace = 'public'::regnamespace"
        )

        assert tenant_tables() | {"kit_organization"} == secured

    def test_the_policy_shows_one_organization_or_nothing(self) -> None:
        """Its policy compares with the setting through NULLIF, to read and to write, for everybody."""
        policies = {
            table: (using, checked)
            for table, using, checked in ask(
                "SELECT tablename, qual, with_check FROM pg_policies WHERE policyname = 'organization'"
                " AND permissive = 'PERMISSIVE' AND roles = '{public}' AND cmd = 'ALL'"
            )
        }

        own = f"(organization_id = ({CURRENT})"
        assert (
            dict.fromkeys(tenant_tables(), (own, own))
            | {"kit_organization": (f"(id = ({CURRENT})", f"(id = ({CURRENT})")}
            == policies
        )

    def test_other_policies_are_few_and_known(self) -> None:
        """Beside it: the queue's, the ledger's, and the search functions' owner; each for one role and command."""
        others = {
            (table, name, role[0], command, permissive)
            for table, name, role, command, permissive in ask(
                "SELECT tablename, policyname, roles, cmd, permissive FROM pg_policies"
                " WHERE policyname <> 'organization'"
            )
        }

        queue = {
            (table, "queue", "reparto_queue", "SELECT", "PERMISSIVE")
            for table in (
                "kit_outbox",
                "intake_delivery",
                "assignment_waiting",
                "assignment_desk",
                "assignment_decision",
                "assignment_handover",
                "assignment_measure",
                "contacts_bulkjob",
                "contacts_contacttag",
                "flows_run",
                "reports_simulation",
                "reports_shadow",
                "reports_hourmark",
                "kit_organization",
                "kit_idempotencykey",
                "people_person",
                "conversations_conversation",
            )
        }
        assert others == queue | {
            ("assignment_ownership", "close_once", "public", "UPDATE", "RESTRICTIVE"),
            ("contacts_contact", "search", "reparto_owner", "SELECT", "PERMISSIVE"),
            ("conversations_message", "search", "reparto_owner", "SELECT", "PERMISSIVE"),
        }

    def test_every_reference_is_composite(self) -> None:
        """INV-28: each reference to another row of a company goes by (organization, id)."""
        composite = set(
            ask(
                """
                SELECT child.relname, attribute.attname, parent.relname
                FROM pg_constraint link
                JOIN pg_class child ON child.oid = link.conrelid
                JOIN pg_class parent ON parent.oid = link.confrelid
                JOIN pg_attribute attribute ON attribute.attrelid = child.oid AND attribute.attnum = link.conkey[2]
                JOIN pg_attribute first ON first.attrelid = child.oid AND first.attnum = link.conkey[1]
                WHERE link.contype = 'f' AND cardinality(link.conkey) = 2 AND first.attname = 'organization_id'
                """
            )
        )

        assert {(one.table, one.column, one.referred) for one in references()} == composite

    def test_no_plain_key_joins_two_tables_of_companies(self) -> None:
        """INV-28: a key by the id alone would let a row refer to another company's."""
        plain = ask(
            """
            SELECT child.relname, parent.relname
            FROM pg_constraint link
            JOIN pg_class child ON child.oid = link.conrelid
            JOIN pg_class parent ON parent.oid = link.confrelid
            WHERE link.contype = 'f' AND cardinality(link.conkey) = 1
            """
        )

        assert [] == [(child, parent) for child, parent in plain if {child, parent} <= tenant_tables()]

    def test_each_table_has_the_key_that_references_need(self) -> None:
        """UNIQUE (organization_id, id), on every table of companies."""
        keyed = column(
            "SELECT relname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid"
            " WHERE contype = 'u' AND pg_get_constraintdef(pg_constraint.oid) = 'UNIQUE (organization_id, id)'"
        )

        assert tenant_tables() == keyed

    def test_views_ask_with_the_rights_of_whoever_reads(self) -> None:
        """A view that read as its owner would show all companies."""
        careless = column(
            "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace"
            " AND NOT coalesce('security_invoker=true' = ANY(reloptions), false)"
        )

        assert set() == careless

    def test_functions_with_their_owners_rights_are_reviewed_by_name(self) -> None:
        """Each SECURITY DEFINER function stands above with what was reviewed, and fixes its search path."""
        found = dict(
            ask("SELECT proname, proconfig FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace")
        )

        assert set(REVIEWED) == set(found)
        assert {("search_path=public, pg_temp",)} == {tuple(config) for config in found.values()}

    def test_the_apps_role_neither_owns_nor_bypasses(self) -> None:
        """We run as a role that is bound by every policy and cannot drop one."""
        (role,) = ask(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolinherit FROM pg_roles"
            " WHERE rolname = current_user"
        )

        owned = column("SELECT tablename FROM pg_tables WHERE tableowner = current_user")
        assert ("reparto_app", False, False, False, False) == role
        assert set() == owned
