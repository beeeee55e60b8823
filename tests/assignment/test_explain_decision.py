"""A decision that was tampered with is not the same again, and the explanation says in what (INV-24)."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import transaction

from reparto.assignment.explain_decision import Explanation, explain_decision
from reparto.assignment.models import Decision
from reparto.kit.tenancy import in_organization
from reparto.rules.add_template import add_template
from reparto.rules.queries import frozen_rule_set
from reparto.rules.read_template import TemplateDraft
from tests.cast import AT, Cast, a_company, a_phone, a_rule, a_whatsapp_account
from tests.road import a_text, write

pytestmark = pytest.mark.django_db(transaction=True)
#: What is changed behind the product's back (table, column, value), and by which name the explanation tells of it.
TAMPERED = (
    ("assignment_decision", "outcome", "'queued'", "outcome"),
    ("assignment_decision", "route", "'flow'", "route"),
    ("assignment_decision", "owner_id", "{bruno}", "owner_id"),
    ("assignment_decision", "person_ids", "'[{bruno}]'", "person_ids"),
    ("assignment_decision", "rule_position", "9", "rule_position"),
    ("assignment_decision", "rule_sequence", "9", "turn"),
    ("assignment_decision", "next_try_at", "at", "next_try_at"),
    ("assignment_decision", "reason", "'is_able'", "reason"),
    ("assignment_decision", "trace", "'{{}}'", "steps"),
    ("assignment_sitting", "items", "jsonb_set(items, '{{0,account_id}}', '999999')", "outcome"),
    ("assignment_sitting", "traces", "replace(traces::text, 'chosen', 'rejected')::jsonb", "candidates"),
    ("assignment_sitting", "traces", "jsonb_set(traces, '{{effects,0,tags}}', '[\"otra\"]')", "tags"),
    ("assignment_sitting", "traces", "jsonb_set(traces, '{{effects,0,template_id}}', '9')", "template_id"),
    ("assignment_decision", "trace", "trace - 'effects'", "tags"),
    ("rules_rulesetversion", "content", "jsonb_set(content, '{{rules,0,tags}}', '[\"otra\"]')", "tags"),
    ("rules_rulesetversion", "content", "content #- '{{rules,0,template_id}}'", "template_id"),
    ("assignment_cursor", "state", "state || '{{\"last_person_id\": {bruno}}}'", "cursor"),
)


@pytest.fixture
def cast() -> Cast:
    """A company, committed, whose rule has given what Alba and Bruno share to Alba."""
    with transaction.atomic():
        cast = a_company()
        template = add_template(TemplateDraft("Aviso", "Para ti", "Es tuyo"), actor=cast.admin, at=AT)
        a_rule(cast.alba, cast.bruno, admin=cast.admin, tags=("web",), template_id=template.pk)
        account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno))
        write(account, a_text(a_phone()), at=AT)
        return cast


class TestAnExplanation:
    def test_names_whatever_was_changed(self, cast: Cast, superuser_url: str) -> None:
        """INV-24: each stored part, changed alone, is named with what was stored and what is derived; put back, none."""
        with psycopg.connect(superuser_url, autocommit=True) as behind:
            untouched = _explained(cast)
            told = {}
            for table, column, value, name in TAMPERED:
                with _tampered(behind, table, column, value.format(bruno=cast.bruno.person_id)):
                    found = _explained(cast)
                told[column if column == name else f"{column}: {name}"] = (
                    found.same or f"\n{name}: stored " not in f"\n{found.difference}"
                )
            with _tampered(behind, "assignment_sitting", "traces", "traces - 'effects'"):
                before = _explained(cast)
            again = _explained(cast)

        assert (["web"], True) == (untouched.data["tags"], isinstance(untouched.data["template_id"], int))
        # What was decided before tags and template were stored has none to compare.
        assert (True, False) == (before.same, "tags" in before.data)
        assert (True, "") == (untouched.same, untouched.difference)
        assert [] == [column for column, missed in told.items() if missed]
        assert (untouched.data, True) == (again.data, again.same)
        assert json.dumps(untouched.data)


def _explained(cast: Cast) -> Explanation:
    with in_organization(cast.organization_id):
        decision_id = Decision.objects.get().pk
    # As the command does, in a process of its own: versions are kept in memory.
    frozen_rule_set.cache_clear()
    return explain_decision(decision_id)


@contextmanager
def _tampered(behind: psycopg.Connection[Any], table: str, column: str, value: str) -> Iterator[None]:
    (before,) = behind.execute(f"SELECT {column}::text FROM {table}").fetchone() or (None,)
    changed = behind.execute(f"UPDATE {table} SET {column} = {value}").rowcount
    assert 1 == changed
    yield
    kind = behind.execute(
        "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = %s::regclass AND attname = %s",
        [table, column],
    ).fetchone()
    behind.execute(f"UPDATE {table} SET {column} = %s::{(kind or ('text',))[0]}", [before])
