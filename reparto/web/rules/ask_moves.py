"""
The question before rules are put in force that would take contacts from their owners at once, and its answer.

It publishes nothing. A question is answered by the number that was shown, sent back as `moves`.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from reparto.assignment.foresee_moves import Moves, foresee_moves
from reparto.engine import RuleSet

from ..read_id import read_id

#: While somebody reads the question a few more become late.
SLACK = 20


class WouldMove(Exception):
    """So many contacts would be moved that nobody has said yes to."""

    def __init__(self, shown: dict[str, Any]) -> None:
        """Keep the question."""
        super().__init__(f"{shown['found']} contacts would be moved.")
        self.shown = shown

    def sentence(self) -> str:
        """Return the question where only a line is shown, as in a toast."""
        said = gettext("Nothing was changed: it would move %(found)s of %(of_all)s contacts at once.")
        return said % self.shown


def show_moves(rule_set: RuleSet, *, at: datetime) -> dict[str, Any] | None:
    """Return what `rules/moves.html` asks; None when nothing would be moved."""
    moves = foresee_moves(rule_set, at=at)
    return _shown(moves, rule_set) if moves.found else None


def ask_moves(rule_set: RuleSet, request: HttpRequest, *, at: datetime) -> None:
    """Raise WouldMove unless nothing would be moved, or whoever sent this has seen about as many and said yes."""
    shown, accepted = show_moves(rule_set, at=at), read_id(request.POST.get("moves", ""))
    if shown is not None and (not accepted or shown["found"] > accepted + SLACK):
        raise WouldMove(shown)


def _shown(moves: Moves, rule_set: RuleSet) -> dict[str, Any]:
    names = {rule.id: rule.description for rule in rule_set.rules}
    return {
        "found": moves.found,
        "of_all": moves.of_all,
        "percent": round(100 * moves.found / max(moves.of_all, 1)),
        "is_mass": moves.is_mass,
        "rules": [{"name": names[rule], "found": number} for rule, number in moves.by_rule.items()],
    }
