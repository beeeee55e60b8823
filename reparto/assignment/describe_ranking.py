"""
Say by which results a round was ranked, from what was stored with the decision that began it.

Nothing is measured again: today's results do not matter.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from .models import Decision
from .read_names import NamesOf
from .read_trace import read_trace
from .why_card import WhyPlace

MINUTE, HOUR, DAY = 60, 3600, 86_400


def describe_ranking(decision: Decision, steps: Sequence[Mapping[str, Any]], names: NamesOf) -> tuple[WhyPlace, ...]:
    """Return the places of the round in which a decision was made; nothing when no rule ranked anybody."""
    detail = _ranked(steps)
    if detail is None:
        return ()
    served, by = set(detail.get("served", ())), str(detail["by"])
    figures = {one["person_id"]: one for one in detail.get("figures") or _of_the_round(decision, detail)}
    return tuple(
        WhyPlace(
            place=place,
            name=names.person(person),
            figure=_say(figures.get(person), by),
            served=person in served,
        )
        for place, person in enumerate(detail["ranking"], start=1)
    )


def _ranked(steps: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    details: Iterator[Mapping[str, Any]] = (one.get("detail") or {} for one in steps if one["verdict"] == "chosen")
    return next((one for one in details if one.get("ranking") and one.get("by")), None)


def _of_the_round(decision: Decision, detail: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The figures stand with the first decision of the round: each since then took one turn and served one person."""
    began = int(detail["sequence"]) - len(detail.get("served", ()))
    first = Decision.objects.filter(rule_id=decision.rule_id, rule_sequence=began).first()
    stored = _ranked(read_trace(first).get("steps", [])) if first is not None else None
    found: Sequence[Mapping[str, Any]] = (stored or {}).get("figures", ())
    return found


def _say(figure: Mapping[str, Any] | None, by: str) -> str:
    if figure is None or not figure["attempts"]:
        return gettext("no results yet")
    said = _share(figure) if by == "close_rate" else _speed(figure)
    return said if figure["sampled"] else gettext("%(figure)s; too few to count") % {"figure": said}


def _share(figure: Mapping[str, Any]) -> str:
    numbers = {"sold": round(figure["successes"]), "received": figure["attempts"]}
    said = gettext("closed %(sold)s of %(received)s") % numbers
    share = number_format(100 * figure["figure"], 0)
    return gettext("%(figure)s, counts as %(share)s %%") % {"figure": said, "share": share}


def _speed(figure: Mapping[str, Any]) -> str:
    many = figure["attempts"]
    followed = ngettext("%(number)s followed up", "%(number)s followed up", many) % {"number": many}
    return gettext("%(figure)s, counts as %(time)s each") % {"figure": followed, "time": _time(figure["figure"])}


def _time(seconds: float) -> str:
    if seconds < MINUTE:
        return gettext("%(number)s s") % {"number": round(seconds)}
    if seconds < 2 * HOUR:
        return gettext("%(number)s min") % {"number": round(seconds / MINUTE)}
    if seconds < 2 * DAY:
        return gettext("%(number)s h") % {"number": number_format(seconds / HOUR, 1)}
    return gettext("%(number)s days") % {"number": number_format(seconds / DAY, 1)}
