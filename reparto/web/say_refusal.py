"""A reason against somebody in the few words for which a chip, a picker or a list has room."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext

from reparto.engine import Refusal


def say_reason(code: str) -> str:
    """Return the reason of this code, short."""
    return {
        "suspended": gettext("suspended"),
        "does_not_receive": gettext("does not receive"),
        "account_disabled": gettext("not on this account"),
        "offline": gettext("off shift"),
        "away": gettext("away"),
        "no_sign_of_life": gettext("not connected"),
        "absent": gettext("on leave"),
        "off_shift": gettext("outside working hours"),
        "holiday": gettext("on a holiday"),
        "at_capacity": gettext("at the limit"),
        "at_account_cap": gettext("at the limit of this account"),
        "at_hourly_limit": gettext("at the limit of the hour"),
        "at_daily_limit": gettext("at the limit of the day"),
        "weight_zero": gettext("weight zero"),
    }.get(code, gettext("cannot receive"))


def say_refusal(refusal: Refusal | None) -> str:
    """Return why somebody would rather not, with the figure or the moment behind it; "" when there is no reason."""
    if refusal is None:
        return ""
    return " ".join(filter(None, (say_reason(refusal.reason), _figure(refusal.detail))))


def _figure(detail: Mapping[str, Any]) -> str:
    if "capacity" in detail:
        return f"{detail['load']}/{detail['capacity']}"
    if "limit" in detail:
        return f"{detail['given']}/{detail['limit']}"
    return gettext("until %(moment)s") % {"moment": _moment(detail["until"])} if detail.get("until") else ""


def _moment(written: str) -> str:
    local, today = timezone.localtime(datetime.fromisoformat(written)), timezone.localdate()
    return formats.date_format(local, "H:i" if local.date() == today else "j b, H:i")
