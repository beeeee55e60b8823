"""
What a rule asks of a contact besides its filter: its kind, and what the time of its type says. Pure.

All of it holds of whatever the rule takes; nothing is judged.
"""

from collections.abc import Iterator
from typing import Final

from reparto.engine import All, Any, Leaf, Node, Not, Rule, Window

_NEVER_FOLLOWED_UP: Final = Leaf("last_follow_up", "date", "empty")


def implied_conditions(rule: Rule) -> Iterator[Node]:
    """Yield the conditions."""
    yield Leaf("kind", "choice", "in", (rule.entity,))
    yield Leaf("conversations", "number", ">=", 0)
    if rule.trigger == "no_first_followup":
        yield Not(Leaf("owner", "choice", "empty"))
    if rule.trigger in ("no_followup", "no_first_followup") and rule.after and rule.after.clock == "calendar":
        # In working time a day may be shorter than one.
        window = Window(rule.after.amount, rule.after.unit)
        quiet = Leaf("last_follow_up", "date", "before_last", window)
        old = Leaf("created", "date", "before_last", window)
        # What was never followed up is quiet since it came.
        yield Any((All((_NEVER_FOLLOWED_UP, old)), quiet))
