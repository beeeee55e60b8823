"""
Where a list of rules stands, in force or in a draft: the addresses of everything that can be done with it.

It holds no rules.
"""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Shelf:
    """One list; `before` begins the names of its routes, `kwargs` are what they all take."""

    before: str = ""
    kwargs: dict[str, int] = field(default_factory=dict)

    def url(self, name: str, **more: Any) -> str:
        """Return the address of one of its routes: rules, rule, rule_new, rule_order, rule_active, …"""
        return reverse(f"{self.before}{name}", kwargs={**self.kwargs, **more})

    @property
    def is_draft(self) -> bool:
        """Whether nothing of it is in force."""
        return bool(self.kwargs)


LIVE = Shelf()


def shelf_of_draft(draft_id: int) -> Shelf:
    """Return where a draft's list stands."""
    return Shelf("draft_", {"draft_id": draft_id})
