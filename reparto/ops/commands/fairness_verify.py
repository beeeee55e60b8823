"""`reparto fairness verify`: are turns complete, and has every rule kept its bound?"""

from argparse import Namespace
from dataclasses import asdict
from typing import Any

from ..answer import Answer, Refusal
from ..enter_installation import enter_installation


def fairness_verify(options: Namespace) -> Answer:
    """Go through the decisions of every company, or of one; not good if a promise was broken anywhere."""
    with enter_installation(options.data):
        from reparto.assignment.verify_fairness import organizations_with_decisions, verify_fairness

        found = organizations_with_decisions()
        wanted = [number for number, name in found.items() if options.company in (None, name, str(number))]
        if options.company is not None and not wanted:
            raise Refusal(f"No company {options.company!r} has any decisions here; give its name or its number.")
        companies = [asdict(verify_fairness(organization_id)) for organization_id in wanted]
    said = [line for one in companies for line in _lines(one)] or ["Nothing was decided yet."]
    return Answer("\n".join(said), {"companies": companies}, good=not any(one["broken"] for one in companies))


def _lines(one: dict[str, Any]) -> list[str]:
    head = f"{one['name']}: {one['decisions']} turns of {one['rules']} rules, "
    if not one["broken"]:
        return [head + "every one kept its bound, none is missing or doubled"]
    places = [f"  rule {place['rule_id']}, decision {place['decision_id']}: {place['text']}" for place in one["broken"]]
    return [f"{head}{len(places)} wrong:", *places]
