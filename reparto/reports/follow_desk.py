"""
Decide by rules in the shadow what the desk decided since, and keep where they differ. Nobody obeys it.

A page is one transaction: what is otherwise is kept with it, so that any worker goes on from there. Rules that wait for
a time do not go this way: what they would move, no sitting need have looked at.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from reparto.assignment.read_sittings import find_period
from reparto.engine import RuleSet
from reparto.kit.live import publish

from .find_left_out import find_left_out
from .freeze_replay import freeze_replay, thaw_replay
from .keep_differences import keep_differences
from .models import Shadow, ShadowDifference
from .pairs import Pair
from .replay_history import History, replay_page
from .show_figures import show_figures

#: So often it looks at what was decided.
EVERY = timedelta(seconds=10)
#: Clocks of other machines may be ahead of ours.
AHEAD = timedelta(days=1)


def follow_desk(shadow: Shadow, rule_set: RuleSet, *, at: datetime) -> bool:
    """Decide the next page, its row locked by the caller; say whether there may be more."""
    history = _history(shadow, rule_set, at)
    if history.done:
        shadow.due_at = at + EVERY
        shadow.save(update_fields=["due_at"])
        return False
    pairs = {pair.item_id: pair for touched in replay_page(history) for pair in touched}
    _write(shadow, pairs)
    _keep(shadow, history, rule_set, at)
    return True


def _history(shadow: Shadow, rule_set: RuleSet, at: datetime) -> History:
    replay, figures = thaw_replay(rule_set, shadow.world)
    period = find_period(shadow.begun_at, at + AHEAD)
    until = shadow.world.get("until")
    return History(
        replay,
        replace(period, after=max(period.after, shadow.after_id)),
        figures,
        until=datetime.fromisoformat(until) if until else None,
        follows=True,
    )


def _write(shadow: Shadow, pairs: dict[int, Pair]) -> None:
    equal = [number for number, pair in pairs.items() if not pair.differs]
    ShadowDifference.objects.filter(shadow=shadow, item_id__in=equal).delete()
    keep_differences(shadow, [pair for pair in pairs.values() if pair.differs])


def _keep(shadow: Shadow, history: History, rule_set: RuleSet, at: datetime) -> None:
    figures, until = history.figures, history.until or shadow.begun_at
    shadow.after_id = history.period.after
    shadow.world = freeze_replay(history.replay, figures) | {"until": until.isoformat()}
    figures.differences.clear()
    whole = show_figures(figures, rule_set=rule_set, since=shadow.begun_at, until=until)
    # They are rows of their own.
    shadow.result = whole | find_left_out(rule_set, figures, at=at) | {"differences_left_off": 0}
    shadow.save(update_fields=["after_id", "world", "result"])
    publish(shadow.organization_id, "shadows", [shadow.pk])
