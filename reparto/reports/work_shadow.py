"""
Decide by the rules in the shadow what the desk decided since, and keep where they differ. Nobody obeys it.

A page is one transaction: what is otherwise is kept with it, so that any worker goes on from there.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from reparto.assignment.read_sittings import find_period
from reparto.engine import RuleSet, thaw_rule_set
from reparto.kit.clock import now
from reparto.kit.live import publish
from reparto.kit.tenancy import in_organization

from .find_left_out import find_left_out
from .freeze_replay import freeze_replay, thaw_replay
from .models import Shadow, ShadowDifference
from .pairs import Pair
from .replay_history import History, replay_page
from .show_figures import show_figures, show_said

#: So often it looks at what was decided.
EVERY = timedelta(seconds=10)
#: Clocks of other machines may be ahead of ours.
AHEAD = timedelta(days=1)


def work_shadow(organization_id: int) -> bool:
    """Decide the next page; say whether there may be more."""
    with in_organization(organization_id):
        running = Shadow.objects.select_for_update(skip_locked=True).filter(state="running")
        shadow = running.first()
        if shadow is None:
            return False
        rule_set = thaw_rule_set(shadow.rules)
        history = _history(shadow, rule_set)
        if history.done:
            shadow.due_at = now() + EVERY
            shadow.save(update_fields=["due_at"])
            return False
        pairs = {pair.item_id: pair for touched in replay_page(history) for pair in touched}
        _keep_differences(shadow, pairs)
        _keep(shadow, history, rule_set)
        return True


def _history(shadow: Shadow, rule_set: RuleSet) -> History:
    replay, figures = thaw_replay(rule_set, shadow.world)
    period = find_period(shadow.begun_at, now() + AHEAD)
    until = shadow.world.get("until")
    return History(
        replay,
        replace(period, after=max(period.after, shadow.after_id)),
        figures,
        until=datetime.fromisoformat(until) if until else None,
        follows=True,
    )


def _keep_differences(shadow: Shadow, pairs: dict[int, Pair]) -> None:
    equal = [number for number, pair in pairs.items() if not pair.differs]
    ShadowDifference.objects.filter(shadow=shadow, item_id__in=equal).delete()
    ShadowDifference.objects.bulk_create(
        [_difference(shadow, pair) for pair in pairs.values() if pair.differs],
        update_conflicts=True,
        unique_fields=["organization", "shadow", "item_id"],
        update_fields=["happened", "would"],
    )


def _difference(shadow: Shadow, pair: Pair) -> ShadowDifference:
    return ShadowDifference(
        organization_id=shadow.organization_id,
        shadow=shadow,
        item_id=pair.item_id,
        contact_id=pair.contact_id,
        conversation_id=pair.conversation_id,
        at=pair.since,
        happened=show_said(pair.happened),
        would=show_said(pair.would),
    )


def _keep(shadow: Shadow, history: History, rule_set: RuleSet) -> None:
    figures, until = history.figures, history.until or shadow.begun_at
    shadow.after_id = history.period.after
    shadow.world = freeze_replay(history.replay, figures) | {"until": until.isoformat()}
    figures.differences.clear()
    whole = show_figures(figures, rule_set=rule_set, since=shadow.begun_at, until=until)
    # They are rows of their own.
    shadow.result = whole | find_left_out(rule_set, figures, at=now()) | {"differences_left_off": 0}
    shadow.save(update_fields=["after_id", "world", "result"])
    publish(shadow.organization_id, "shadows", [shadow.pk])
