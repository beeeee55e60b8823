"""
What an administrator should know of a set of rules although each is sound by itself. Pure: a frozen set and people.

It warns and forbids nothing: what is plainly wrong with one rule is `check_rules`' to say.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reparto.engine import CUSTOM, FIELDS, Rule, RuleSet, fold

#: A contact can have several of these, so that two different ones may both hold.
SEVERAL = frozenset({"email", "phone"})


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to know about a rule."""

    rule_id: int
    code: str  #: never_reached, only_leftovers, never_true, empty_pool, nobody_receives, no_weight
    other_id: int | None = None  #: the rule before it that is the cause


def warn_of_rules(
    rule_set: RuleSet, *, receivers: Collection[int], members: Mapping[int, Collection[int]]
) -> tuple[Caution, ...]:
    """
    Return what is to know of the active rules, in their order.

    `receivers` are the people who receive and work here; `members` are the people of each group, subgroups included.
    """
    active = [rule for rule in sorted(rule_set.rules, key=lambda one: (one.position, one.id)) if rule.active]
    return tuple(
        caution
        for place, rule in enumerate(active)
        for caution in (
            *_of_filter(rule),
            *_of_former(rule, active[:place], members),
            *_of_people(rule, receivers, members),
        )
    )


def _of_filter(rule: Rule) -> Iterator[Caution]:
    if never_holds(rule.filters):
        yield Caution(rule.id, "never_true")


def _of_former(rule: Rule, former: list[Rule], members: Mapping[int, Collection[int]]) -> Iterator[Caution]:
    covering = [one for one in former if _covers(one, rule)]
    # One whose groups have nobody yet passes on, whatever it says.
    stop = next((one for one in covering if one.if_nobody == "wait" and _people(one, members)), None)
    if stop is not None:
        yield Caution(rule.id, "never_reached", stop.id)
    elif covering:
        yield Caution(rule.id, "only_leftovers", covering[0].id)


def _of_people(rule: Rule, receivers: Collection[int], members: Mapping[int, Collection[int]]) -> Iterator[Caution]:
    people = _people(rule, members)
    able = [person for person in people if person in receivers]
    if not people:
        yield Caution(rule.id, "empty_pool")
    elif not able:
        yield Caution(rule.id, "nobody_receives")
    elif rule.strategy == "weighted" and not any(people[person] > 0 for person in able):
        yield Caution(rule.id, "no_weight")


def _people(rule: Rule, members: Mapping[int, Collection[int]]) -> dict[int, int]:
    """The people of a rule's list with their weights."""
    people: dict[int, int] = {}
    for target in rule.assign_to:
        named = [target.person_id] if target.person_id is not None else members.get(target.group_id or 0, ())
        for person in named:
            people.setdefault(person, target.weight)
    return people


def _covers(former: Rule, rule: Rule) -> bool:
    """Whether all that a rule takes fits the former one too: it asks no more than the rule does."""
    if (former.entity, former.trigger) != (rule.entity, rule.trigger) or never_holds(former.filters):
        return False
    return {_key(one) for one in _asked(former.filters)} <= {_key(one) for one in _asked(rule.filters)}


def _asked(node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The conditions that must all hold."""
    if not node:
        return []
    return [one for child in node["all"] for one in _asked(child)] if "all" in node else [node]


def _key(node: Mapping[str, Any]) -> str:
    return fold(json.dumps(node, sort_keys=True, ensure_ascii=False))


def never_holds(node: Mapping[str, Any]) -> bool:
    """Whether a filter plainly holds for nobody; False also where that takes more than looking."""
    asked = _asked(node)
    if any("any" in one and all(never_holds(child) for child in one["any"]) for one in asked):
        return True
    leaves = [one for one in asked if "field" in one]
    return any(_contradict(leaves, field) for field in {one["field"] for one in leaves} - SEVERAL)


def _contradict(leaves: list[Mapping[str, Any]], field: str) -> bool:
    mine = [one for one in leaves if one["field"] == field]
    ops = {one["op"] for one in mine}
    if "empty" in ops and ops - {"empty", "is_not", "not_in", "has_none"}:
        return True
    wanted = [_words(one["value"]) for one in mine if one["op"] in ("is", "in")]
    if wanted and not set.intersection(*wanted):
        return True
    kind = FIELDS.get(field)
    return _no_room(mine) if kind == "number" or (kind is None and field.startswith(CUSTOM)) else False


def _words(value: Any) -> set[Any]:
    values = value if isinstance(value, list | tuple) else [value]
    return {fold(one) if isinstance(one, str) else one for one in values}


def _no_room(mine: list[Mapping[str, Any]]) -> bool:
    """Whether no number is within all bounds; `<` and `>` leave out the bound itself."""
    low, high, open_ends = float("-inf"), float("inf"), set()
    for one in mine:
        value = one.get("value")
        ends = value if one["op"] == "between" else [value, value]
        if not isinstance(ends, list | tuple) or not all(isinstance(end, int | float) for end in ends):
            continue
        if one["op"] in ("=", ">", ">=", "between"):
            low = max(low, ends[0])
        if one["op"] in ("=", "<", "<=", "between"):
            high = min(high, ends[1])
        if one["op"] in ("<", ">"):
            open_ends.add(ends[0])
    return low > high or (low == high and low in open_ends)
