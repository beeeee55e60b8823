"""
Measure people's results anew for the worker, as long as the rules in force go by them.

It takes no desk: what is measured is minutes old at most, and no decision waits for it.
"""

from datetime import datetime

from django.db.models import Q

from reparto.engine import RuleSet
from reparto.kit.clock import TOO_FAR
from reparto.kit.organization_settings import read_settings
from reparto.rules.queries import current_version_number, frozen_rule_set

from .keep_measure import keep_measure
from .measure_people import needs_figures
from .models import Measure


def renew_measure(organization_id: int, *, at: datetime) -> None:
    """Measure what is due; forget it when no rule asks for it any more."""
    if not Measure.objects.filter(Q(due_at__lte=at) | Q(due_at__gt=at + TOO_FAR)).exists():
        return
    number = current_version_number()
    if needs_figures(frozen_rule_set(organization_id, number) if number else RuleSet()):
        keep_measure(organization_id, days=read_settings()["figures"]["days"], at=at)
    else:
        Measure.objects.all().delete()
