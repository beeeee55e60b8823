"""
The sweep that stopped to ask, as the list of rules shows it to those who may answer.

It decides nothing.
"""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.halt_sweep import open_halt
from reparto.rules.models import Rule


def show_halt(rules: Iterable[Rule]) -> dict[str, Any] | None:
    """Return what the banner says; None when nothing is asked."""
    halt = open_halt()
    if halt is None or halt.state != "asks":
        return None
    names = {str(rule.pk): rule.description for rule in rules}
    found = [
        {"id": rule, "name": names.get(rule, gettext("A rule that was deleted")), "found": number}
        for rule, number in halt.by_rule.items()
    ]
    return {
        "url": reverse("sweep_answer", args=[halt.pk]),
        "found": halt.found,
        "of_all": halt.of_all,
        "percent": round(100 * halt.found / max(halt.of_all, 1)),
        "at": halt.at,
        "rules": found,
    }
