"""
One press of a button inside the editor that saves nothing: steps, whom they name, filters, or only drawing it anew.

A press that names no step changes nothing.
"""

from collections.abc import Callable
from dataclasses import replace

from django.http import QueryDict

from ..filters.change_tree import change_tree
from .flow_form import KINDS, NAMED, FlowForm, StepForm

type Steps = tuple[StepForm, ...]


def change_flow_form(form: FlowForm, step: str, *, sent: QueryDict) -> FlowForm:
    """Return the form after a step; `sent` says what was chosen to be added."""
    act, _, rest = step.partition(":")
    if act == "plus":
        return _added(form, rest)
    key, _, token = rest.partition(":")
    if act == "drop":
        return _at(form, key, lambda steps, place: (*steps[:place], *steps[place + 1 :]))
    if act in ("up", "down"):
        return _at(form, key, lambda steps, place: _moved(steps, place, -1 if act == "up" else 1))
    if act == "put":
        return _named(form, key, lambda chosen: tuple(dict.fromkeys([*chosen, sent.get(f"add-{key}", "")])))
    if act == "out":
        return _named(form, key, lambda chosen: tuple(one for one in chosen if one != token))
    return form.with_trees(change_tree(form.trees(), step))


def _added(form: FlowForm, wanted: str) -> FlowForm:
    kind, _, key = wanted.partition(":")
    if kind not in KINDS:
        return form
    new = StepForm(kind)
    if not key:
        return replace(form, steps=(*form.steps, new))
    return _changed(form, key, lambda step: replace(step, otherwise=(*step.otherwise, new)))


def _named(form: FlowForm, key: str, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> FlowForm:
    def named(step: StepForm) -> StepForm:
        known = tuple(one for one in change(step.chosen) if one.isdecimal())
        return replace(step, chosen=known) if step.kind in NAMED else step

    return _changed(form, key, named)


def _changed(form: FlowForm, key: str, change: Callable[[StepForm], StepForm]) -> FlowForm:
    return _at(form, key, lambda steps, place: (*steps[:place], change(steps[place]), *steps[place + 1 :]))


def _at(form: FlowForm, key: str, change: Callable[[Steps, int], Steps]) -> FlowForm:
    """Return the form with the steps changed among which a key (`2`, `2-0`) is."""
    parts = key.split("-")
    if not all(part.isascii() and part.isdecimal() and len(part) < 4 for part in parts) or len(parts) > 2:
        return form
    place = int(parts[0])
    if place >= len(form.steps):
        return form
    if len(parts) == 1:
        return replace(form, steps=change(form.steps, place))
    step, inner = form.steps[place], int(parts[1])
    if inner >= len(step.otherwise):
        return form
    changed = replace(step, otherwise=change(step.otherwise, inner))
    return replace(form, steps=(*form.steps[:place], changed, *form.steps[place + 1 :]))


def _moved(steps: Steps, place: int, by: int) -> Steps:
    if not 0 <= place + by < len(steps):
        return steps
    order = list(steps)
    order.insert(place + by, order.pop(place))
    return tuple(order)
