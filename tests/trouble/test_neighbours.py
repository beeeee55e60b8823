"""Two companies and three workers: one that is slow does not hold up the other (INV-54)."""

import statistics
import threading
import time
from collections.abc import Callable

import psycopg
import pytest

from reparto.kit.clock import now
from reparto.kit.tenancy import in_organization
from tests.cast import a_phone
from tests.road import a_text, a_webhook, deliver
from tests.trouble.check_books import check_rows
from tests.trouble.yard import Company, Yard, settle

pytestmark = pytest.mark.timeout(300)


def seconds_to_decide(yard: Yard, company: Company, *, messages: int = 12) -> list[float]:
    """Let new people write one after the other; return how long each waited for their decision."""
    return [_one(yard, company) for _ in range(messages)]


def _one(yard: Yard, company: Company) -> float:
    before = yard.count("assignment_decision", f"organization_id = {company.organization_id}")
    began = time.monotonic()
    with in_organization(company.organization_id):
        deliver(company.account, a_webhook(company.account, a_text(a_phone(), at=now())), at=now())
    while yard.count("assignment_decision", f"organization_id = {company.organization_id}") == before:
        assert time.monotonic() < began + 60
        time.sleep(0.01)
    return time.monotonic() - began


def flood(company: Company, *, items: int) -> None:
    """Let many new people write to a company."""
    for _ in range(items // 50):
        with in_organization(company.organization_id):
            texts = [a_text(a_phone(), at=now()) for _ in range(50)]
            deliver(company.account, a_webhook(company.account, *texts), at=now())


class TestASlowNeighbour:
    """Real workers, with queue and sweep."""

    def test_whose_desk_is_stuck_holds_up_nobody(
        self, yard: Yard, record_property: Callable[[str, object], None]
    ) -> None:
        """INV-54: while one company's desk is held by somebody, the other's messages are decided as before."""
        stuck, lively = settle("Atascada"), settle("Viva")
        with yard.herd(real_workers=3):
            seconds_to_decide(yard, stuck, messages=1)
            alone = statistics.median(seconds_to_decide(yard, lively))
            with psycopg.connect(yard.superuser) as holding:
                holding.execute(
                    "SELECT FROM assignment_desk WHERE organization_id = %s FOR UPDATE", [stuck.organization_id]
                )
                flood(stuck, items=500)
                beside = statistics.median(seconds_to_decide(yard, lively))
                assert yard.count(
                    "intake_delivery", f"organization_id = {stuck.organization_id} AND absorbed_at IS NULL"
                )
            yard.wait_until_quiet()
        record_property("happened", f"{alone * 1000:.0f} ms alone, {beside * 1000:.0f} ms beside, {beside / alone:.2f}")
        assert beside < 3 * alone + 0.5
        check_rows(yard)

    def test_in_a_flood_is_only_one_of_two(self, yard: Yard, record_property: Callable[[str, object], None]) -> None:
        """INV-54: while 3,000 messages of one company are absorbed, the other's never wait for the end of it."""
        busy, lively = settle("Desbordada"), settle("Viva")
        with yard.herd(real_workers=3):
            alone = statistics.median(seconds_to_decide(yard, lively))
            flood(busy, items=3_000)
            began = time.monotonic()
            drained: list[float] = []
            watch = threading.Thread(target=lambda: drained.append(_drain(yard, busy, began)))
            watch.start()
            waits = [_one(yard, lively)]
            while watch.is_alive() and len(waits) < 40:
                waits.append(_one(yard, lively))
            watch.join()
        record_property(
            "happened",
            f"{alone * 1000:.0f} ms alone, median {statistics.median(waits) * 1000:.0f} ms and at most"
            f" {max(waits) * 1000:.0f} ms of {len(waits)} in a flood of {drained[0]:.1f} s",
        )
        assert statistics.median(waits) < max(drained[0] / 3, 10 * alone)
        check_rows(yard)


def _drain(yard: Yard, company: Company, began: float) -> float:
    pending = f"organization_id = {company.organization_id} AND absorbed_at IS NULL"
    waiting = f"organization_id = {company.organization_id} AND due_at <= now()"
    while yard.count("intake_delivery", pending) or yard.count("assignment_waiting", waiting):
        time.sleep(0.05)
    return time.monotonic() - began
