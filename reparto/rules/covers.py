"""Whether whoever meets some conditions surely meets one of several filters. Pure; False where that is hard to see."""

from collections.abc import Iterable, Sequence

from reparto.engine import All, Node, Not

from .flatten_filter import conditions_of
from .implies import implies
from .never_holds import never_holds


def covers(filters: Iterable[Sequence[Node]], asked: Sequence[Node]) -> bool:
    """Whether nobody who meets what is asked is left by the filters, each a list of conditions, taken together."""
    wanted = list(filters)
    if any(all(implies(asked, one) for one in each) for each in wanted):
        return True
    missed = [condition for each in wanted for condition in conditions_of(Not(All(tuple(each))))]
    return bool(wanted) and never_holds([*asked, *missed])
