"""What can be wrong with a filter: codes, each with one English sentence for screens to translate. Finds nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from reparto.engine.reasons import gettext_noop

SENTENCES: Final[Mapping[str, str]] = {
    "not_an_object": gettext_noop("Write a condition as an object."),
    "unknown_node": gettext_noop("A condition has exactly one of: all, any, not, field."),
    "unknown_key": gettext_noop("There is no key {key} here."),
    "not_a_list": gettext_noop("Write a list of conditions."),
    "too_deep": gettext_noop("Conditions may be nested {limit} deep at most."),
    "too_many": gettext_noop("A filter may have {limit} conditions at most."),
    "unknown_field": gettext_noop("There is no field {field}."),
    "unknown_operator": gettext_noop("The field {field} knows: {operators}."),
    "missing_value": gettext_noop("This operator needs a value."),
    "needless_value": gettext_noop("This operator takes no value."),
    "not_a_text": gettext_noop("Write a text that is not empty."),
    "too_long": gettext_noop("A text may have {limit} characters at most."),
    "bad_characters": gettext_noop("The text has characters that cannot be stored."),
    "not_an_id": gettext_noop("Write an id, a whole number."),
    "not_a_number": gettext_noop("Write a number."),
    "not_an_instant": gettext_noop("Write an instant with its offset, for example 2026-07-01T09:00:00-06:00."),
    "not_a_pair": gettext_noop("Write a list of two values, the lower one first."),
    "not_a_list_of_values": gettext_noop("Write a list of 1 to {limit} values."),
    "not_a_window": gettext_noop("Write an amount from 1 to {limit} and a unit: {units}."),
}
"""What each code says, in English, with its parameters in braces."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a filter. To translate: SENTENCES[code] through gettext, then `format(**params)`."""

    path: str  #: e.g. `all[0].value`; empty for the filter as a whole
    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The fault in English."""
        return SENTENCES[self.code].format(**self.params)


class BadFilter(ValueError):
    """A filter cannot be read; `faults` has everything that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """Keep the faults; the message lists them with their places."""
        super().__init__("; ".join(f"{fault.path or 'filter'}: {fault.message}" for fault in faults))
        self.faults = faults
