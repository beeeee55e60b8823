"""
What an administrator should know of a rule because of those before it: they take all, most or some of its contacts.

Pure; it looks only so far as may be looked at each saving, and says nothing of what it did not look at.
"""

from collections.abc import Collection, Sequence

from reparto.engine import Leaf, Rule, Window

from .caution import Caution
from .never_holds import contradicts, never_holds
from .read_bounds import is_shorter
from .read_conditions import Conditions


def warn_of_former(
    conditions: Conditions, former: Sequence[Conditions], *, stopping: Collection[Conditions], most: int
) -> Caution | None:
    """Return what is to know of a rule that somebody can meet; `most` pairs of questions are compared."""
    rivals, ground = _rivals(conditions, former, most), conditions.ground
    early = [one for one in rivals if _as_early(one.rule, conditions.rule)]
    takers = {one for one in early if ground.met_by_all(one.filters, one.missed)}
    together = bool(takers) or ground.met_together(one.missed for one in early)
    for code, some in (("never_reached", [one for one in early if one in stopping]), ("only_leftovers", early)):
        alone = next((one.rule.id for one in some if one in takers), None)
        if alone is not None or (together and ground.met_together(one.missed for one in some)):
            return Caution(conditions.rule.id, code, alone)
    shared = next((one.rule.id for one in rivals if _overlap(one, conditions)), None)
    return None if shared is None else Caution(conditions.rule.id, "overlaps", shared)


def _rivals(conditions: Conditions, former: Sequence[Conditions], most: int) -> list[Conditions]:
    """Those for the same kind and type that may take something from it; of too many, those that ask least."""
    rule = conditions.rule
    same = [one for one in former if (one.rule.entity, one.rule.trigger) == (rule.entity, rule.trigger)]
    near = [one for one in same if not one.apart_from(conditions)]
    looked = set[Conditions]()
    # Who asks little takes much.
    for one in sorted(near, key=lambda one: one.size):
        most -= one.size * conditions.size
        if most < 0:
            break
        looked.add(one)
    return [one for one in near if one in looked]


def _as_early(former: Rule, rule: Rule) -> bool:
    """Whether the time of a rule that waits has come for the former one whenever it has come for this one."""
    if former.after is None or rule.after is None:
        return former.after == rule.after
    windows = [Window(one.amount, one.unit) for one in (former.after, rule.after)]
    # A day of working time is as many hours as each works that day.
    comparable = former.after.clock != "working" or former.after.unit == rule.after.unit
    return comparable and former.after.clock == rule.after.clock and is_shorter(*windows)


def _overlap(former: Conditions, conditions: Conditions) -> bool:
    """Whether both ask about one same value, or for stretches that share a part, and nothing keeps them apart."""
    same = not former.named.isdisjoint(conditions.named) or _names(former, conditions) or _names(conditions, former)
    return (same or _cross(former, conditions)) and not never_holds([*conditions.asked, *former.filters])


def _names(one: Conditions, other: Conditions) -> bool:
    """Whether one asks for values by name, some of which the other, which asks about that field too, takes as well."""
    return any(
        not contradicts([Leaf(field, "choice", "in", tuple(values))], {field: other.plain[field]})
        for field, values in one.values.items()
        if field in other.plain
    )


def _cross(former: Conditions, conditions: Conditions) -> bool:
    """Whether two stretches of a field meet and neither lies in the other: at an end, mostly, and by oversight."""
    mine, other = conditions.stretches, former.stretches
    shared = [(mine[field], other[field]) for field in mine.keys() & other.keys()]
    return any(not (one.within(two) or two.within(one)) for one, two in shared)
