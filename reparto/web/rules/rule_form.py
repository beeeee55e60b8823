"""
A rule as a form holds it: what was typed, right or wrong.

It is read from a stored rule or from what a browser sent, and becomes what the verbs of `rules` take.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict

from reparto.engine import Kind
from reparto.rules.models import Rule

from ..filters.filter_of_tree import filter_of_tree
from ..filters.filter_tree import Group, Path
from ..filters.read_tokens import read_tokens
from ..filters.tree_of_filter import tree_of_filter
from ..read_id import read_id
from ..read_list import read_list, write_list

WAITS = ("no_followup", "no_first_followup", "no_sales")


@dataclass(frozen=True, slots=True)
class Chosen:
    """One entry of *Assign to*, by the token `p12` (a person) or `g3` (a group)."""

    token: str
    weight: str = "1"

    def target(self) -> dict[str, Any]:
        """Return what the verbs take; a token that is none is a target that they refuse."""
        name = {"p": "person_id", "g": "group_id"}.get(self.token[:1], "person_id")
        number = int(self.token[1:]) if self.token[1:].isdecimal() and len(self.token) < 20 else 0
        weight = int(self.weight) if self.weight.isdecimal() and len(self.weight) < 9 else -1
        return {name: number} if weight == 1 else {name: number, "weight": weight}


@dataclass(frozen=True, slots=True)
class RuleForm:
    """Everything on the form."""

    description: str = ""
    entity: str = "prospect"
    trigger: str = "web_integration"
    amount: str = ""
    unit: str = "days"
    clock: str = "calendar"
    chosen: tuple[Chosen, ...] = ()
    strategy: str = "round_robin"
    tags: str = ""
    template: str = ""  #: its id; "" for none
    if_nobody: str = "next"
    active: bool = True
    filters: Group = field(default_factory=Group)

    def with_target(self, token: str) -> "RuleForm":
        """Return the form with one more at the end of *Assign to*; twice is once."""
        if token[:1] not in ("p", "g") or any(one.token == token for one in self.chosen):
            return self
        return replace(self, chosen=(*self.chosen, Chosen(token)))

    def without_target(self, token: str) -> "RuleForm":
        """Return the form without one of *Assign to*."""
        return replace(self, chosen=tuple(one for one in self.chosen if one.token != token))

    def with_moved(self, token: str, step: int) -> "RuleForm":
        """Return the form with one of *Assign to* a place earlier or later."""
        places = [place for place, one in enumerate(self.chosen) if one.token == token]
        if not places or not 0 <= places[0] + step < len(self.chosen):
            return self
        order = list(self.chosen)
        order.insert(places[0] + step, order.pop(places[0]))
        return replace(self, chosen=tuple(order))

    def values(self, custom: Mapping[str, Kind]) -> tuple[dict[str, Any], Mapping[str, Path]]:
        """Return what the verbs take, and the tree's path of each place in the filter."""
        filters, places = filter_of_tree(self.filters, custom=custom)
        amount = int(self.amount) if self.amount.isdecimal() and len(self.amount) < 9 else self.amount or None
        values = {
            "description": self.description,
            "entity": self.entity,
            "trigger": self.trigger,
            "after": {"amount": amount, "unit": self.unit, "clock": self.clock} if self.trigger in WAITS else None,
            "assign_to": [one.target() for one in self.chosen],
            "strategy": self.strategy,
            "tags": read_list(self.tags),
            "template_id": read_id(self.template) if self.template else None,
            "filters": filters,
            "if_nobody": self.if_nobody,
            "active": self.active,
        }
        return values, places


def form_of_rule(rule: Rule) -> RuleForm:
    """Return the form of a stored rule."""
    return RuleForm(
        description=rule.description,
        entity=rule.entity,
        trigger=rule.trigger,
        amount="" if rule.after_amount is None else str(rule.after_amount),
        unit=rule.after_unit or "days",
        clock=rule.after_clock,
        chosen=tuple(_chosen(target) for target in rule.assign_to),
        strategy=rule.strategy,
        tags=write_list(rule.tags),
        template=str(rule.template_id or ""),
        if_nobody=rule.if_nobody,
        active=rule.active,
        filters=tree_of_filter(rule.filters),
    )


def read_form(sent: QueryDict) -> RuleForm:
    """Return what a browser sent; whatever is missing is empty."""
    weights = sent.getlist("weight")
    tokens = sent.getlist("to")
    weights = weights if len(weights) == len(tokens) else ["1"] * len(tokens)
    return RuleForm(
        description=sent.get("description", ""),
        entity=sent.get("entity", ""),
        trigger=sent.get("trigger", ""),
        amount=sent.get("amount", "").strip(),
        unit=sent.get("unit", "days"),
        clock=sent.get("clock", "calendar"),
        chosen=tuple(Chosen(token, weight) for token, weight in zip(tokens, weights, strict=True)),
        strategy=sent.get("strategy", ""),
        tags=sent.get("tags", ""),
        template=sent.get("template", ""),
        if_nobody=sent.get("if_nobody", ""),
        active="active" in sent,
        filters=read_tokens(sent.getlist("f")),
    )


def _chosen(target: Mapping[str, int]) -> Chosen:
    token = f"p{target['person_id']}" if "person_id" in target else f"g{target['group_id']}"
    return Chosen(token, str(target.get("weight", 1)))
