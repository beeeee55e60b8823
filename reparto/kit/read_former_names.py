"""
What things were called at an earlier instant, as the audit of their renaming tells.

It keeps no names of its own: whoever renames something records it, with what it was called before.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from .models import AuditEntry

#: What holds the name, by kind of thing; elsewhere it is `name`.
HOLDS = {"field": "label"}
#: A row of `renaming_rows`: of what, which, until when, and what it was before.
type Renaming = tuple[str, int | None, datetime, dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class FormerNames:
    """When each thing was renamed, and what it was called until then."""

    until: Mapping[tuple[str, int], list[tuple[datetime, str]]] = field(default_factory=dict)  #: in order of time

    def at(self, kind: str, object_id: int, moment: datetime, *, today: str) -> str:
        """Return what a thing was called at an instant; `today` is what it is called now."""
        renamed = self.until.get((kind, object_id), ())
        return next((former for until, former in renamed if until > moment), today)


def renaming_rows(wanted: Mapping[str, Collection[int]], *, since: datetime) -> QuerySet[AuditEntry, Renaming]:
    """Return the renamings of things, given by kind and id, since an instant."""
    asked = Q(pk__in=())
    for kind, ids in wanted.items():
        if ids:
            asked |= Q(object_kind=kind, object_id__in=list(ids), before__has_key=HOLDS.get(kind, "name"))
    # Served by the index `kit_auditentry_of_object`.
    rows = AuditEntry.objects.filter(asked, at__gt=since).order_by("at", "id")
    return rows.values_list("object_kind", "object_id", "at", "before")


def gather_former_names(renamings: Iterable[Renaming]) -> FormerNames:
    """Return what things were called, by these rows."""
    found: dict[tuple[str, int], list[tuple[datetime, str]]] = {}
    for kind, object_id, at, before in renamings:
        found.setdefault((kind, object_id or 0), []).append((at, (before or {})[HOLDS.get(kind, "name")]))
    return FormerNames(found)
