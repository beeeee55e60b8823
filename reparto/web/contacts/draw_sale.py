"""
A sale as a line of the timeline, and its amount as the viewer writes numbers.

It reads nothing.
"""

from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.html import format_html
from django.utils.translation import gettext

from reparto.contacts.models import Sale


def draw_sale(one: Sale) -> dict[str, Any]:
    """Return the entry of `components/timeline.html`."""
    said = gettext("Sale of {money}, cancelled") if one.cancelled_at else gettext("Sale of {money}")
    text = format_html(said, money=format_html("<b>{}</b>", say_money(one.amount, one.currency)))
    return {"person": one.seller, "icon": "banknote", "text": text, "by": one.seller.name, "at": one.at}


def say_money(amount: Decimal, currency: str) -> str:
    """Return an amount with its currency: «1.250,50 COP» or «1,250.50 MXN»."""
    return f"{formats.number_format(amount, 2, use_l10n=True, force_grouping=True)} {currency}"
