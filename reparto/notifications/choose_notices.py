"""
Choose what one wants to hear outside of the product, and when not: one's own only.

In the product everything is told, always.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext

from reparto.kit.audit import record_edit
from reparto.kit.faults import Faults
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .models import NotificationChoices

#: By preset each is pushed and none is mailed; a new one needs no more than its place here.
KINDS = ("assigned", "mention", "merged", "ended", "halt")


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody chose."""

    push: tuple[str, ...] = KINDS
    mail: tuple[str, ...] = ()
    quiet_since: time | None = None
    quiet_until: time | None = None

    def shown(self) -> dict[str, Any]:
        """Return it as the API and the audit name it."""
        quiet = None
        if self.quiet_since is not None and self.quiet_until is not None:
            quiet = {"since": f"{self.quiet_since:%H:%M}", "until": f"{self.quiet_until:%H:%M}"}
        return {"push": list(self.push), "mail": list(self.mail), "quiet": quiet}


def read_choices(person_id: int) -> Choices:
    """Return what somebody chose, or the preset; of a kind that came since they chose, its preset."""
    row = NotificationChoices.objects.filter(person_id=person_id).first()
    if row is None:
        return Choices()
    push = tuple(kind for kind in KINDS if kind in row.push or kind not in row.known)
    return Choices(push, tuple(row.mail), row.quiet_since, row.quiet_until)


def choose_notices(raw: Mapping[str, Any], *, actor: Actor, at: datetime) -> Choices:
    """
    Keep {push: […], mail: […], quiet: {since: "22:00", until: "07:00"} | null}; what is left out stays.

    Raises:
        Invalid: With all that is wrong.

    """
    check(actor, "me.view")
    before, faults = read_choices(actor.person_id), Faults()
    push = _kinds(raw.get("push", before.push), "push", faults)
    mail = _kinds(raw.get("mail", before.mail), "mail", faults)
    since, until = (before.quiet_since, before.quiet_until) if "quiet" not in raw else _quiet(raw["quiet"], faults)
    faults.check()
    chosen = Choices(push, mail, since, until)
    NotificationChoices.objects.update_or_create(
        organization_id=actor.organization_id,
        person_id=actor.person_id,
        defaults={
            "push": list(push),
            "mail": list(mail),
            "known": list(KINDS),
            "quiet_since": since,
            "quiet_until": until,
        },
    )
    states = (before.shown(), chosen.shown())
    record_edit(
        actor.person_id, "person.notices", object_kind="person", object_id=actor.person_id, states=states, at=at
    )
    return chosen


def _kinds(raw: Any, path: str, faults: Faults) -> tuple[str, ...]:
    given = raw if isinstance(raw, Sequence) and not isinstance(raw, str) else [None]
    for place, one in enumerate(given):
        if one not in KINDS:
            said = gettext("Choose one of: %(choices)s.") % {"choices": ", ".join(KINDS)}
            faults.add(f"{path}[{place}]", "unknown_choice", said)
    return tuple(kind for kind in KINDS if kind in given)


def _quiet(raw: Any, faults: Faults) -> tuple[time | None, time | None]:
    if raw is None:
        return None, None
    given = raw if isinstance(raw, Mapping) else {}
    since, until = (_time(given.get(name), f"quiet.{name}", faults) for name in ("since", "until"))
    if since is not None and since == until:
        faults.add("quiet.until", "same_time", gettext("Quiet hours begin and end at different times."))
    return since, until


def _time(raw: Any, path: str, faults: Faults) -> time | None:
    try:
        return datetime.strptime(raw, "%H:%M").time()  # noqa: DTZ007  # a time of day, in the person's zone
    except (TypeError, ValueError):
        faults.add(path, "not_a_time", gettext("Write a time, 22:00."))
        return None
