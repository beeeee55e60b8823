"""Sixteen workers at one desk, while people come and go and rules are edited, published and rolled back (INV-13, 14, 19)."""

import itertools
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

import pytest
from django.db import connections

from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.wake_waiting import wake_waiting
from reparto.kit.clock import now
from reparto.kit.tenancy import in_organization
from reparto.people.actor import Actor
from reparto.people.set_availability import set_availability
from reparto.rules.add_draft import add_draft
from reparto.rules.edit_draft import edit_draft
from reparto.rules.edit_rule import edit_rule
from reparto.rules.publish_draft import publish_draft
from reparto.rules.queries import current_version_number
from reparto.rules.roll_back_rules import roll_back_rules
from tests.cast import a_phone
from tests.engine.test_fairness import Ring
from tests.road import a_text, a_webhook, deliver
from tests.trouble.check_books import check_rows, check_sittings
from tests.trouble.yard import Company, Yard, settle

#: New contacts in one webhook.
A_PARCEL = 25


class TestSixteenWorkers:
    """Real processes that all reach for one organization's desk."""

    @pytest.mark.timeout(600)
    def test_no_turn_is_repeated_or_skipped(self, yard: Yard, record_property: Callable[[str, object], None]) -> None:
        """INV-13: 16 workers deal 8,000 new contacts in the exact turns that a plain model names."""
        record_property("happened", deal_and_replay(yard, items=8_000))

    @pytest.mark.slow
    @pytest.mark.timeout(1800)
    def test_no_turn_is_repeated_or_skipped_in_fifty_thousand(
        self, yard: Yard, record_property: Callable[[str, object], None]
    ) -> None:
        """INV-13: and 50,000."""
        record_property("happened", deal_and_replay(yard, items=50_000))


def deal_and_replay(yard: Yard, *, items: int) -> dict[str, object]:
    """Let new contacts pour in and be dealt, then replay all decisions; whoever wants the desk gets it in their turn."""
    began = time.monotonic()
    company = settle()
    with Unrest(company) as unrest, yard.herd(workers=16):
        for _ in range(items // A_PARCEL):
            pour(company)
        unrest.end()
        yard.wait_until_quiet(seconds=400)
    seconds = time.monotonic() - began
    assert items == yard.count("contacts_contact", "owner_id IS NOT NULL")
    check_rows(yard)
    assert items == replay(yard, company)
    assert items <= check_sittings(company.organization_id)
    assert unrest.toggles > 5
    assert unrest.edits > 2
    seen = {"toggles": unrest.toggles, "edits": unrest.edits, "longest wait for the desk": round(unrest.longest, 2)}
    return {"seconds until all were dealt": round(seconds, 1), **seen}


def pour(company: Company) -> None:
    """Let new people write in one webhook."""
    with in_organization(company.organization_id):
        texts = [a_text(a_phone(), at=now()) for _ in range(A_PARCEL)]
        assert 200 == deliver(company.account, a_webhook(company.account, *texts), at=now()).status


@dataclass
class Unrest:
    """People who go and come back, and an administrator who edits the rule, while work is dealt."""

    company: Company
    longest: float = 0.0  #: seconds that one of them waited for the desk
    toggles: int = 0
    edits: int = 0
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._disturb)
        self._thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.end()

    def end(self) -> None:
        """Let there be peace, with everybody there."""
        self._over.set()
        self._thread.join(300)
        assert not self._thread.is_alive()

    def _disturb(self) -> None:
        chance = random.Random(7)
        away: Actor | None = None
        try:
            for step in itertools.count(1):
                if self._over.wait(0.15):
                    break
                if step % 5 == 0:
                    self._edit(step)
                elif away is not None:
                    away = self._set(away, "available")
                else:
                    away = self._set(chance.choice(self.company.team), "away")
            if away is not None:
                self._set(away, "available")
        finally:
            connections.close_all()

    def _set(self, person: Actor, status: str) -> Actor | None:
        at = now()
        with in_organization(person.organization_id):
            self._wait_for_the_desk()
            set_availability(person.person_id, status=status, actor=person, at=at)
            wake_waiting(person.organization_id, reason="people", at=at)
        self.toggles += 1
        return person if status == "away" else None

    def _wait_for_the_desk(self) -> None:
        began = time.monotonic()
        lock_desk(self.company.organization_id)
        self.longest = max(self.longest, time.monotonic() - began)

    def _edit(self, step: int) -> None:
        """Carla leaves the list by a draft that is published, and comes back to its end by the way back, or by an edit."""
        at, admin = now(), self.company.cast.admin
        with in_organization(self.company.organization_id):
            self._wait_for_the_desk()
            listed = [{"person_id": person.person_id} for person in self.company.team]
            if (step // 5) % 2:
                draft = add_draft("", actor=admin, at=at)
                rules = [rule | {"assign_to": listed[:2]} for rule in draft.content]
                edit_draft(draft.pk, {"rules": rules}, actor=admin, at=at)
                publish_draft(draft.pk, actor=admin, at=at)
            elif step % 4:
                roll_back_rules(current_version_number() - 1, actor=admin, at=at)
            else:
                edit_rule(self.company.rule.pk, {"assign_to": listed}, actor=admin, at=at)
            wake_waiting(self.company.organization_id, reason="rules", at=at)
        self.edits += 1


def replay(yard: Yard, company: Company) -> int:
    """Deal again by a row of chairs and a hand, and compare each decision with it; return how many were assigned."""
    rows = yard.ask(
        "SELECT d.rule_sequence AS turn, d.person_ids, s.shared->'agents' AS agents, v.content"
        " FROM assignment_decision d JOIN assignment_sitting s ON s.id = d.sitting_id"
        " JOIN rules_rulesetversion v ON v.organization_id = d.organization_id AND v.number = d.rule_version"
        " WHERE d.rule_id = %s AND d.outcome = 'assigned' ORDER BY d.rule_sequence",
        company.rule.pk,
    )
    ring = Ring([person.person_id for person in company.team])
    for turn, row in enumerate(rows, start=1):
        seat(ring, listed(row["content"]))
        assert (turn, row["person_ids"]) == (row["turn"], [ring.turn(able(row["agents"]))])
    return len(rows)


def seat(ring: Ring, people: list[int]) -> None:
    """Take chairs away and put chairs at the end, as the list says."""
    for gone in [person for person in ring.people if person not in people]:
        ring.leave(gone)
    for come in [person for person in people if person not in ring.people]:
        ring.join(come)


def listed(content: dict[str, Any]) -> list[int]:
    """Whom the one rule of a version deals to."""
    (rule,) = content["rules"]
    return [target["person_id"] for target in rule["assign_to"]]


def able(agents: dict[str, dict[str, Any]]) -> set[int]:
    """Who was available, as the sitting was told."""
    return {int(number) for number, agent in agents.items() if agent.get("availability", "available") == "available"}
