"""
What the company calls its own fields that conditions ask about, beside the names of ids.

It reads only when a condition asks about such a field.
"""

from collections.abc import Iterable

from django.utils.translation import gettext

from reparto.engine import CUSTOM

from .queries import all_custom_fields


def name_fields(asked: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Return the labels of the company's own fields among what `ids_named` found, as (field, 0); yes and no too."""
    if not any(field.startswith(CUSTOM) for field, _ in asked):
        return {}
    names: dict[tuple[str, int], str] = {}
    for key, label, type_ in all_custom_fields().values_list("key", "label", "type"):
        names[CUSTOM + key, 0] = label
        if type_ == "yesno":
            names |= {(f"{CUSTOM}{key}=true", 0): gettext("Yes"), (f"{CUSTOM}{key}=false", 0): gettext("No")}
    return names
