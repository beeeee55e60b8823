"""
What two people wrote into the same boxes of a contact, side by side, for its form.

It chooses nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext, pgettext

from reparto.contacts.describe_condition import describe_field

from .rebase_form import FIELD, Clash


def show_clashes(clashes: Iterable[Clash], shown: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return what `contacts/form.html` draws; `shown` is its context, which knows labels and choices."""
    own = {box["key"]: str(box["label"]) for box in shown["own"]}
    lists = {"owner_id": shown["owners"], "campaign_id": shown["campaigns"]}
    return [
        {
            "path": one.path,
            "label": own.get(one.path.removeprefix(FIELD), "") or _label(one.path),
            "mine": _words(one.path, one.mine, lists),
            "theirs": _words(one.path, one.theirs, lists),
        }
        for one in clashes
    ]


def _label(path: str) -> str:
    if path == "addresses":
        return gettext("How to reach it")
    return describe_field(path.removeprefix(FIELD).removesuffix("_id"))


def _words(path: str, value: Any, lists: Mapping[str, Any]) -> str:
    if path == "addresses":
        value = [written for _, written in value if written.strip()]
    elif path in lists:
        value = next((str(one["label"]) for one in lists[path] if one["value"] == value), value)
    elif path == "kind":
        kinds = {"prospect": pgettext("kind of contact", "Prospect"), "client": pgettext("kind of contact", "Client")}
        value = kinds.get(value, value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value) or "—"
