"""Turns and shares against naive models, with people coming, going, pausing and changing places."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reparto.engine import Agent, Channel, Cursor, Figures, Policy, Snapshot, Target, decide
from tests.engine.builders import a_rule, a_snapshot, an_agent, messages

SEEDS = st.integers(0, 2**32)
MANY = settings(max_examples=50, deadline=None)


def receive(snapshot: Snapshot) -> tuple[int | None, Cursor | None]:
    """Who receives the one item of a snapshot, and the cursor then."""
    (decision,) = decide(snapshot)
    return (decision.person_ids[0] if decision.person_ids else None), decision.cursor


def a_turn(
    people: list[int], able: set[int], cursor: Cursor | None, **rule: object
) -> tuple[int | None, Cursor | None]:
    """One decision for a list of people of whom some are able."""
    agents = [an_agent(person, availability="available" if person in able else "away") for person in people]
    changed = {"assign_to": tuple(Target(person_id=person) for person in people)} | rule
    snapshot = a_snapshot(agents=agents, rules=[a_rule(1, **changed)], cursors={1: cursor} if cursor else {})
    who, moved = receive(snapshot)
    return who, moved or cursor


class Ring:
    """The naive model of turns: a row of chairs, and a hand that points behind whoever received last."""

    def __init__(self, people: list[int]) -> None:
        """Seat them; the hand points at the first."""
        self.people, self.hand = list(people), 0

    def turn(self, able: set[int]) -> int | None:
        """Whoever is able receives, from the hand on and around; the hand then points behind them."""
        for person in self.people[self.hand :] + self.people[: self.hand]:
            if person in able:
                self.hand = self.people.index(person) + 1
                return person
        return None

    def leave(self, person: int) -> None:
        """Take a chair away; the hand goes on pointing between the same two."""
        self.hand -= self.people.index(person) < self.hand
        self.people.remove(person)

    def join(self, person: int) -> None:
        """Put a chair at the end."""
        self.people.append(person)


class TestRoundRobin:
    @MANY
    @given(SEEDS)
    def test_no_turn_is_skipped_or_repeated(self, seed: int) -> None:
        """INV-13: with people joining at the end, leaving and pausing, every turn is the one of the naive table."""
        chance = Random(seed)
        people = list(range(1, chance.randint(2, 6)))
        ring, cursor, newcomer = Ring(people), None, 50
        for _ in range(40):
            move = chance.random()
            if move < 0.1 and len(ring.people) > 1:
                ring.leave(chance.choice(ring.people))
            elif move < 0.2:
                newcomer += 1
                ring.join(newcomer)
            able = {person for person in ring.people if chance.random() < 0.7}
            expected = ring.turn(able)
            who, cursor = a_turn(ring.people, able, cursor)

            assert expected == who

    @MANY
    @given(SEEDS)
    def test_the_always_able_differ_by_one_at_most(self, seed: int) -> None:
        """BY-9: two people able at every decision differ by at most one, while others come, go and pause."""
        chance = Random(seed)
        always, others = [1, 2, 3], list(range(10, 16))
        people, cursor, got = [*always, *others[:3]], None, Counter[int]()
        for _ in range(60):
            other = chance.choice(others)
            if chance.random() < 0.3:
                people.remove(other) if other in people else people.insert(chance.randint(0, len(people)), other)
            who, cursor = a_turn(people, {*always, *chance.sample(others, 2)}, cursor)
            got[who or 0] += 1
            counts = [got[person] for person in always]

            assert max(counts) - min(counts) <= 1

    def test_the_sequence_counts_each_that_is_handed_out(self) -> None:
        """INV-13: over sittings and items the sequence of a rule has no gap and no double."""
        snapshot = a_snapshot(agents=[an_agent(1), an_agent(2)], rules=[a_rule(1, 1, 2)], items=messages(5))
        first = decide(snapshot)
        cursor = first[-1].cursor
        second = decide(replace(snapshot, cursors={1: cursor} if cursor else {}))

        assert list(range(1, 11)) == [one.cursor.sequence for one in first + second if one.cursor]


KINDS: dict[Channel, int] = {"whatsapp": 1, "email": 2, "webform": 3}


def twins(chance: Random, rule: dict[str, Any]) -> Iterator[tuple[int, int]]:
    """Deal items of three kinds to people who each take some; yields how often each of two alike received so far."""
    people = chance.sample(range(1, 8), 7)
    takes = {person: set(chance.sample([*KINDS], chance.randint(1, 3))) for person in people}
    one, other = chance.sample(people, 2)
    takes[other] = takes[one]
    got, cursor = Counter[int](), None
    for number in range(150):
        kind = chance.choice([*KINDS])
        agents = [
            an_agent(
                person,
                modes={account: "auto" for name, account in KINDS.items() if name in takes[person]},
                availability="available" if person in (one, other) or chance.random() < 0.7 else "away",
            )
            for person in people
        ]
        snapshot = a_snapshot(
            agents=agents,
            rules=[a_rule(1, assign_to=tuple(Target(person_id=person) for person in people), **rule)],
            items=[replace(messages(1)[0], channel=kind, account_id=KINDS[kind], id=number + 1)],
            cursors={1: cursor} if cursor else {},
            policy=Policy(sign_of_life=False, keeps_turns=True),
        )
        who, moved = receive(snapshot)
        cursor = moved or cursor
        got[who or 0] += 1
        yield got[one], got[other]


class TestKinds:
    @MANY
    @given(SEEDS, st.sampled_from(["round_robin", "close_rate", "followup_speed"]))
    def test_two_who_take_the_same_kinds_differ_by_one_at_most(self, seed: int, strategy: str) -> None:
        """BY-9, BY-11: whatever others can take, and come and go, two people who are there and take the same take turns."""
        for one, other in twins(Random(seed), {"strategy": strategy}):
            assert abs(one - other) <= 1

    @MANY
    @given(SEEDS)
    def test_what_is_no_load_is_spread(self, seed: int) -> None:
        """BY-12: a sweep by *Menor carga* leaves nobody more than one apart from the least, their open work counted."""
        chance = Random(seed)
        loads = {person: chance.randint(0, 20) for person in range(1, chance.randint(3, 8))}
        rule = a_rule(1, *loads, strategy="least_loaded", trigger="no_followup")
        counted, cursor = Counter(loads), None
        for _ in range(60):
            late = replace(messages(1)[0], conversation_id=None, account_id=None, channel=None, due_rule_ids=(1,))
            agents = [an_agent(person, load=load) for person, load in loads.items()]
            cursors: dict[int, Cursor] = {1: cursor} if cursor else {}
            policy = Policy(ties_in_turn=True, keeps_turns=True)
            snapshot = a_snapshot(agents=agents, rules=[rule], items=[late], cursors=cursors, policy=policy)
            who, cursor = receive(snapshot)
            least = min(counted.values())
            counted[who or 0] += 1

            assert counted[who or 0] == least + 1


class TestWeighted:
    @MANY
    @given(SEEDS)
    def test_nobody_is_two_items_away_from_due(self, seed: int) -> None:
        """BY-9, BY-10: with people pausing, nobody is ever two items from what their weight made due while able."""
        chance = Random(seed)
        people = list(range(1, chance.randint(3, 8)))
        weights = {person: chance.randint(1, 9) for person in people}
        targets = tuple(Target(person_id=person, weight=weights[person]) for person in people)
        due, cursor = dict.fromkeys(people, 0.0), None
        for _ in range(80):
            able = {person for person in people if chance.random() < 0.8}
            who, cursor = a_turn(people, able, cursor, assign_to=targets, strategy="weighted")
            for person in able:
                due[person] += weights[person] / sum(weights[one] for one in able)
            due[who or 0] = due.get(who or 0, 0.0) - 1

            assert all(abs(due[person]) < 2 for person in people)

    def test_a_low_weight_is_never_rounded_down_to_nothing(self) -> None:
        """EC-9: ten in a thousand come to ten, spread over the thousand."""
        targets = (Target(person_id=1, weight=99), Target(person_id=2, weight=1))
        rule = a_rule(1, assign_to=targets, strategy="weighted")
        decisions = decide(a_snapshot(agents=[an_agent(1), an_agent(2)], rules=[rule], items=messages(1000)))
        places = [place for place, one in enumerate(decisions) if one.person_ids == (2,)]

        assert 10 == len(places)
        assert all(90 <= later - earlier <= 110 for earlier, later in pairwise(places))


class TestLeastLoaded:
    @MANY
    @given(SEEDS)
    def test_loads_level_out(self, seed: int) -> None:
        """BY-12: nobody receives while somebody able has less open."""
        chance = Random(seed)
        loads = {person: chance.randint(0, 9) for person in range(1, 6)}
        agents = [an_agent(person, load=load) for person, load in loads.items()]
        rule = a_rule(1, *loads, strategy="least_loaded")
        for decision in decide(a_snapshot(agents=agents, rules=[rule], items=messages(30))):
            (person,) = decision.person_ids

            assert loads[person] == min(loads.values())
            loads[person] += 1


class TestRanking:
    @MANY
    @given(SEEDS)
    def test_one_more_sale_never_lowers_a_place(self, seed: int) -> None:
        """INV-23: whoever sells one more is never ranked later for it, whatever the others have."""
        chance = Random(seed)
        figures = {person: Figures(chance.randint(0, 12), chance.randint(0, 30)) for person in range(1, 7)}
        lucky = chance.choice(list(figures))
        better = figures | {lucky: replace(figures[lucky], successes=figures[lucky].successes + 1)}

        assert ranked(better).index(lucky) <= ranked(figures).index(lucky)

    @MANY
    @given(SEEDS)
    def test_everybody_able_gets_one_a_round(self, seed: int) -> None:
        """BY-11: in rounds everybody able receives once before anybody receives twice, whatever the figures."""
        chance = Random(seed)
        figures = {person: Figures(chance.randint(0, 12), chance.randint(0, 30)) for person in range(1, 6)}
        decisions = decide(in_rounds(figures, items=15))
        got = [one.person_ids[0] for one in decisions]

        assert all(sorted(one.steps[0].detail["ranking"]) == list(figures) for one in decisions)
        assert [5, 5, 5] == [len(set(got[start : start + 5])) for start in (0, 5, 10)]

    @pytest.mark.parametrize("odd", [float("nan"), float("inf"), -1.0])
    def test_figures_that_cannot_be_counted_with_are_none(self, odd: float) -> None:
        """INV-23: no NaN, infinity or negative figure crashes or ranks anybody."""
        assert [2, 1] == ranked({1: Figures(odd, 100), 2: Figures(1, 100)})


def agents_of(figures: dict[int, Figures]) -> list[Agent]:
    """Somebody able for each."""
    return [an_agent(person) for person in figures]


def in_rounds(figures: dict[int, Figures], *, items: int) -> Snapshot:
    """A rule by close rate over people with these figures."""
    rule = a_rule(1, *figures, strategy="close_rate")
    return a_snapshot(agents=agents_of(figures), rules=[rule], items=messages(items), figures={1: figures})


def ranked(figures: dict[int, Figures]) -> list[int]:
    """The order of the first round."""
    return [one.person_ids[0] for one in decide(in_rounds(figures, items=len(figures)))]


@pytest.mark.slow
@pytest.mark.timeout(1800)
class TestTenThousandPools:
    @pytest.mark.parametrize(
        "promise",
        [
            TestRoundRobin.test_no_turn_is_skipped_or_repeated,
            TestRoundRobin.test_the_always_able_differ_by_one_at_most,
            TestWeighted.test_nobody_is_two_items_away_from_due,
            TestRanking.test_one_more_sale_never_lowers_a_place,
        ],
    )
    def test_keep_the_promise(self, promise: Any) -> None:
        """BY-9, INV-13, INV-23: over 10,000 pools with people coming and going each promise holds."""
        for seed in range(10_000):
            promise.hypothesis.inner_test(self, seed)
