"""
Write docs/reference/fields.md from the filter language's own catalogue.

By `.venv/bin/python scripts/write_fields.py`. It judges nothing.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from reparto.engine import FIELDS, ID_FIELDS, OPERATORS, UNITS, Kind  # noqa: E402 (the folder above is not on the path of a script)

PAGE = ROOT / "docs" / "reference" / "fields.md"
#: What each operator asks, and an example of its value.
MEANING = {
    "is": ("is this", '`"Lima"`'),
    "is_not": ("is anything else, or nothing", '`"Lima"`'),
    "contains": ("has this in it", '`"transp"`'),
    "starts": ("begins so", '`"+51"`'),
    "empty": ("has no value", "none"),
    "not_empty": ("has a value", "none"),
    "in": ("is one of these", '`["MX", "CO"]`'),
    "not_in": ("is none of these, or nothing", '`["MX", "CO"]`'),
    "=": ("is exactly", '`5`, `"2026-07-01T09:00:00-06:00"`'),
    "<": ("is less, or earlier", "`5`"),
    "<=": ("is at most, or until", "`5`"),
    ">": ("is more, or later", "`5`"),
    ">=": ("is at least, or from", "`5`"),
    "between": ("lies between the two, both included", "`[2, 8]`"),
    "last": ("lies in the stretch that ends now", '`{"amount": 7, "unit": "days"}`'),
    "before_last": ("lies before that stretch", '`{"amount": 3, "unit": "months"}`'),
    "has": ("has this one", '`"flota"`'),
    "has_any": ("has at least one of these", '`["flota", "vip"]`'),
    "has_all": ("has all of these", '`["flota", "vip"]`'),
    "has_none": ("has none of these", '`["baja"]`'),
}
KINDS: dict[Kind, str] = {
    "text": "A text; accents and case are ignored. Of several values (phone, e-mail) one is enough.",
    "choice": "One of a list.",
    "number": "A number.",
    "date": "An instant with its offset.",
    "set": "Several of a list.",
}
INTRODUCTION = """\
# Fields and operators of filters

Made from `reparto/engine/fields.py` by `scripts/write_fields.py`; a test fails while the two differ.

Rules, the contact list, saved views and the API ask in this one language. It has two readers, in memory and in SQL; a
property test holds them equal.

    {"all": [{"field": "country", "op": "in", "value": ["MX", "CO"]},
             {"any": [{"field": "tags", "op": "has", "value": "flota"},
                      {"field": "sellers", "op": ">=", "value": 5}]},
             {"not": {"field": "email", "op": "empty"}}]}

`all`, `any` and `not` may be nested. `{}` holds for everybody. There are two answers only, yes and no: whoever has no
value meets `empty`, `is_not`, `not_in` and `has_none`, and nothing else.
"""


def write_page() -> str:
    """Return the page."""
    return "\n".join([INTRODUCTION, *_fields(), "", *_operators(), ""])


def _fields() -> Iterator[str]:
    yield "## Fields\n"
    yield from _table(
        ("field", "kind", "value"),
        ((f"`{name}`", kind, _value_of(name)) for name, kind in FIELDS.items()),
    )
    yield ""
    yield "A company's own fields are written `custom.KEY`, with the kind that the company gave them."


def _value_of(name: str) -> str:
    if name == "country":
        return "its two letters or its name: `MX`, `México` and `Mexico` are one"
    return "an id, a whole number" if name in ID_FIELDS else ""


def _operators() -> Iterator[str]:
    yield "## Operators"
    for kind, operators in OPERATORS.items():
        yield f"\n### {kind}\n\n{KINDS[kind]}\n"
        yield from _table(
            ("operator", "the contact's value …", "for example"), ((f"`{one}`", *MEANING[one]) for one in operators)
        )
    units = ", ".join(UNITS)
    yield f"\nUnits of `last` and `before_last`: {units}. Days are 24 hours; a month is a calendar month."


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


if __name__ == "__main__":
    PAGE.write_text(write_page(), encoding="utf-8")
