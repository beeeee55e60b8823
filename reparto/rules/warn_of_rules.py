"""
What an administrator should know of a set of rules although each is sound by itself. Pure: a frozen set and people.

It forbids nothing: what is plainly wrong with one rule is `check_rules`' to say, what may not be published
`check_rule_set`'s.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reparto.engine import Leaf, Node, Rule, RuleSet, Window

from .covers import covers
from .flatten_filter import flatten_filter
from .implied_conditions import implied_conditions
from .never_holds import never_holds
from .read_bounds import Bounds, is_shorter, read_bounds
from .warn_of_people import Staff, people_of, warn_of_people

#: What makes a list of rules wrong; the others are worth knowing.
FAULTS = frozenset({"never_reached", "never_true", "needs_clients", "empty_pool", "no_weight"})

#: Nobody is asked to buy again on the same day.
SHORTEST = Window(23, "hours")
#: A rule that waits for longer than five years was hardly meant to: the unit is wrong, or the amount.
LONGEST = dict.fromkeys(("hours", "days", "weeks"), Window(5 * 365, "days")) | {"months": Window(60, "months")}


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to know about a rule."""

    rule_id: int
    #: never_reached, only_leftovers, overlaps, never_true, needs_clients, too_late, too_soon; of `warn_of_people`:
    #: empty_pool, nobody_receives, no_weight, all_on_leave, none_in_campaign, by_hand_only, not_on_account,
    #: only_its_owner; of `unknown_values`: unknown_value
    code: str
    other_id: int | None = None  #: the rule before it that is the cause; None: several together, or no rule

    @property
    def is_fault(self) -> bool:
        """Whether it makes the list wrong, so that no draft with it is published."""
        return self.code in FAULTS


def warn_of_rules(rule_set: RuleSet, staff: Staff) -> tuple[Caution, ...]:
    """Return what is to know of the active rules, in their order."""
    active = [rule for rule in sorted(rule_set.rules, key=lambda one: (one.position, one.id)) if rule.active]
    return tuple(
        caution
        for place, rule in enumerate(active)
        for caution in (
            *_of_filter(rule),
            *_of_time(rule),
            *_of_former(rule, active[:place], staff),
            *(Caution(rule.id, code) for code in warn_of_people(rule, staff)),
        )
    )


def _of_filter(rule: Rule) -> Iterator[Caution]:
    asked = _conditions(rule)
    if rule.trigger == "no_sales" and rule.entity != "client":
        yield Caution(rule.id, "needs_clients")
    elif asked is not None and never_holds(asked):
        yield Caution(rule.id, "never_true")


def _of_time(rule: Rule) -> Iterator[Caution]:
    if rule.after is None:
        return
    window = Window(rule.after.amount, rule.after.unit)
    if not is_shorter(window, LONGEST[rule.after.unit]):
        yield Caution(rule.id, "too_late")
    elif rule.trigger == "no_sales" and is_shorter(window, SHORTEST):
        yield Caution(rule.id, "too_soon")


def _of_former(rule: Rule, former: list[Rule], staff: Staff) -> Iterator[Caution]:
    asked = _conditions(rule)
    if asked is None or never_holds(asked):
        return
    beside = {one.id: theirs for one in former if (theirs := _rival(one, rule)) is not None}
    early = [one for one in former if one.id in beside and _as_early(one, rule)]
    # One whose groups have nobody yet passes on, whatever it says.
    stopping = [one for one in early if one.if_nobody == "wait" and people_of(one, staff.members)]
    for code, some in (("never_reached", stopping), ("only_leftovers", early)):
        alone = next((one.id for one in some if covers([beside[one.id]], asked)), None)
        if alone is not None or covers([beside[one.id] for one in some], asked):
            yield Caution(rule.id, code, alone)
            return
    shared = next((other for other, theirs in beside.items() if _overlap(theirs, rule)), None)
    if shared is not None:
        yield Caution(rule.id, "overlaps", shared)


def _rival(former: Rule, rule: Rule) -> list[Node] | None:
    """The filter of a rule for the same kind and type; None: it takes nothing from this one."""
    same = (former.entity, former.trigger) == (rule.entity, rule.trigger)
    return flatten_filter(former.filters) if same else None


def _conditions(rule: Rule) -> list[Node] | None:
    """All that a rule asks of a contact; None where its filter cannot be read, so that it takes nobody."""
    asked = flatten_filter(rule.filters)
    return None if asked is None else [*asked, *implied_conditions(rule)]


def _as_early(former: Rule, rule: Rule) -> bool:
    """Whether the time of a rule that waits has come for the former one whenever it has come for this one."""
    if former.after is None or rule.after is None:
        return former.after == rule.after
    windows = [Window(one.amount, one.unit) for one in (former.after, rule.after)]
    # A day of working time is as many hours as each works that day.
    comparable = former.after.clock != "working" or former.after.unit == rule.after.unit
    return comparable and former.after.clock == rule.after.clock and is_shorter(*windows)


def _overlap(theirs: Sequence[Node], rule: Rule) -> bool:
    """Whether both ask for one same value, or for stretches that share a part, and nothing keeps them apart."""
    ours = flatten_filter(rule.filters) or []
    if never_holds([*ours, *theirs]):
        return False
    return not _named(ours).isdisjoint(_named(theirs)) or _cross(ours, theirs)


def _named(conditions: Sequence[Node]) -> set[tuple[str, Any]]:
    """The values that conditions ask for by name, each with its field."""
    leaves = [one for one in conditions if isinstance(one, Leaf) and one.op in ("is", "in", "has_any", "has_all")]
    return {
        (leaf.field, value)
        for leaf in leaves
        for value in (leaf.value if isinstance(leaf.value, tuple) else (leaf.value,))
    }


def _cross(ours: Sequence[Node], theirs: Sequence[Node]) -> bool:
    """Whether two stretches of a field meet and neither lies in the other: at an end, mostly, and by oversight."""
    mine, other = _stretches(ours), _stretches(theirs)
    shared = [(mine[field], other[field]) for field in mine.keys() & other.keys()]
    return any(not (one.within(two) or two.within(one)) for one, two in shared)


def _stretches(conditions: Sequence[Node]) -> dict[tuple[str, str], Bounds]:
    stretches: dict[tuple[str, str], Bounds] = {}
    for one in conditions:
        if isinstance(one, Leaf) and (bounds := read_bounds(one)) is not None:
            field = (one.field, one.kind)
            stretches[field] = stretches.get(field, Bounds()).meet(bounds)
    return stretches
