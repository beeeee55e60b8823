"""
One question of a form as `forms/fields.html` draws it: label, control, what was typed, what is wrong with it.

It reads nothing; verbs read what comes back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from reparto.kit.faults import Invalid


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a select."""

    value: str
    label: str | Promise
    on: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """A question; the names are the parameters of `components/field.html`."""

    name: str
    label: str | Promise
    value: object = ""
    type: str = "text"
    hint: str | Promise = ""
    error: str = ""
    choices: tuple[Choice, ...] = ()
    required: bool = False
    optional: bool = False
    autocomplete: str = ""
    inputmode: str = ""
    placeholder: str = ""
    autofocus: bool = False

    @property
    def id(self) -> str:
        """The id of the control."""
        return f"f-{self.name}"


def choices_of(options: Iterable[tuple[object, str | Promise]], *, chosen: object) -> tuple[Choice, ...]:
    """Return the answers of a select, the chosen one marked."""
    return tuple(Choice(str(value), label, on=str(value) == str(chosen)) for value, label in options)


def faults_by_path(invalid: Invalid | None) -> Mapping[str, str]:
    """Return what is wrong by its place, the first fault of each; nothing when nothing is."""
    found: dict[str, str] = {}
    for fault in invalid.faults if invalid else ():
        found.setdefault(fault.path, fault.message)
    return found
