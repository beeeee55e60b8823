"""Read the value of one condition into what the readers of the language compare. Pure; knows no contact."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final

from reparto.engine.fields import ID_FIELDS, UNITS, Kind
from reparto.engine.fold import fold
from reparto.engine.fold_country import fold_country
from reparto.engine.nodes import Window

TEXT_LIMIT: Final = 1000
LIST_LIMIT: Final = 200
AMOUNT_LIMIT: Final = 100_000
NUMBER_LIMIT: Final = 2**53  #: beyond it a floating number and a whole one are not the same in every database


class Unreadable(ValueError):
    """A value does not fit its operator; `code` and `params` are those of a fault."""

    def __init__(self, code: str, **params: object) -> None:
        """Keep code and parameters for the fault that the parser writes."""
        super().__init__(code)
        self.code, self.params = code, params


def read_value(raw: object, *, field: str, kind: Kind, op: str, countries: bool = True) -> object:
    """
    Read a value for a field and an operator that its kind knows; with `countries` a country is one however written.

    Raises:
        Unreadable: The value does not fit; says how.

    """
    one = _reader_of(field, kind, countries=countries)
    if op in ("in", "not_in", "has_any", "has_all", "has_none"):
        return _several(raw, one)
    if op == "between":
        return _pair(raw, one)
    if op in ("last", "before_last"):
        return _window(raw)
    return one(raw)


def _reader_of(field: str, kind: Kind, *, countries: bool) -> Callable[[object], object]:
    if field in ID_FIELDS:
        return _id
    return _country if countries and field == "country" else _SINGLE[kind]


def _text(raw: object) -> str:
    if not isinstance(raw, str) or not raw:
        raise Unreadable("not_a_text")
    if len(raw) > TEXT_LIMIT:
        raise Unreadable("too_long", limit=TEXT_LIMIT)
    if "\0" in raw or any("\ud800" <= sign <= "\udfff" for sign in raw):
        raise Unreadable("bad_characters")
    folded = fold(raw)
    if not folded:
        raise Unreadable("not_a_text")
    return folded


def _country(raw: object) -> str:
    return fold_country(_text(raw))


def _id(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 < raw < 2**63:
        raise Unreadable("not_an_id")
    return raw


def _number(raw: object) -> int | float:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise Unreadable("not_a_number")
    # Not every whole number is a floating one, and NaN is within no bounds.
    if not abs(raw) <= NUMBER_LIMIT:
        raise Unreadable("not_a_number")
    return raw


def _instant(raw: object) -> datetime:
    try:
        instant = datetime.fromisoformat(raw) if isinstance(raw, str) else None
        if instant is not None and instant.tzinfo is not None:
            return instant.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise Unreadable("not_an_instant")


_SINGLE: Final[Mapping[Kind, Callable[[object], object]]] = {
    "text": _text,
    "choice": _text,
    "set": _text,
    "number": _number,
    "date": _instant,
}


def _several(raw: object, one: Callable[[object], object]) -> tuple[object, ...]:
    if not isinstance(raw, list | tuple) or not 1 <= len(raw) <= LIST_LIMIT:
        raise Unreadable("not_a_list_of_values", limit=LIST_LIMIT)
    return tuple(dict.fromkeys(one(value) for value in raw))


def _pair(raw: object, one: Callable[[object], object]) -> tuple[object, object]:
    if not isinstance(raw, list | tuple) or len(raw) != 2:
        raise Unreadable("not_a_pair")
    low, high = one(raw[0]), one(raw[1])
    if low > high:  # type: ignore[operator]  # two numbers or two instants, by `one`
        raise Unreadable("not_a_pair")
    return low, high


def _window(raw: object) -> Window:
    if isinstance(raw, Mapping) and set(raw) == {"amount", "unit"} and raw["unit"] in UNITS:
        amount = raw["amount"]
        if isinstance(amount, int) and not isinstance(amount, bool) and 1 <= amount <= AMOUNT_LIMIT:
            return Window(amount=amount, unit=raw["unit"])
    raise Unreadable("not_a_window", limit=AMOUNT_LIMIT, units=", ".join(UNITS))
