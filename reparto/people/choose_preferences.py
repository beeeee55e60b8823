"""
Choose one's own language, time zone, look and keys.

Nobody chooses them for somebody else here; an administrator changes language and zone by `edit_person`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext

from reparto.kit.audit import record_edit
from reparto.kit.faults import Faults
from reparto.kit.read_choice import read_choice, read_flag, read_language, read_time_zone

from .actor import Actor
from .models import Person
from .permissions import check
from .queries import lock_person

COLUMNS = ("language", "time_zone")
THEMES = ("", "light", "dark")
DENSITIES = ("", "compact")
MOST_NAMES = 100


def choose_preferences(changes: Mapping[str, Any], *, actor: Actor, at: datetime) -> Person:
    """
    Change what is given of `language`, `time_zone`, `theme`, `density`, `single_keys`, `contact_columns`.

    Raises:
        Invalid: Something is wrong with the changes; has all faults.

    """
    check(actor, "me.settings")
    faults = Faults()
    values = {name: _read(name, given, faults) for name, given in changes.items()}
    faults.check()
    person = lock_person(actor.person_id)
    before = _shown(person)
    for name in COLUMNS:
        setattr(person, name, values.pop(name, getattr(person, name)))
    person.preferences = person.preferences | values
    person.save(update_fields=[*COLUMNS, "preferences"])
    record_edit(
        actor.person_id,
        "person.prefer",
        object_kind="person",
        object_id=person.pk,
        states=(before, _shown(person)),
        at=at,
    )
    return person


def _shown(person: Person) -> dict[str, Any]:
    columns: dict[str, Any] = {name: getattr(person, name) for name in COLUMNS}
    return columns | dict(person.preferences)


def _read(name: str, given: object, faults: Faults) -> Any:
    reader = _READERS.get(name)
    if reader is None:
        faults.add(name, "unknown_setting", gettext("There is no such setting."))
        return None
    return reader(given, path=name, faults=faults)


def _read_names(raw: object, *, path: str, faults: Faults) -> list[str]:
    """Return short names in their order; which there are is known where they are used."""
    if isinstance(raw, list) and len(raw) <= MOST_NAMES and all(isinstance(one, str) and len(one) <= 60 for one in raw):
        return raw
    faults.add(path, "not_a_list", gettext("Write a list."))
    return []


_READERS: Mapping[str, Callable[..., Any]] = {
    "language": read_language,
    "time_zone": read_time_zone,
    "theme": partial(read_choice, choices=THEMES),
    "density": partial(read_choice, choices=DENSITIES),
    "single_keys": read_flag,
    "contact_columns": _read_names,
}
