"""
The editor's form as the template draws it: what was typed, what may be chosen, what may not and why, what is wrong.

It checks nothing; the verbs did.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from reparto.contacts.queries import all_tags
from reparto.kit.faults import Fault, Invalid
from reparto.kit.organizations import this_organization
from reparto.people.actor import Actor
from reparto.rules.find_template import all_templates
from reparto.rules.read_rule import BASIC_STRATEGIES, STRATEGIES, TRIGGERS, UNITS

from ..ask import Choice, choices_of
from ..filters.filter_tree import Path
from ..filters.place_faults import place_faults
from ..filters.show_tree import show_tree, units
from .rule_form import WAITS, RuleForm
from .show_targets import show_targets
from .summarize_rule import trigger_labels


def show_form(
    form: RuleForm,
    *,
    actor: Actor,
    rule_id: int,
    at: datetime,
    invalid: Invalid | None = None,
    places: Mapping[str, Path] | None = None,
) -> dict[str, Any]:
    """Return the context of `rules/editor.html`."""
    faults = invalid.faults if invalid else ()
    return {
        "form": form,
        "entities": _entities(form),
        "triggers": _triggers(form),
        "waits": form.trigger in WAITS,
        "trigger_says": _trigger_says(form.trigger),
        "units": [{"value": unit, "label": units()[unit], "on": unit == form.unit} for unit in UNITS],
        "clocks": _clocks(form),
        "strategies": _strategies(form),
        "if_nobody": _if_nobody(form),
        "to": show_targets(form, rule_id=rule_id, at=at),
        "tree": show_tree(
            form.filters, place_faults((one for one in faults if one.path != "filters"), places or {}), actor=actor
        ),
        "tags": [tag.name for tag in all_tags()[:500]],
        "templates": _templates(form),
        "no_mail": not settings.MAILERS,
        "faults": _faults_of_fields(faults),
    }


def _faults_of_fields(faults: tuple[Fault, ...]) -> dict[str, str]:
    """Return the faults by field; what is wrong inside a list stands beside the list."""
    found: dict[str, str] = {}
    for fault in faults:
        field = fault.path.split(".")[0].split("[")[0]
        if field != "filters" or fault.path == "filters":
            # What is wrong with the list of rules, or with another rule of it, has no field here.
            found.setdefault("whole" if field in ("", "rules") else field, fault.message)
    return found


def _entities(form: RuleForm) -> list[dict[str, Any]]:
    labels = {"prospect": gettext("Prospects"), "client": gettext("Clients")}
    return [{"value": value, "label": label, "on": value == form.entity} for value, label in labels.items()]


def _triggers(form: RuleForm) -> list[dict[str, Any]]:
    labels = trigger_labels()
    return [
        {
            "value": value,
            "label": labels[value],
            "on": value == form.trigger,
        }
        for value in TRIGGERS
    ]


def _trigger_says(trigger: str) -> str:
    return {
        "no_followup": gettext(
            "The last call, message, visit or note is older than this; where there never was one, the assignment is."
        ),
        "no_first_followup": gettext("For so long it has been its owner's, and nobody has followed up even once."),
        "no_sales": gettext("A client bought nothing for so long. A sale that was cancelled or refunded is none."),
    }.get(trigger, gettext("A contact arrives by itself: by a form, a message, an advertisement or the API."))


def _clocks(form: RuleForm) -> list[dict[str, Any]]:
    labels = {"calendar": gettext("Calendar time"), "working": gettext("Working time")}
    return [{"value": value, "label": label, "on": value == form.clock} for value, label in labels.items()]


def _strategies(form: RuleForm) -> list[dict[str, Any]]:
    labels = {
        "round_robin": (gettext("In turn"), gettext("One by one, in the order of the list")),
        "close_rate": (gettext("Close rate"), gettext("From who closes most to who closes least")),
        "followup_speed": (gettext("Follow-up speed"), gettext("From the fastest to the slowest")),
        "least_loaded": (
            gettext("Least workload"),
            gettext("Whoever has the least open work; who begins with none receives until level"),
        ),
        "weighted": (gettext("By weight"), gettext("In proportion to the weight of each")),
    }
    basic = this_organization().edition == "basic"
    return [
        {"value": value, "label": labels[value][0], "on": value == form.strategy}
        | _why_not(value, labels[value][1], basic=basic, present=value == form.strategy)
        for value in STRATEGIES
    ]


def _why_not(value: str, said: str, *, basic: bool, present: bool) -> dict[str, Any]:
    if basic and value not in BASIC_STRATEGIES:
        return {"said": gettext("Not in the basic edition; the pro edition has it."), "disabled": not present}
    return {"said": said, "disabled": False}


def _templates(form: RuleForm) -> tuple[Choice, ...]:
    """Return the catalogue, and no mail at all; one that is gone stays chosen until another is."""
    kept = [(str(template.pk), template.name) for template in all_templates()]
    if form.template and form.template not in {key for key, _ in kept}:
        kept.append((form.template, gettext("A template that was deleted")))
    return choices_of([("", gettext("No mail")), *kept], chosen=form.template)


def _if_nobody(form: RuleForm) -> list[dict[str, Any]]:
    labels = {
        "next": gettext("The next rule is asked"),
        "wait": gettext("It waits for somebody of this rule"),
    }
    return [{"value": value, "label": label, "on": value == form.if_nobody} for value, label in labels.items()]
