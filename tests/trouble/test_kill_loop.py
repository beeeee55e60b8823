"""
The kill loop: processes and backends die at random instants while signed webhooks pour in (INV-1, 6, 13, 24, 26, 50).

`REPARTO_TEST_FAULTS` makes it shorter, for the bugs that are planted to see it fail.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.trouble.check_books import check_explanations, check_oracle, check_rows, check_sittings, check_turns
from tests.trouble.world import Oracle, World
from tests.trouble.yard import Yard, settle

FAULTS = int(os.environ.get("REPARTO_TEST_FAULTS") or 2000)


def kill_and_count(yard: Yard, folder: Path, *, faults: int, seed: int) -> dict[str, object]:
    """Pour webhooks in while processes are killed, let everything come to rest, and look at the books."""
    company = settle()
    oracle = Oracle(folder / "accepted")
    with yard.herd(webs=3, workers=4, faults=faults, seed=seed) as herd:
        began = time.monotonic()
        with World([company], herd.ports, oracle, seed=seed, threads=4, pace=0.05) as world:
            happened = herd.hear()["faults"]
        seconds = time.monotonic() - began
        yard.wait_until_quiet()
    assert faults == sum(happened.values())
    check_oracle(yard, oracle.accepted(), world.tried)
    check_rows(yard)
    assert 0 == yard.count("assignment_waiting")
    dealt = check_turns(yard, company.rule.pk, [person.person_id for person in company.team])
    assert dealt == yard.count("contacts_contact") == yard.count("contacts_contact", "owner_id IS NOT NULL")
    assert dealt == check_sittings(company.organization_id)
    check_explanations(company.organization_id)
    return {**happened, "seconds": round(seconds, 1), "messages": len(world.tried), "dealt": dealt, **world.statuses}


class TestTheKillLoop:
    """Real web and worker processes and database backends, killed at random."""

    @pytest.mark.timeout(900)
    def test_nothing_is_lost_or_doubled(
        self, durable_yard: Yard, tmp_path: Path, record_property: Callable[[str, object], None]
    ) -> None:
        """INV-1: with 2,000 random kills nothing accepted is lost or doubled, turns are exact, all is decided."""
        record_property("happened", kill_and_count(durable_yard, tmp_path, faults=FAULTS, seed=1))

    @pytest.mark.slow
    @pytest.mark.timeout(3600)
    def test_nothing_is_lost_or_doubled_in_ten_thousand(
        self, durable_yard: Yard, tmp_path: Path, record_property: Callable[[str, object], None]
    ) -> None:
        """INV-1: nor with 10,000."""
        record_property("happened", kill_and_count(durable_yard, tmp_path, faults=10_000, seed=2))
