"""`reparto fairness verify`: the bounds of turns and weights, added up again from what was stored (BY-9, INV-13)."""

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from django.db import connection

from reparto.assignment.check_turns import Turn, check_turns
from reparto.assignment.models import Decision
from reparto.assignment.verify_fairness import Verified, organizations_with_decisions, verify_fairness
from reparto.channels.queries import all_accounts
from reparto.engine import Agent, Cursor, Figures, Policy, Target, decide
from reparto.kit.tenancy import enter_organization
from reparto.people.set_availability import set_availability
from tests.cast import a_phone
from tests.engine.builders import a_rule, a_snapshot, a_whatsapp_message, an_agent
from tests.reports.busy_day import MANY, Day, a_busy_day
from tests.road import a_text, write

#: Pools that a run tries; a slow one tries ten thousand.
POOLS = 300
DECISIONS = 40
BOUND = ("round_robin", "weighted", "close_rate", "followup_speed")


class Pool:
    """
    A rule over some time: people come, go, pause and change places; it is edited and changes its strategy.

    Items come by two accounts, and not everybody takes both.
    """

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.people = list(range(1, self.chance.randint(4, 8)))
        self.newcomer = 50
        self.strategy = self.chance.choice(BOUND)
        self.weights: dict[int, int] = {}

    def turns(self) -> Iterator[Turn]:
        """Yield what the engine hands out; two people are always able."""
        cursor: Cursor | None = None
        for number in range(DECISIONS):
            self._change()
            rule = a_rule(1, assign_to=tuple(self._targets()), strategy=self.strategy)
            (decision,) = decide(
                a_snapshot(
                    agents=[self._agent(one) for one in self.people],
                    rules=[rule],
                    items=[a_whatsapp_message(account_id=self.chance.choice([1, 2]))],
                    cursors={1: cursor} if cursor else {},
                    figures={1: {one: Figures(self.chance.randint(0, 9), 9) for one in self.people}},
                    policy=Policy(sign_of_life=False, keeps_turns=True, ties_in_turn=True),
                )
            )
            cursor = decision.cursor
            yield Turn(
                decision_id=number,
                strategy=self.strategy,
                sequence=cursor.sequence if cursor else None,
                person_id=decision.person_ids[0],
                able=tuple(one.person_id for one in decision.candidates if one.verdict != "rejected"),
                listed=tuple(one.person_id for one in decision.candidates),
                weights=dict(self.weights),
                elsewhere=tuple(one.person_id for one in decision.candidates if one.reason == "account_disabled"),
            )

    def _agent(self, person: int) -> Agent:
        """Two are there for everything; of the others some take one account only."""
        always = person <= 2
        there = always or self.chance.random() < 0.7
        modes = {account: "auto" for account in (1, 2) if always or person % 3 != account}
        return an_agent(person, availability="available" if there else "away", modes=modes)

    def _targets(self) -> Iterator[Target]:
        for person in self.people:
            yield Target(person_id=person, weight=self.weights.setdefault(person, self.chance.randint(1, 9)))

    def _change(self) -> None:
        move, chance = self.chance.random(), self.chance
        others = [one for one in self.people if one > 2]
        if move < 0.08 and others:
            self.people.remove(chance.choice(others))
        elif move < 0.16:
            self.newcomer += 1
            self.people.insert(chance.randint(0, len(self.people)), self.newcomer)
        elif move < 0.20:
            chance.shuffle(self.people)
        elif move < 0.23:
            self.strategy = chance.choice((*BOUND, "least_loaded"))


