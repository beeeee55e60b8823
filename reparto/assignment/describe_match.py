"""
Say by which of its conditions a rule fitted a contact or did not, from the answers that were stored with the decision.

Nothing is judged again. What was asked on the way and settled nothing is left out.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext

from reparto.contacts.describe_condition import Names, describe_condition
from reparto.engine import Filter, Settling, find_settling


def describe_match(step: Mapping[str, Any], filters: Filter | None, *, names: Names) -> str:
    """
    Return the conditions of a rule's step on which it hung; "" when none did.

    `filters`: what the rule asked then; None: it is not known, and each answer speaks for itself.
    """
    settling = _settling(step, filters)
    asked = _phrases((one.answer for one in settling if not one.denied), names)
    denied = _phrases((one.answer for one in settling if one.denied), names)
    if step["reason"] == "filter_not_met":
        sentences = gettext("not met: %(conditions)s"), gettext("met, and must not be: %(conditions)s")
        sides = zip(sentences, (asked, denied), strict=True)
        return "; ".join(said % {"conditions": " · ".join(side)} for said, side in sides if side)
    return " · ".join((*asked, *(gettext("not: %(condition)s") % {"condition": one} for one in denied)))


def _settling(step: Mapping[str, Any], filters: Filter | None) -> Iterable[Settling]:
    answers = step.get("conditions", [])
    if filters is not None:
        return find_settling(filters, answers)
    fitted = step["reason"] != "filter_not_met"
    return [Settling(one, denied=False) for one in answers if one["held"] is fitted]


def _phrases(conditions: Iterable[Mapping[str, Any]], names: Names) -> list[str]:
    # A filter that asks one thing twice is said once.
    return list(dict.fromkeys(describe_condition(one, names=names) for one in conditions))
