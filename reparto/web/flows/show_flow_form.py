"""
The editor's form as the template draws it: what was typed, what may be chosen, what is wrong.

It checks nothing; the verbs did.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from reparto.channels.queries import all_accounts, all_templates
from reparto.channels.whatsapp.fill_placeholders import read_placeholders
from reparto.contacts.queries import all_tags, custom_kinds
from reparto.flows.fill_text import VARIABLES
from reparto.kit.faults import Fault, Invalid
from reparto.people.actor import Actor
from reparto.people.models import Group, Person
from reparto.people.queries import all_groups, all_people

from ..filters.filter_tree import Path
from ..filters.show_tree import show_tree
from .flow_form import KINDS, FlowForm, StepForm
from .say_flow import step_words, trigger_words, unit_words


def show_flow_form(form: FlowForm, *, actor: Actor, invalid: Invalid | None = None) -> dict[str, Any]:
    """Return the context of `flows/editor.html`."""
    faults = invalid.faults if invalid else ()
    places = form.places(custom_kinds()) if faults else {}
    trees = show_tree(form.trees(), _faults_of_filters(faults, places), actor=actor)
    drawing = _Drawing(trees["children"], _faults_of_steps(faults))
    return {
        "form": form,
        "triggers": [
            {"value": kind, "label": label, "on": kind == form.trigger} for kind, label in trigger_words().items()
        ],
        "accounts": _accounts(form),
        "tree": trees["children"][0],
        "steps": drawing.steps(form.steps),
        "addable": _kinds(KINDS),
        "addable_inside": _kinds(kind for kind in KINDS if kind != "condition"),
        "tags": [tag.name for tag in all_tags()[:500]],
        "variables": [f"{{{{{name}}}}}" for name in VARIABLES],
        "faults": _faults_of_fields(faults),
    }


class _Drawing:
    def __init__(self, trees: Sequence[dict[str, Any]], faults: Mapping[str, str]) -> None:
        self.trees, self.faults = iter(trees[1:]), faults
        self.people: dict[str, Any] = {str(one.pk): one for one in all_people()}
        self.groups: dict[str, Any] = {str(one.pk): one for one in all_groups()}
        self.templates = {f"{one.language}:{one.name}": one for one in all_templates()}

    def steps(self, steps: Sequence[StepForm], above: str = "") -> list[dict[str, Any]]:
        """Return steps in their order, each with its key."""
        last = len(steps) - 1
        return [
            self.step(step, f"{above}{place}") | {"number": place + 1, "first": place == 0, "last": place == last}
            for place, step in enumerate(steps)
        ]

    def step(self, step: StepForm, key: str) -> dict[str, Any]:
        """Return one step."""
        shown = {
            "key": key,
            "kind": step.kind,
            "label": step_words().get(step.kind, step.kind),
            "form": step,
            "fault": self.faults.get(key, ""),
            "units": [{"value": one, "label": said, "on": one == step.unit} for one, said in unit_words().items()],
        }
        if step.kind == "condition":
            return shown | {"tree": next(self.trees), "otherwise": self.steps(step.otherwise, f"{key}-")}
        return shown | (self.said(step) if step.kind == "reply" else self.named(step))

    def said(self, step: StepForm) -> dict[str, Any]:
        """Return the templates that a reply may send, and what the chosen one asks for."""
        chosen, values = self.templates.get(step.template), dict(step.values)
        offered = {key: f"{one.name} ({one.language})" for key, one in self.templates.items()}
        if step.template and chosen is None:
            offered[step.template] = gettext("a template that is no longer there")
        return {
            "offered": [{"value": key, "label": name, "on": key == step.template} for key, name in offered.items()],
            "body": chosen.body if chosen else "",
            "asked": [
                {"name": name, "value": values.get(name, "")}
                for name in (read_placeholders(chosen.body) if chosen else ())
            ],
        }

    def named(self, step: StepForm) -> dict[str, Any]:
        """Return the chips of a step that assigns, and whom one may still add."""
        known = self.people if step.kind == "assign_people" else self.groups
        gone = gettext("somebody who is no longer here")
        chips: list[dict[str, Any]] = [
            {
                "token": one,
                "name": known[one].name if one in known else gone,
                "person": self.people.get(one),
                "suspended": one in known and not _works(known[one]),
            }
            for one in step.chosen
        ]
        free = [(key, thing.name) for key, thing in known.items() if key not in step.chosen and _works(thing)]
        return {"chips": chips, "free": free, "is_people": step.kind == "assign_people"} | {
            "suspended": ", ".join(chip["name"] for chip in chips if chip["suspended"])
        }


def _works(thing: Person | Group) -> bool:
    return getattr(thing, "suspended_at", None) is None


def _kinds(kinds: Iterable[str]) -> list[dict[str, str]]:
    icons = {
        "assign_people": "user-plus",
        "assign_groups": "users",
        "reply": "message-circle",
        "tag": "tag",
        "wait": "clock",
        "condition": "split",
    }
    return [{"value": kind, "label": step_words()[kind], "icon": icons[kind]} for kind in kinds]


def _accounts(form: FlowForm) -> list[dict[str, Any]]:
    return [
        {"value": str(one.pk), "label": one.name, "on": str(one.pk) in form.accounts}
        for one in all_accounts().order_by("id")
    ]


def _faults_of_fields(faults: Iterable[Fault]) -> dict[str, str]:
    """Return the faults by field; of the trigger, by what it is told."""
    found: dict[str, str] = {}
    for fault in faults:
        field = fault.path.removeprefix("trigger.").split(".")[0].split("[")[0]
        if field != "steps" or fault.path == "steps":
            found.setdefault(field or "whole", fault.message)
        else:
            found.setdefault("inside", fault.message)
    return found


def _faults_of_steps(faults: Iterable[Fault]) -> dict[str, str]:
    """Return what is wrong by the key of the step in which it is; of filters only that there is none."""
    found: dict[str, str] = {}
    for fault in faults:
        parts = fault.path.split(".")
        if not parts[0].startswith("steps[") or any(part == "filters" for part in parts[1:-1]):
            continue
        key = parts[0][6:-1]
        if len(parts) > 1 and parts[1].startswith("otherwise["):
            key += "-" + parts[1][10:-1]
        found.setdefault(key, fault.message)
    return found


def _faults_of_filters(faults: Iterable[Fault], places: Mapping[str, Path]) -> dict[Path, str]:
    """Return what is wrong inside filters, by the condition in which it is."""
    found: dict[Path, str] = {}
    for fault in faults:
        place = fault.path
        while place and place not in places:
            place = place.rpartition(".")[0]
        # Of a filter that is empty the step says so itself.
        if place and (place != fault.path or len(places[place]) > 1):
            found.setdefault(places[place], fault.message)
    return found
