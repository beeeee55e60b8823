"""What holds of every decision, whatever the snapshot: against naive models and against the engine itself."""

import json
from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reparto.engine import (
    REASON_SENTENCES,
    Agent,
    Decision,
    Snapshot,
    decide,
    freeze_decision,
    freeze_item,
    freeze_sitting,
    freeze_traces,
    thaw_decision,
    thaw_effects,
    thaw_snapshot,
    thaw_trace,
)
from tests.engine.any_snapshot import any_snapshot
from tests.engine.builders import AT, one_at_a_time

SEEDS = st.integers(0, 2**32)
MANY = settings(max_examples=60, deadline=None)


def shuffled(chance: Random, mapping: Mapping[int, Any]) -> dict[int, Any]:
    """The same mapping in another order."""
    keys = list(mapping)
    chance.shuffle(keys)
    return {key: mapping[key] for key in keys}


def in_json(value: Any) -> Any:
    """What the store gives back."""
    return json.loads(json.dumps(value, allow_nan=False))


def may_receive(agent: Agent | None, snapshot: Snapshot, decision: Decision) -> bool:
    """INV-19 told again, apart from the engine: enabled, in the campaign, in auto on the account."""
    item = next(one for one in snapshot.items if one.id == decision.item_id)
    if agent is None or agent.suspended or not agent.receives:
        return False
    if item.campaign_id is not None and item.campaign_id not in agent.campaign_ids:
        return False
    asked = item.account_id if item.conversation_id is not None else None
    return asked is None or agent.modes.get(asked) == "auto"


class TestEveryDecision:
    @MANY
    @given(SEEDS)
    def test_a_batch_is_one_at_a_time(self, seed: int) -> None:
        """INV-13: a batch gives exactly the decisions, traces included, that one at a time would have given."""
        snapshot = any_snapshot(seed)

        assert one_at_a_time(snapshot) == decide(snapshot)

    @MANY
    @given(SEEDS)
    def test_the_order_of_rows_decides_nothing(self, seed: int) -> None:
        """BY-3: the same facts in another order give the same decisions."""
        snapshot, chance = any_snapshot(seed), Random(seed)
        other = replace(
            snapshot,
            agents=shuffled(chance, snapshot.agents),
            groups=shuffled(chance, snapshot.groups),
            cursors=shuffled(chance, snapshot.cursors),
            figures={rule: shuffled(chance, of) for rule, of in shuffled(chance, snapshot.figures).items()},
            rule_set=replace(
                snapshot.rule_set, rules=tuple(chance.sample(snapshot.rule_set.rules, len(snapshot.rule_set.rules)))
            ),
        )

        assert decide(snapshot) == decide(other)

    @MANY
    @given(SEEDS)
    def test_is_derived_again_from_what_is_stored(self, seed: int) -> None:
        """INV-24: a snapshot comes back from the store exactly, and gives the same decisions."""
        snapshot = any_snapshot(seed)
        stored = in_json(freeze_sitting(snapshot)), in_json([freeze_item(item) for item in snapshot.items])

        assert snapshot == thaw_snapshot(*stored)
        assert decide(snapshot) == decide(thaw_snapshot(*stored))

    @MANY
    @given(SEEDS)
    def test_comes_back_from_the_store(self, seed: int) -> None:
        """BY-1: a decision comes back exactly, written whole or with what its sitting shares."""
        decisions = decide(any_snapshot(seed))
        frozen = [in_json(freeze_decision(one)) for one in decisions]
        shared, rows = in_json(freeze_traces(decisions))
        whole = [
            {**one, **thaw_trace(row, shared=shared), **thaw_effects(row, shared=shared)}
            for one, row in zip(({**one, "tags": ["x"], "template_id": 9} for one in frozen), rows, strict=True)
        ]

        assert decisions == tuple(map(thaw_decision, frozen)) == tuple(map(thaw_decision, whole))

    @MANY
    @given(SEEDS)
    def test_nobody_receives_who_may_not(self, seed: int) -> None:
        """INV-19: a person who is gone, suspended, not enabled, not in auto or outside the campaign never receives."""
        snapshot = any_snapshot(seed)
        wrong = [
            (decision.item_id, person)
            for decision in decide(snapshot)
            for person in decision.person_ids
            if not may_receive(snapshot.agents.get(person), snapshot, decision)
        ]

        assert [] == wrong

    @MANY
    @given(SEEDS)
    def test_no_capacity_is_exceeded(self, seed: int) -> None:
        """INV-20: after each decision nobody who received has more open than their capacity."""
        snapshot = any_snapshot(seed)
        loads = {person: agent.load for person, agent in snapshot.agents.items()}
        for item, decision in zip(snapshot.items, decide(snapshot), strict=True):
            for person in decision.person_ids:
                loads[person] += item.effort if item.conversation_id is not None else 0
                capacity = snapshot.agents[person].capacity

                assert capacity is None or loads[person] <= capacity

    @MANY
    @given(SEEDS)
    def test_always_says_why(self, seed: int) -> None:
        """BY-1, BY-2: outcome, route and reasons fit together; what waits has its next try; one rule chooses one."""
        for decision in decide(any_snapshot(seed)):
            said = [
                decision.reason,
                *(step.reason for step in decision.steps),
                *(one.reason for one in decision.candidates),
            ]
            chosen = [one.person_id for one in decision.candidates if one.verdict == "chosen"]

            assert set(said) <= set(REASON_SENTENCES)
            assert (
                (decision.outcome == "assigned")
                == (decision.route is not None)
                == bool(decision.person_ids or decision.group_ids)
            )
            assert (decision.outcome == "queued") == (decision.next_try_at is not None and decision.next_try_at > AT)
            assert sorted(decision.person_ids) == sorted(chosen)
            assert (decision.cursor is not None) == (decision.route == "rule") == (decision.rule_id is not None)

    @MANY
    @given(SEEDS)
    def test_only_a_time_based_rule_replaces_an_owner(self, seed: int) -> None:
        """Whatever arrives never changes whose a contact is; `owner_changed` says what happened."""
        snapshot = any_snapshot(seed)
        owners = {item.contact_id: item.owner_id for item in snapshot.items}
        for item, decision in zip(snapshot.items, decide(snapshot), strict=True):
            before = owners[item.contact_id]

            assert decision.owner_changed == (decision.owner_id != before)
            assert before is None or item.due_rule_ids or decision.owner_id == before
            owners[item.contact_id] = decision.owner_id


@pytest.mark.slow
@pytest.mark.timeout(1800)
class TestTenThousandSittings:
    @pytest.mark.parametrize(
        "promise", [one for name, one in vars(TestEveryDecision).items() if name.startswith("test_")]
    )
    def test_keep_the_promise(self, promise: Any) -> None:
        """Each promise holds in 10,000 sittings of every kind."""
        for seed in range(10_000):
            promise.hypothesis.inner_test(self, seed)
