"""
What an administrator should know of a set of rules although each is sound by itself. Pure: a frozen set and people.

It forbids nothing: what is plainly wrong with one rule is `check_rules`' to say, what may not be published
`check_rule_set`'s.
"""

from collections.abc import Iterator

from reparto.engine import Rule, RuleSet, Window

from .caution import Caution
from .narrow_conditions import Known
from .read_bounds import is_shorter
from .read_conditions import Conditions, read_conditions
from .warn_of_former import warn_of_former
from .warn_of_people import Staff, people_of, warn_of_people

#: Nobody is asked to buy again on the same day.
SHORTEST = Window(23, "hours")
#: A rule that waits for longer than five years was hardly meant to: the unit is wrong, or the amount.
LONGEST = dict.fromkeys(("hours", "days", "weeks"), Window(5 * 365, "days")) | {"months": Window(60, "months")}


#: How many pairs of questions are compared at most. A saving is checked while nobody is given anything, so it must end.
MOST_PAIRS = 250_000
NOTHING = Known()


def warn_of_rules(
    rule_set: RuleSet, staff: Staff, known: Known = NOTHING, *, faults_only: bool = False
) -> tuple[Caution, ...]:
    """Return what is to know of the active rules, in their order; `faults_only` looks no further than faults need."""
    active = [rule for rule in sorted(rule_set.rules, key=lambda one: (one.position, one.id)) if rule.active]
    share = MOST_PAIRS // max(len(active), 1)
    found, former, stopping = list[Caution](), list[Conditions](), set[Conditions]()
    for rule in active:
        conditions = read_conditions(rule, known)
        found += _of_rule(rule, conditions)
        if conditions is not None and not conditions.impossible:
            said = warn_of_former(conditions, former, stopping=stopping, most=share)
            found += [said] if said else []
            stopping |= {conditions} if _stops(rule, staff) else set()
            former += [conditions] if conditions in stopping or not faults_only else []
        found += [Caution(rule.id, code) for code in warn_of_people(rule, staff)]
    return tuple(one for one in found if one.is_fault or not faults_only)


def _stops(rule: Rule, staff: Staff) -> bool:
    """Whether what it takes goes no further; one whose groups have nobody yet passes on, whatever it says."""
    return rule.if_nobody == "wait" and bool(people_of(rule, staff.members))


def _of_rule(rule: Rule, conditions: Conditions | None) -> Iterator[Caution]:
    if rule.trigger == "no_sales" and rule.entity != "client":
        yield Caution(rule.id, "needs_clients")
    elif conditions is not None and conditions.impossible:
        yield Caution(rule.id, "never_true")
    yield from _of_time(rule)


def _of_time(rule: Rule) -> Iterator[Caution]:
    if rule.after is None:
        return
    window = Window(rule.after.amount, rule.after.unit)
    if not is_shorter(window, LONGEST[rule.after.unit]):
        yield Caution(rule.id, "too_late")
    elif rule.trigger == "no_sales" and is_shorter(window, SHORTEST):
        yield Caution(rule.id, "too_soon")