def try_pool(seed: int) -> None:
    """The engine keeps every bound; one turn too many is seen, and one too few."""
    turns = list(Pool(seed).turns())
    place = Random(seed).randrange(len(turns) - 1)

    assert [] == list(check_turns(turns))
    assert {"number"} <= {one.kind for one in check_turns(turns[:place] + turns[place + 1 :])}
    twice = [one for one in turns if one.strategy == "round_robin"][:1]
    again = [replace(one, sequence=number) for number, one in enumerate(twice * 2, start=1)]
    assert len(again) // 2 == len([one for one in check_turns(again) if one.kind == "turn"])
    rounds = [one for one in turns if one.strategy == "close_rate"][:1]
    thrice = [replace(one, sequence=number) for number, one in enumerate(rounds * 3, start=1)]
    assert len(rounds) == len([one for one in check_turns(thrice) if one.kind == "turn"])
    heavy = [
        replace(one, able=(1, 2), listed=(1, 2), person_id=1, weights={}) for one in turns if one.strategy == "weighted"
    ][:1]
    much = [replace(one, sequence=number) for number, one in enumerate(heavy * 4, start=1)]
    assert len(heavy) == len([one for one in check_turns(much) if one.kind == "due"])


class TestRandomPools:
    def test_keep_their_bounds(self) -> None:
        """BY-9, BY-10: whoever comes, goes, pauses or moves, no bound breaks; one turn more or less is always seen."""
        for seed in range(POOLS):
            try_pool(seed)

    @pytest.mark.slow
    @pytest.mark.timeout(1800)
    def test_ten_thousand_do(self) -> None:
        """BY-9: the same over 10,000 pools."""
        for seed in range(10_000):
            try_pool(seed)


@pytest.fixture
def day(db: None) -> Day:
    """A company with a busy day behind it."""
    return a_busy_day()


def verified(day: Day) -> Verified:
    """Check the company."""
    return verify_fairness(day.cast.organization_id)


def plant(decision: Decision, **changed: Any) -> Decision:
    """Store a decision once more, changed, as only a faulty desk could."""
    planted = copy(decision)
    planted.pk = None
    for name, value in changed.items():
        setattr(planted, name, value)
    planted.save(force_insert=True)
    return planted


class TestStoredDecisions:
    def test_of_a_sound_company_pass(self, day: Day) -> None:
        """INV-13: two rules, one of them with weights, people away for a while: every turn is there and due."""
        found = verified(day)

        assert (2, MANY, ()) == (found.rules, found.decisions, found.broken)

    def test_a_turn_too_many_is_found(self, day: Day) -> None:
        """INV-13, BY-9: a planted extra decision is named, with the rule and what it broke."""
        last = Decision.objects.filter(rule_id=day.turns_id).order_by("-rule_sequence")[0]
        planted = plant(last, rule_sequence=(last.rule_sequence or 0) + 1)
        found = {(one.kind, one.rule_id, one.decision_id) for one in verified(day).broken}

        assert ("turn", day.turns_id, planted.pk) in found
        assert ("number", day.turns_id, None) in found  # the rule's own count knows nothing of it

    def test_a_turn_without_or_with_a_wrong_number_is_found(self, day: Day) -> None:
        """INV-13: a decision by rule that has no number, and one that leaves a gap, are named."""
        last = Decision.objects.filter(rule_id=day.weights_id).order_by("-rule_sequence")[0]
        unnumbered = plant(last, rule_sequence=None)
        far = plant(last, rule_sequence=(last.rule_sequence or 0) + 5)
        found = {one.decision_id: one.text for one in verified(day).broken if one.kind == "number"}

        assert "no number" in found[unnumbered.pk]
        assert "are missing" in found[far.pk]

    def test_of_a_company_at_work_pass(self, day: Day) -> None:
        """INV-13: what a desk deals between reading the turns and the place where the rule stands is no fault."""
        account, dealt = all_accounts()[0], Decision.objects.count()

        def deal_before(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            if "assignment_cursor" in sql and Decision.objects.count() == dealt:
                write(account, a_text(a_phone(), at=day.end), at=day.end)
            return execute(sql, *rest)

        set_availability(day.cast.alba.person_id, status="available", actor=day.cast.alba, at=day.end)
        with connection.execute_wrapper(deal_before):
            found = verified(day)

        assert dealt < Decision.objects.count()
        assert () == found.broken

    def test_companies_are_found_by_the_role_that_sees_nothing_else(self, day: Day) -> None:
        """INV-27: the command learns which companies there are, and enters one at a time."""
        found = organizations_with_decisions()
        enter_organization(day.cast.organization_id)

        assert {day.cast.organization_id: "Cordillera"} == found
