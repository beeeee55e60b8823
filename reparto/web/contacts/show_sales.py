"""
The sales of a contact, for its profile.

It records nothing.
"""

from typing import Any

from reparto.contacts.currency_of import CURRENCIES, currency_of
from reparto.contacts.models import Contact
from reparto.contacts.sales_of import sales_of
from reparto.kit.organizations import this_organization

from .draw_sale import say_money

SHOWN = 5


def show_sales(contact: Contact, *, may_sell: bool) -> dict[str, Any]:
    """Return the latest sales, and what the form offers."""
    latest = list(sales_of(contact.pk)[:SHOWN])
    rows = [{"row": one, "money": say_money(one.amount, one.currency)} for one in latest]
    if not may_sell:
        return {"rows": rows}
    return {
        "rows": rows,
        "may": True,
        "currency": latest[0].currency if latest else currency_of(this_organization().country),
        "currencies": sorted(CURRENCIES),
    }
