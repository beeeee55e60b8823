"""
From what the validation library found to faults of ours: a path, a stable code, a sentence in the caller's language.

It judges nothing itself.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from reparto.kit.faults import Fault

#: The library's type → our code and sentence. `%(…)s` names are those of the library's context.
KNOWN: Mapping[str, tuple[str, str]] = {
    "missing": ("missing", _("This is missing.")),
    "extra_forbidden": ("unknown_field", _("There is no such field.")),
    "int_type": ("not_an_integer", _("Write a whole number.")),
    "int_parsing": ("not_an_integer", _("Write a whole number.")),
    "int_parsing_size": ("not_an_integer", _("Write a whole number.")),
    "int_from_float": ("not_an_integer", _("Write a whole number.")),
    "decimal_type": ("not_a_number", _("Write a number.")),
    "decimal_parsing": ("not_a_number", _("Write a number.")),
    "finite_number": ("not_a_number", _("Write a number.")),
    "greater_than_equal": ("too_small", _("Write %(ge)s or more.")),
    "less_than_equal": ("too_large", _("Write %(le)s or less.")),
    "string_type": ("not_a_text", _("Write a text.")),
    "string_too_long": ("too_long", _("Write at most %(max_length)s characters.")),
    "string_too_short": ("blank", _("Write something here.")),
    "bool_type": ("not_a_flag", _("Write true or false.")),
    "bool_parsing": ("not_a_flag", _("Write true or false.")),
    "list_type": ("not_a_list", _("Write a list.")),
    "too_long": ("too_many", _("Name at most %(max_length)s.")),
    "too_short": ("too_few", _("Name at least %(min_length)s.")),
    "dict_type": ("not_an_object", _("Write an object.")),
    "model_type": ("not_an_object", _("Write an object.")),
    "model_attributes_type": ("not_an_object", _("Write an object.")),
    "literal_error": ("unknown_choice", _("Choose one of: %(expected)s.")),
    "not_an_instant": ("not_an_instant", _("Write an instant such as 2026-11-17T10:00:00-06:00.")),
    "timezone_aware": ("no_offset", _("Write the offset too, such as 2026-11-17T10:00:00-06:00.")),
}
INSTANT = KNOWN["not_an_instant"]
OTHER = ("not_usable", _("This cannot be used."))


def read_shape_faults(errors: Sequence[Mapping[str, Any]]) -> tuple[Fault, ...]:
    """Return one fault for each thing that the library found, in its order."""
    return tuple(_fault(error) for error in errors)


def _fault(error: Mapping[str, Any]) -> Fault:
    kind = str(error["type"])
    code, sentence = KNOWN.get(kind, INSTANT if kind.startswith("datetime") else OTHER)
    # Limits and choices are ours; nothing that the caller sent is repeated.
    context = {name: str(value).replace(" or ", ", ").replace("'", "") for name, value in error.get("ctx", {}).items()}
    message = gettext(sentence)
    return Fault(_path(error["loc"]), code, message % context if "%(" in message else message)


def _path(location: Sequence[str | int]) -> str:
    source, *rest = location
    # The first name inside a body is that of our own parameter.
    parts = rest[1:] if source == "body" else rest
    path = ""
    for part in parts:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return path
