"""
What the company calls its own fields that conditions ask about, beside the names of ids.

It reads only when a condition asks about such a field.
"""

from collections.abc import Iterable

from reparto.engine import CUSTOM

from .queries import all_custom_fields


def name_fields(asked: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Return the labels of the company's own fields among what `ids_named` found, each as (field, 0)."""
    if not any(field.startswith(CUSTOM) for field, _ in asked):
        return {}
    return {(CUSTOM + key, 0): label for key, label in all_custom_fields().values_list("key", "label")}
