"""
What an administrator should know of a set of rules although each is sound by itself. Pure: a frozen set and people.

It forbids nothing: what is plainly wrong with one rule is `check_rules`' to say, what may not be published
`check_rule_set`'s.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reparto.engine import Leaf, Node, Rule, RuleSet, Window

from .flatten_filter import flatten_filter
from .implied_conditions import implied_conditions
from .implies import implies
from .never_holds import never_holds
from .read_bounds import is_shorter

#: What makes a list of rules wrong; the others are worth knowing.
FAULTS = frozenset({"never_reached", "never_true", "needs_clients", "empty_pool", "no_weight"})

#: A rule that waits for longer than five years was hardly meant to: the unit is wrong, or the amount.
LONGEST = dict.fromkeys(("hours", "days", "weeks"), Window(5 * 365, "days")) | {"months": Window(60, "months")}


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to know about a rule."""

    rule_id: int
    #: never_reached, only_leftovers, overlaps, never_true, needs_clients, too_late, empty_pool, nobody_receives,
    #: by_hand_only, only_its_owner, all_on_leave, no_weight
    code: str
    other_id: int | None = None  #: the rule before it that is the cause

    @property
    def is_fault(self) -> bool:
        """Whether it makes the list wrong, so that no draft with it is published."""
        return self.code in FAULTS


def warn_of_rules(
    rule_set: RuleSet,
    *,
    receivers: Collection[int],
    members: Mapping[int, Collection[int]],
    on_leave: Collection[int] = (),
    in_auto: Collection[int] | None = None,
) -> tuple[Caution, ...]:
    """
    Return what is to know of the active rules, in their order.

    `receivers` are the people who receive and work here, `on_leave` those who will be away all of tomorrow, `in_auto`
    those who receive by themselves on some account (None: there is no account); `members` are the people of each
    group, subgroups included.
    """
    active = [rule for rule in sorted(rule_set.rules, key=lambda one: (one.position, one.id)) if rule.active]
    return tuple(
        caution
        for place, rule in enumerate(active)
        for caution in (
            *_of_filter(rule),
            *_of_time(rule),
            *_of_former(rule, active[:place], members),
            *_of_people(rule, _people(rule, members), receivers, on_leave),
            *_of_reach(rule, {one for one in _people(rule, members) if one in receivers}, in_auto),
        )
    )


def _of_filter(rule: Rule) -> Iterator[Caution]:
    asked = flatten_filter(rule.filters)
    if rule.trigger == "no_sales" and rule.entity != "client":
        yield Caution(rule.id, "needs_clients")
    elif asked is not None and never_holds([*asked, *implied_conditions(rule)]):
        yield Caution(rule.id, "never_true")


def _of_time(rule: Rule) -> Iterator[Caution]:
    if rule.after is not None and not is_shorter(Window(rule.after.amount, rule.after.unit), LONGEST[rule.after.unit]):
        yield Caution(rule.id, "too_late")


def _of_former(rule: Rule, former: list[Rule], members: Mapping[int, Collection[int]]) -> Iterator[Caution]:
    covering = [one for one in former if _covers(one, rule)]
    # One whose groups have nobody yet passes on, whatever it says.
    stop = next((one for one in covering if one.if_nobody == "wait" and _people(one, members)), None)
    if stop is not None:
        yield Caution(rule.id, "never_reached", stop.id)
    elif covering:
        yield Caution(rule.id, "only_leftovers", covering[0].id)
    else:
        beside = next((one for one in former if _overlap(one, rule)), None)
        if beside is not None:
            yield Caution(rule.id, "overlaps", beside.id)


def _of_people(
    rule: Rule, people: Mapping[int, int], receivers: Collection[int], on_leave: Collection[int]
) -> Iterator[Caution]:
    able = [person for person in people if person in receivers]
    if not people:
        yield Caution(rule.id, "empty_pool")
    elif not able:
        yield Caution(rule.id, "nobody_receives")
    elif rule.strategy == "weighted" and not any(people[person] > 0 for person in able):
        yield Caution(rule.id, "no_weight")
    elif all(person in on_leave for person in able):
        yield Caution(rule.id, "all_on_leave")


def _of_reach(rule: Rule, able: set[int], in_auto: Collection[int] | None) -> Iterator[Caution]:
    """Whether those who receive can be given what the rule is for: who replies there, and is not who had it."""
    if rule.trigger == "web_integration":
        if able and in_auto is not None and able.isdisjoint(in_auto):
            yield Caution(rule.id, "by_hand_only")
        return
    owners = [one for one in flatten_filter(rule.filters) or () if isinstance(one, Leaf) and one.field == "owner"]
    if len(able) == 1 and any(one.op == "in" and one.value == tuple(able) for one in owners):
        yield Caution(rule.id, "only_its_owner")


def _people(rule: Rule, members: Mapping[int, Collection[int]]) -> dict[int, int]:
    """The people of a rule's list with their weights."""
    people: dict[int, int] = {}
    for target in rule.assign_to:
        named = [target.person_id] if target.person_id is not None else members.get(target.group_id or 0, ())
        for person in named:
            people.setdefault(person, target.weight)
    return people


def _covers(former: Rule, rule: Rule) -> bool:
    """Whether all that a rule takes fits the former one too."""
    if (former.entity, former.trigger) != (rule.entity, rule.trigger):
        return False
    asked, wanted = flatten_filter(rule.filters), flatten_filter(former.filters)
    if asked is None or wanted is None or never_holds(wanted) or not _as_early(former, rule):
        return False
    return all(implies(asked, one) for one in wanted)


def _as_early(former: Rule, rule: Rule) -> bool:
    """Whether the time of a rule that waits has come for the former one whenever it has come for this one."""
    if former.after is None or rule.after is None:
        return former.after == rule.after
    windows = [Window(one.amount, one.unit) for one in (former.after, rule.after)]
    return former.after.clock == rule.after.clock and is_shorter(*windows)


def _overlap(former: Rule, rule: Rule) -> bool:
    """Whether both ask for one same value of one field, and nothing else that they ask keeps them apart."""
    if (former.entity, former.trigger) != (rule.entity, rule.trigger):
        return False
    ours, theirs = flatten_filter(rule.filters), flatten_filter(former.filters)
    if ours is None or theirs is None or never_holds([*ours, *theirs]):
        return False
    return not _named(ours).isdisjoint(_named(theirs))


def _named(conditions: Sequence[Node]) -> set[tuple[str, Any]]:
    """The values that conditions ask for by name, each with its field."""
    leaves = [one for one in conditions if isinstance(one, Leaf) and one.op in ("is", "in", "has_any", "has_all")]
    return {
        (leaf.field, value)
        for leaf in leaves
        for value in (leaf.value if isinstance(leaf.value, tuple) else (leaf.value,))
    }
