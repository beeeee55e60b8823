"""
Make a condition fit its field: an operator that the field knows, and as many values as the operator asks for.

It judges no value; the language's own reader does.
"""

from collections.abc import Mapping
from typing import Literal

from reparto.engine import CUSTOM, FIELDS, ID_FIELDS, OPERATORS, Kind

from .filter_tree import Condition

#: How the value of a condition is asked for.
Shape = Literal["nothing", "one", "pair", "span", "list", "choice", "boxes"]
SEVERAL = ("in", "not_in", "has_any", "has_all", "has_none")
#: Fields whose values are chosen from what there is.
CHOSEN = frozenset({*ID_FIELDS, "kind"})


def kind_of(field: str, custom: Mapping[str, Kind]) -> Kind | None:
    """Return the kind of a field; None when there is no such field."""
    return FIELDS.get(field) or (custom.get(field.removeprefix(CUSTOM)) if field.startswith(CUSTOM) else None)


#: Operators that ask for the same whatever the field is.
BY_OPERATOR: Mapping[str, Shape] = {
    "empty": "nothing",
    "not_empty": "nothing",
    "last": "span",
    "before_last": "span",
    "between": "pair",
}


def shape_of(field: str, op: str) -> Shape:
    """Return how the value is asked for."""
    if op in BY_OPERATOR:
        return BY_OPERATOR[op]
    if op in SEVERAL:
        return "boxes" if field in CHOSEN else "list"
    return "choice" if field in CHOSEN else "one"


def offered(field: str, kind: Kind, *, chosen: str) -> tuple[str, ...]:
    """Return the operators to choose from: no equality of instants, which nothing has, unless it stands there."""
    pointless = kind == "date" and not field.startswith(CUSTOM)
    return tuple(op for op in OPERATORS[kind] if op == chosen or not (pointless and op == "="))


def fit_condition(condition: Condition, custom: Mapping[str, Kind]) -> Condition:
    """Return the condition with an operator of its field and the right number of values; what fits is kept."""
    kind = kind_of(condition.field, custom)
    if kind is None:
        return condition
    known = offered(condition.field, kind, chosen=condition.op)
    op = condition.op if condition.op in known else known[0]
    shape, values = shape_of(condition.field, op), condition.values
    if shape == "nothing":
        return Condition(condition.field, op)
    if shape == "boxes":
        return Condition(condition.field, op, tuple(value for value in values if value))
    if shape == "list":
        # Several typed words share one control.
        return Condition(condition.field, op, (", ".join(value for value in values if value),))
    wanted = 2 if shape in ("pair", "span") else 1
    presets = ("7", "days") if shape == "span" else ("", "")
    fitted = tuple(values[place] if place < len(values) else presets[place] for place in range(wanted))
    return Condition(condition.field, op, fitted)
