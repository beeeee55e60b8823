"""INV-18 whole: three people, each enabled or not, connected or not, with room or not: 512 cells."""

from itertools import product

import pytest

from reparto.engine import Decision, Portfolio, decide
from tests.engine.builders import a_rule, a_snapshot, a_whatsapp_message, an_agent

STATES = tuple(product((True, False), repeat=3))
CELLS = tuple(product(STATES, repeat=3))
REASONS = ("does_not_receive", "offline", "at_capacity")
STRANGER = 9


def decided(cell: tuple[tuple[bool, ...], ...], *, owner_id: int | None) -> Decision:
    """The decision of a cell: primary 1, backup 2, supervisor 3, and a rule with somebody else who is able."""
    three = [
        an_agent(
            person,
            receives=enabled,
            availability="available" if connected else "offline",
            capacity=5,
            load=4 if room else 5,
        )
        for person, (enabled, connected, room) in enumerate(cell, start=1)
    ]
    item = a_whatsapp_message(owner_id=owner_id, portfolio=Portfolio(1, 2, 3))
    (decision,) = decide(a_snapshot(agents=[*three, an_agent(STRANGER)], rules=[a_rule(1, STRANGER)], items=[item]))
    return decision


def first_against(state: tuple[bool, ...]) -> str:
    """The first reason against a person of a cell."""
    return next(reason for reason, fine in zip(REASONS, state, strict=True) if not fine)


class TestPortfolioTable:
    @pytest.mark.parametrize("owner_id", [None, 1], ids=["without owner", "owned by the primary"])
    def test_every_cell(self, owner_id: int | None) -> None:
        """Primary if able, else backup, else supervisor, else the rules, with each reason; the primary owns."""
        assert 512 == len(CELLS)
        for cell in CELLS:
            decision = decided(cell, owner_id=owner_id)
            able = [person for person, state in enumerate(cell, start=1) if all(state)]
            expected = able[0] if able else STRANGER
            refused = {person: first_against(cell[person - 1]) for person in range(1, min(expected, 4))}

            assert (expected,) == decision.person_ids
            assert ("portfolio" if able else "rule") == decision.route
            assert (1, expected != 1) == (decision.owner_id, decision.stand_in)
            assert refused == {one.person_id: one.reason for one in decision.candidates if one.verdict == "rejected"}
