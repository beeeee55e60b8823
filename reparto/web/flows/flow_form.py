"""
A flow as a form holds it: what was typed, right or wrong.

It is read from a stored flow or from what a browser sent, and becomes what the verbs of `flows` take. Steps are sent
in the order of the page; the filters of flow and conditions are one list of tokens, in the same order.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict

from reparto.channels.whatsapp.fill_placeholders import PLACEHOLDER
from reparto.engine import Kind
from reparto.flows.models import Flow

from ..filters.filter_of_tree import filter_of_tree
from ..filters.filter_tree import Group, Path
from ..filters.read_tokens import CLOSE, OPEN, read_tokens
from ..filters.tree_of_filter import tree_of_filter
from ..read_list import read_list, write_list

#: Which list of ids a step that assigns has.
NAMED = {"assign_people": "person_ids", "assign_groups": "group_ids"}
KINDS = ("assign_people", "assign_groups", "reply", "tag", "wait", "condition")


@dataclass(frozen=True, slots=True)
class StepForm:
    """One step as typed; `filters` and `otherwise` are a condition's."""

    kind: str
    chosen: tuple[str, ...] = ()
    tags: str = ""
    text: str = ""
    template: str = ""  #: of a reply: `es:listo`, its language and name; none: the text
    values: tuple[tuple[str, str], ...] = ()  #: variable of the template → what was typed
    amount: str = "1"
    unit: str = "hours"
    filters: Group = field(default_factory=Group)
    otherwise: tuple["StepForm", ...] = ()

    def value(self, custom: Mapping[str, Kind]) -> dict[str, Any]:
        """Return the step as the verbs take it."""
        if self.kind in NAMED:
            return {"kind": self.kind, NAMED[self.kind]: [_number(one) for one in self.chosen]}
        if self.kind == "tag":
            return {"kind": "tag", "tags": read_list(self.tags)}
        if self.kind == "reply":
            return {"kind": "reply"} | self._said()
        if self.kind == "wait":
            return {"kind": "wait", "amount": _number(self.amount), "unit": self.unit}
        filters, _ = filter_of_tree(self.filters, custom=custom)
        return {"kind": self.kind, "filters": filters, "otherwise": [one.value(custom) for one in self.otherwise]}

    def _said(self) -> dict[str, Any]:
        if not self.template:
            return {"text": self.text}
        language, _, name = self.template.partition(":")
        return {"template": {"name": name, "language": language, "values": dict(self.values)}}


@dataclass(frozen=True, slots=True)
class FlowForm:
    """Everything on the form."""

    name: str = ""
    trigger: str = "conversation_starts"
    accounts: tuple[str, ...] = ()
    keywords: str = ""
    tag: str = ""
    filters: Group = field(default_factory=Group)
    steps: tuple[StepForm, ...] = ()
    version: int | None = None

    def values(self, custom: Mapping[str, Kind]) -> dict[str, Any]:
        """Return what the verbs take."""
        filters, _ = filter_of_tree(self.filters, custom=custom)
        told: dict[str, Any] = {"keyword": {"keywords": read_list(self.keywords)}, "tag_added": {"tag": self.tag}}
        accounts = [_number(one) for one in self.accounts]
        return {
            "name": self.name,
            "trigger": {"kind": self.trigger, "account_ids": accounts} | told.get(self.trigger, {}),
            "filters": filters,
            "steps": [step.value(custom) for step in self.steps],
        }

    def trees(self) -> Group:
        """Return all filters of the form as children of one group: the flow's first, then those of conditions."""
        return Group("all", (self.filters, *(step.filters for step in self.steps if step.kind == "condition")))

    def with_trees(self, trees: Group) -> "FlowForm":
        """Return the form with these filters in their places."""
        filters: Iterator[Any] = iter(trees.children)
        first = _group(next(filters, None))
        steps = tuple(
            replace(step, filters=_group(next(filters, None))) if step.kind == "condition" else step
            for step in self.steps
        )
        return replace(self, filters=first, steps=steps)

    def places(self, custom: Mapping[str, Kind]) -> dict[str, Path]:
        """Return where in `trees` each place of the filters is, by the path that a fault has."""
        found: dict[str, Path] = {}
        conditions = [f"steps[{at}].filters" for at, step in enumerate(self.steps) if step.kind == "condition"]
        for at, (base, tree) in enumerate(zip(["filters", *conditions], self.trees().children, strict=True)):
            _, places = filter_of_tree(_group(tree), custom=custom)
            inside = {f"{base}.{place}": (at, *path) for place, path in places.items() if place}
            found |= {base: (at,), **inside}
        return found


def form_of_flow(flow: Flow) -> FlowForm:
    """Return the form of a stored flow."""
    trigger = flow.trigger
    return FlowForm(
        name=flow.name,
        trigger=trigger["kind"],
        accounts=tuple(str(one) for one in trigger.get("account_ids", ())),
        keywords=write_list(trigger.get("keywords", ())),
        tag=trigger.get("tag", ""),
        filters=tree_of_filter(flow.filters),
        steps=tuple(_stored(step) for step in flow.steps),
        version=flow.version,
    )


def _stored(step: Mapping[str, Any]) -> StepForm:
    template = step.get("template")
    return StepForm(
        kind=step["kind"],
        chosen=tuple(str(one) for one in step.get(NAMED.get(step["kind"], ""), ())),
        tags=write_list(step.get("tags", ())),
        text=step.get("text", ""),
        template=f"{template['language']}:{template['name']}" if template else "",
        values=tuple(template["values"].items()) if template else (),
        amount=str(step.get("amount", 1)),
        unit=step.get("unit", "hours"),
        filters=tree_of_filter(step.get("filters", {})),
        otherwise=tuple(_stored(one) for one in step.get("otherwise", ())),
    )


def read_flow_form(sent: QueryDict) -> FlowForm:
    """Return what a browser sent; whatever is missing is empty."""
    version = sent.get("version", "")
    form = FlowForm(
        name=sent.get("name", ""),
        trigger=sent.get("trigger", ""),
        accounts=tuple(sent.getlist("account")),
        keywords=sent.get("keywords", ""),
        tag=sent.get("tag", ""),
        steps=tuple(_sent(key, sent) for key in sent.getlist("order")),
        version=int(version) if version.isdecimal() and len(version) < 9 else None,
    )
    return form.with_trees(read_tokens([OPEN, "all", *sent.getlist("f"), CLOSE]))


def _sent(key: str, sent: QueryDict) -> StepForm:
    inner = () if "-" in key else sent.getlist(f"within-{key}")
    return StepForm(
        kind=sent.get(f"kind-{key}", ""),
        chosen=tuple(sent.getlist(f"to-{key}")),
        tags=sent.get(f"tags-{key}", ""),
        text=sent.get(f"text-{key}", "").replace("\r\n", "\n"),
        template=sent.get(f"template-{key}", ""),
        values=tuple(_values(f"value-{key}-", sent)),
        amount=sent.get(f"amount-{key}", "").strip(),
        unit=sent.get(f"unit-{key}", ""),
        otherwise=tuple(_sent(one, sent) for one in inner if "-" in one),
    )


def _values(before: str, sent: QueryDict) -> Iterator[tuple[str, str]]:
    for name, value in sent.items():
        variable = name.removeprefix(before)
        if variable != name and PLACEHOLDER.fullmatch(f"{{{{{variable}}}}}"):
            yield variable, str(value)


def _group(node: Any) -> Group:
    return node if isinstance(node, Group) else Group()


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
