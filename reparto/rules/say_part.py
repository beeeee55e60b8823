"""
One part of a rule in words: what it is set to.

It compares nothing; names are those that it is given.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext

from reparto.contacts.spell_filter import spell_filter

from .find_template import all_templates
from .read_rule_names import Names
from .rule_labels import choice_labels, say_after


def say_part(name: str, value: Any, names: Names) -> str:
    """Return the value of a part, by the contract's name, that was read before."""
    if name in _SAYERS:
        return _SAYERS[name](value, names)
    if value is None or value == "":
        return gettext("none")
    return choice_labels().get((name, str(value)), str(value))


def say_target(target: Mapping[str, Any], names: Names) -> str:
    """Return one of *Assign to*, with its weight where it is not the preset one."""
    key = ("owner", target["person_id"]) if target.get("person_id") else ("groups", target.get("group_id") or 0)
    name = names.get(key, gettext("somebody who is no longer here"))
    weight = target.get("weight", 1)
    return name if weight == 1 else f"{name} × {weight}"


def _filters(node: Mapping[str, Any], names: Names) -> str:
    return "".join(word for word, _ in spell_filter(node, names, top=True)) if node else gettext("for every contact")


def _after(after: Mapping[str, Any] | None, _names: Names) -> str:
    return say_after(after) if after else gettext("at once")


def _active(active: bool, _names: Names) -> str:
    return gettext("Active") if active else gettext("Paused")


def _tags(tags: Iterable[str], _names: Names) -> str:
    return ", ".join(tags) or gettext("none")


def _targets(targets: Iterable[Mapping[str, Any]], names: Names) -> str:
    return ", ".join(say_target(one, names) for one in targets) or gettext("none")


def _template(template_id: int | None, _names: Names) -> str:
    if template_id is None:
        return gettext("none")
    found = all_templates().filter(pk=template_id).first()
    return found.name if found else gettext("A template that was deleted")


_SAYERS: Mapping[str, Callable[[Any, Names], str]] = {
    "filters": _filters,
    "after": _after,
    "active": _active,
    "tags": _tags,
    "assign_to": _targets,
    "template_id": _template,
}
