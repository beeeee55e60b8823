"""
Read the steps of a flow: kinds, who and what they name, texts, times; every fault with its place.

A condition has steps of its own for whoever does not meet it; those have no further conditions.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from reparto.contacts.read_filter import read_filter
from reparto.contacts.read_tags import read_tags
from reparto.conversations.send_reply import MAX_TEXT
from reparto.kit.faults import Faults
from reparto.kit.read_choice import is_id, read_choice, read_integer
from reparto.kit.read_text import read_lines
from reparto.people.queries import known_groups, known_people

from .fill_text import unknown_variables
from .read_reply import read_reply

#: Kind → the fields that it has beside its kind.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "assign_people": ("person_ids",),
    "assign_groups": ("group_ids",),
    "tag": ("tags",),
    "reply": ("text",),
    "wait": ("amount", "unit"),
    "condition": ("filters", "otherwise"),
}
UNITS = ("minutes", "hours", "days", "weeks")
MOST_AMOUNT = 1_000
MOST_STEPS = 50
MOST_NAMED = 100


def read_steps(raw: Any, *, path: str, faults: Faults, inner: bool = False) -> list[dict[str, Any]]:
    """Return the steps as they are stored; `inner` for those of a condition."""
    if not isinstance(raw, Sequence) or isinstance(raw, str) or len(raw) > MOST_STEPS:
        faults.add(path, "not_steps", gettext("Write a list of at most %(limit)d steps.") % {"limit": MOST_STEPS})
        return []
    return [_step(one, f"{path}[{place}]", faults, inner=inner) for place, one in enumerate(raw)]


def _step(raw: Any, path: str, faults: Faults, *, inner: bool) -> dict[str, Any]:
    given = dict(raw) if isinstance(raw, Mapping) else {}
    kinds = [kind for kind in FIELDS if kind != "condition" or not inner]
    kind = read_choice(given.get("kind"), path=f"{path}.kind", choices=kinds, faults=faults)
    if not kind:
        return {}
    # A reply says a text of ours or a template of WhatsApp's, one or the other.
    wanted = ("template",) if kind == "reply" and "template" in given else FIELDS[kind]
    for name in given.keys() - {"kind", *wanted}:
        faults.add(f"{path}.{name}", "unknown_field", gettext("There is no such field."))
    return {"kind": kind} | {name: _READERS[name](given.get(name), f"{path}.{name}", faults) for name in wanted}


def _ids(raw: Any, path: str, faults: Faults, *, known: Callable[[Any], set[int]], missing: str) -> list[int]:
    if not isinstance(raw, Sequence) or isinstance(raw, str) or not 1 <= len(raw) <= MOST_NAMED:
        faults.add(path, "empty", gettext("Choose at least one."))
        return []
    there = known(raw)
    for place, one in enumerate(raw):
        if not is_id(one) or one not in there:
            faults.add(f"{path}[{place}]", missing, gettext("There is no such person or group."))
    return list(dict.fromkeys(one for one in raw if is_id(one)))


def _people(raw: Any, path: str, faults: Faults) -> list[int]:
    return _ids(raw, path, faults, known=known_people, missing="unknown_person")


def _groups(raw: Any, path: str, faults: Faults) -> list[int]:
    return _ids(raw, path, faults, known=known_groups, missing="unknown_group")


def _tags(raw: Any, path: str, faults: Faults) -> list[str]:
    tags = read_tags(raw, path=path, faults=faults)
    if isinstance(raw, Sequence) and not raw:
        faults.add(path, "empty", gettext("Choose at least one."))
    return tags


def _text(raw: Any, path: str, faults: Faults) -> str:
    text = read_lines(raw if raw is not None else "", path=path, limit=MAX_TEXT, faults=faults)
    for name in unknown_variables(text):
        faults.add(path, "unknown_variable", gettext("There is no variable «%(name)s».") % {"name": name})
    return text


def _amount(raw: Any, path: str, faults: Faults) -> int:
    return read_integer(raw, path=path, least=1, most=MOST_AMOUNT, faults=faults)


def _unit(raw: Any, path: str, faults: Faults) -> str:
    return read_choice(raw, path=path, choices=UNITS, faults=faults)


def _filters(raw: Any, path: str, faults: Faults) -> Any:
    if not raw:
        faults.add(path, "empty", gettext("Say what has to be met."))
        return {}
    read_filter(raw, path=path, faults=faults)
    return raw


def _otherwise(raw: Any, path: str, faults: Faults) -> list[dict[str, Any]]:
    return read_steps([] if raw is None else raw, path=path, faults=faults, inner=True)


_READERS: Mapping[str, Callable[[Any, str, Faults], Any]] = {
    "person_ids": _people,
    "group_ids": _groups,
    "tags": _tags,
    "text": _text,
    "template": read_reply,
    "amount": _amount,
    "unit": _unit,
    "filters": _filters,
    "otherwise": _otherwise,
}
