"""
Refuse a write that would put a wrong list in force: what makes it wrong is what keeps a draft from being published.

What stood there before stands in nobody's way, or a list that became wrong could not be mended one rule at a time.
"""

from collections.abc import Sequence
from datetime import datetime

from reparto.kit.faults import Fault, Faults

from .caution_rules import caution_rules
from .check_rule_set import PATHS
from .check_rules import check_rules
from .models import Rule


def refuse_faults(before: Sequence[Rule], after: Sequence[Rule], *, at: datetime, own: Rule | None = None) -> None:
    """
    Compare the list as it stands with the list as it would be; paths begin at `own`, else at the rule: `rules[2]`.

    Raises:
        Invalid: A rule in force would be wrong that was not; has all faults.

    """
    found = _faults(after, at=at, own=own)
    # The list as it stands is asked only where something is wrong: others wait meanwhile.
    stood = _faults(before, at=at, own=own) if found else {}
    faults = Faults()
    faults.found += [fault for key, fault in found.items() if key not in stood]
    faults.check()


def _faults(rules: Sequence[Rule], *, at: datetime, own: Rule | None) -> dict[tuple[int, str], Fault]:
    """What is wrong, by rule and code; what may have become of other rules by themselves is not asked."""
    own_id = own.pk if own else None
    active = [rule for rule in rules if rule.active]
    found = {}
    for rule_id, said in caution_rules(active, at=at, faults_only=True).items():
        for one in said:
            path = _path(rules, rule_id, PATHS.get(one.caution.code, ""), own=rule_id == own_id)
            found[rule_id, one.caution.code] = Fault(path, one.caution.code, one.message)
    for rule_id, faults in check_rules([rule for rule in active if own and rule.pk == own_id]).items():
        found |= {(rule_id, fault.code): fault for fault in faults}
    return found


def _path(rules: Sequence[Rule], rule_id: int, inside: str, *, own: bool) -> str:
    if own:
        return inside or "filters"
    place = next(place for place, rule in enumerate(rules) if rule.pk == rule_id)
    return f"rules[{place}].{inside}".rstrip(".")
