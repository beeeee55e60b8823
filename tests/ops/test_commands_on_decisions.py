"""`reparto explain`, `reparto fairness verify` and `reparto simulate`: what they say of decisions, and how they end."""

import json
import os
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import transaction

from reparto.assignment.models import Decision
from reparto.kit.tenancy import in_organization
from reparto.people.queries import find_person
from tests.cast import AT, Cast, a_company, a_phone, a_rule, a_whatsapp_account
from tests.product import Said, run_reparto
from tests.road import a_text, write
from tests.rows.web_leads import a_body

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.fixture
def cast() -> Cast:
    """A company, committed, whose rule has dealt two to Alba and two to Bruno."""
    with transaction.atomic():
        cast = a_company()
        a_rule(cast.alba, cast.bruno, admin=cast.admin)
        account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno))
        for _ in range(4):
            write(account, a_text(a_phone()), at=AT)
        return cast


def run(folder: Path, *arguments: str) -> Said:
    """Run a command on this test's database, as an operator of a PostgreSQL of their own does."""
    known = ("DATABASE_URL", "REPARTO_OWNER_DATABASE_URL", "REPARTO_SECRET_KEY", "REPARTO_BASE_URL")
    return run_reparto(
        *arguments, "--data", str(folder), "--json", environment={name: os.environ[name] for name in known}
    )


class TestSoundDecisions:
    def test_are_the_same_again_and_fair(self, cast: Cast, tmp_path: Path) -> None:
        """INV-24: both commands exit 0, with the trace and with how many turns were checked."""
        explained = run(tmp_path, "explain", str(ids(cast)[-1]))
        verified = run(tmp_path, "fairness", "verify")

        assert (0, True) == (explained.status, explained.json["same"]), explained.err
        assert (ids(cast)[-1], cast.bruno.person_id) == (explained.json["id"], explained.json["owner_id"])
        assert (0, [(4, [])]) == (
            verified.status,
            [(one["decisions"], one["broken"]) for one in verified.json["companies"]],
        ), verified.err

    def test_are_replayed_through_other_rules(self, cast: Cast, tmp_path: Path) -> None:
        """BY-8: a file of rules is replayed over what came, everybody by name; what cannot be used exits 1, saying why."""
        with in_organization(cast.organization_id):
            whose = find_person(cast.admin.person_id).email
        rules, period = tmp_path / "rules.json", ("--since", _iso(-1), "--until", _iso(1), "--person", whose)
        rules.write_text(json.dumps([a_body(cast.bruno)]))
        replayed = run(tmp_path, "simulate", "--rules", str(rules), *period)
        rules.write_text(json.dumps([a_body()]))
        faulty = run(tmp_path, "simulate", "--rules", str(rules), *period)

        assert (0, 4, 2) == (replayed.status, replayed.json["items"], replayed.json["differing"]), replayed.err
        assert {cast.bruno.person_id: 4} == {
            one["person_id"]: one["received"] for one in replayed.json["people"] if one["received"]
        }
        assert {"Alba", "Bruno"} == {one["name"] for one in replayed.json["people"]}
        assert (1, "") == (faulty.status, faulty.out)
        assert faulty.err.strip()


class TestAnEdition:
    def test_is_changed_by_the_operator(self, cast: Cast, tmp_path: Path) -> None:
        """UP-2: rules by another criterion keep *basic* away by their names, until they are told to choose in turn."""
        with in_organization(cast.organization_id):
            whose = ("--person", find_person(cast.admin.person_id).email)
            a_rule(cast.alba, admin=cast.admin, description="Cierra", strategy="close_rate")
        refused = run(tmp_path, "company", "edition", "basic", *whose)
        changed = run(tmp_path, "company", "edition", "basic", *whose, "--in-turn")

        assert (1, "") == (refused.status, refused.out)
        assert "2 'Cierra' (close_rate)" in refused.err
        assert (0, "basic", ["Cierra"]) == (changed.status, changed.json["edition"], changed.json["in_turn"]), (
            changed.err
        )


class TestTamperedDecisions:
    def test_are_told(self, cast: Cast, superuser_url: str, tmp_path: Path) -> None:
        """INV-24: the last turn given to somebody else behind the product's back: both exit 1 and name the place."""
        last = ids(cast)[-1]
        with psycopg.connect(superuser_url, autocommit=True) as behind:
            behind.execute(
                "UPDATE assignment_decision SET owner_id = %s, person_ids = %s, rule_sequence = 9 WHERE id = %s",
                [cast.alba.person_id, f"[{cast.alba.person_id}]", last],
            )
        explained, verified = run(tmp_path, "explain", str(last)), run(tmp_path, "fairness", "verify")

        assert (1, False) == (explained.status, explained.json["same"])
        assert (1, True) == (verified.status, bool(verified.json["companies"][0]["broken"]))


def ids(cast: Cast) -> list[int]:
    """Return the decisions in their order."""
    with in_organization(cast.organization_id):
        return list(Decision.objects.order_by("id").values_list("pk", flat=True))


def _iso(days: int) -> str:
    return (AT + timedelta(days=days)).isoformat()
