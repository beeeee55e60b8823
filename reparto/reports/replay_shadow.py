"""
Live through all that happened since rules in the shadow began, anew, as a simulation does: sweeps included.

What comes out takes the place of what was there, in one transaction. A worker that is silent for long is gone, and
whoever is due next begins anew; nobody obeys any of it.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from reparto.assignment.read_limits import time_rules
from reparto.engine import RuleSet
from reparto.kit.live import publish
from reparto.kit.tenancy import in_organization
from reparto.rules.queries import current_rule_set

from .find_left_out import find_left_out
from .go_through import go_through
from .keep_differences import keep_differences
from .models import Shadow, ShadowDifference
from .pairs import Pair
from .replay_history import History, begin_history, end_history
from .show_figures import show_figures

#: Between two times: at least so long, and so many times as long as the last one took, up to so long. A worker that is
#: silent for the least of it is gone.
LEAST, SHARE, MOST = timedelta(minutes=5), 10, timedelta(hours=12)
#: As many differences are kept, the newest; the others are only counted.
KEPT = 10_000


def replay_shadow(shadow: Shadow, rule_set: RuleSet, *, clock: Callable[[], datetime]) -> None:
    """Replay it from its beginning until now, by the worker that has claimed it, and say when to do so again."""
    began = time.monotonic()
    try:
        _replay(shadow, rule_set, clock)
    finally:
        # What failed is told by whoever called; it is tried again no sooner than what did not.
        rest = timedelta(seconds=SHARE * (time.monotonic() - began))
        with in_organization(shadow.organization_id):
            if _put_off(shadow, clock() + min(max(rest, LEAST), MOST), runner=""):
                publish(shadow.organization_id, "shadows", [shadow.pk])


def _replay(shadow: Shadow, rule_set: RuleSet, clock: Callable[[], datetime]) -> None:
    with in_organization(shadow.organization_id):
        until = clock()
        history = begin_history(rule_set, since=shadow.begun_at, until=until, at=until, kept=KEPT)
    beat = partial(_beat, shadow, clock)
    if go_through(history, organization_id=shadow.organization_id, beat=beat):
        with in_organization(shadow.organization_id):
            if beat():
                _replace(shadow, history, rule_set, until)


def _beat(shadow: Shadow, clock: Callable[[], datetime]) -> bool:
    """Say that somebody is at it; False when it was stopped, or another worker has taken it."""
    return _put_off(shadow, clock() + LEAST, runner=shadow.runner)


def _put_off(shadow: Shadow, due_at: datetime, *, runner: str) -> bool:
    mine = Shadow.objects.filter(pk=shadow.pk, runner=shadow.runner, state="running")
    return bool(mine.update(due_at=due_at, runner=runner))


def _replace(shadow: Shadow, history: History, rule_set: RuleSet, until: datetime) -> None:
    """Nobody else has its row until this is written; where no rule in force waits, no sweep moves anything yet."""
    figures = end_history(history, goes_on=bool(time_rules(current_rule_set())))
    kept, found = list(figures.differences), find_left_out(rule_set, figures, at=until)
    _write(shadow, kept)
    figures.differences.clear()
    whole = show_figures(figures, rule_set=rule_set, since=shadow.begun_at, until=until)
    shadow.result = whole | found | {"differences_left_off": figures.differing - len(kept)}
    shadow.save(update_fields=["result"])


def _write(shadow: Shadow, pairs: list[Pair]) -> None:
    rows = ShadowDifference.objects.filter(shadow=shadow)
    gone = set(rows.values_list("item_id", flat=True)) - {pair.item_id for pair in pairs}
    rows.filter(item_id__in=gone).delete()
    keep_differences(shadow, pairs)
