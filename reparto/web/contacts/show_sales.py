"""
The sales of a contact, for its profile.

It records nothing.
"""

from collections.abc import Iterable
from typing import Any

from reparto.contacts.currency_of import CURRENCIES, currency_of
from reparto.contacts.models import Sale

from .draw_sale import say_money

SHOWN = 5


def show_sales(sales: Iterable[Sale], *, country: str, may_sell: bool) -> dict[str, Any]:
    """Return the latest sales, and what the form offers; `country`: whose money is offered before the first one."""
    latest = list(sales)
    rows = [{"row": one, "money": say_money(one.amount, one.currency)} for one in latest]
    if not may_sell:
        return {"rows": rows}
    return {
        "rows": rows,
        "may": True,
        "currency": latest[0].currency if latest else currency_of(country),
        "currencies": sorted(CURRENCIES),
    }
