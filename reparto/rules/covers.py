"""Whether whoever meets some conditions surely meets one of several filters. Pure; False where that is hard to see."""

from collections.abc import Iterable, Sequence

from reparto.engine import All, Any, Node, Not

from .flatten_filter import conditions_of
from .implies import implies
from .never_holds import contradicts, sort_conditions


def covers(filters: Iterable[Sequence[Node]], asked: Sequence[Node]) -> bool:
    """Whether nobody who meets what is asked is left by the filters, each a list of conditions, taken together."""
    wanted, ground = list(filters), Ground(asked)
    missed = [missed_by(one) for one in wanted]
    return any(map(ground.met_by_all, wanted, missed)) or ground.met_together(missed)


def missed_by(conditions: Sequence[Node]) -> list[Node]:
    """Return what holds of exactly those who do not meet all of the conditions."""
    return conditions_of(Not(All(tuple(conditions))))


class Ground:
    """What is asked, which somebody can meet, sorted once to be held against many filters."""

    def __init__(self, asked: Sequence[Node]) -> None:
        """Sort it."""
        self.asked = asked
        self.plain, self.choices = sort_conditions(asked)

    def met_by_all(self, conditions: Sequence[Node], missed: Sequence[Node]) -> bool:
        """Whether all who meet what is asked meet these conditions too; `missed` is what holds of the others."""
        return all(implies(self.asked, one) for one in conditions) or self._leaves_none(missed)

    def met_together(self, missed: Iterable[Sequence[Node]]) -> bool:
        """Whether each of them meets one of several filters, none of which takes all; each given by whom it misses."""
        every = [condition for each in missed for condition in each]
        # A choice stands or falls with plain conditions, so choices alone say no more than each by itself.
        return not all(isinstance(one, Any) for one in every) and self._leaves_none(every)

    def _leaves_none(self, missed: Sequence[Node]) -> bool:
        return contradicts([*missed, *self.choices], self.plain)
