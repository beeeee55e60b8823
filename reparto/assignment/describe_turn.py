"""
Say whose turn it was before and is now, what somebody was due, and that a tie decided (BY-12), from the stored trace.

Nothing is derived again.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext

from .models import Decision
from .read_names import MOST_NAMED, NamesOf
from .read_trace import turn_of


def describe_turn(decision: Decision, steps: Iterable[Mapping[str, Any]], names: NamesOf) -> str:
    """Return where the rule's turns stood before and after a decision; "" when no rule dealt a turn."""
    turn = turn_of(decision, steps)
    return " ".join(_said(turn, names)) if turn else ""


def _said(turn: Mapping[str, Any], names: NamesOf) -> Iterator[str]:
    now = names.person(turn["after"])
    if turn["before"] is not None:
        said = gettext("Turn %(number)s of the rule: before it was with %(before)s, now with %(now)s.")
        yield said % {"number": turn["sequence"], "before": names.person(turn["before"]), "now": now}
    else:
        yield gettext("Turn %(number)s of the rule, now with %(now)s.") % {"number": turn["sequence"], "now": now}
    if turn["line"]:
        line = ", ".join(names.person(one) for one in turn["line"][:MOST_NAMED])
        yield gettext("In line stood, the next one first: %(names)s.") % {"names": line}
    if turn["due"] is not None:
        yield gettext("%(name)s was due %(share)s.") % {"name": now, "share": number_format(turn["due"], 2)}
    if turn["tied_ids"]:
        tied = ", ".join(names.person(one) for one in turn["tied_ids"])
        said = gettext("Tie of %(names)s: to whoever had not received for longest; if equal, the next of the list.")
        yield said % {"names": tied}
