"""What the address of load and fairness asks for: a period, seven days if none is asked for (HU-5), and a group."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from reparto.kit.choose_period import PRESET, Period, choose_period
from reparto.kit.faults import Invalid
from reparto.people.queries import UnknownGroup


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; what cannot be read is as preset, and said."""

    period: Period
    group_id: int | None
    invalid: Invalid | None = None  #: what is wrong with the period, which is as preset then

    @property
    def faults(self) -> dict[str, str]:
        """What is wrong, by field."""
        return {fault.path: fault.message for fault in self.invalid.faults} if self.invalid else {}

    def address(self, name: str = "fairness", **changes: object) -> str:
        """Return the address of a view of the same, with changes; what is as preset is left out."""
        said: dict[str, object] = {"period": self.period.name}
        if self.period.name == "custom":
            said |= {"since": self.period.first.isoformat(), "until": self.period.last.isoformat()}
        said |= {"group": self.group_id} | changes
        kept = {key: value for key, value in said.items() if value and (key, value) != ("period", PRESET)}
        return reverse(name) + (f"?{urlencode(kept)}" if kept else "")


def read_asked(query: QueryDict, *, zone: str, at: datetime) -> Asked:
    """Read it as of an instant, in the viewer's time zone. Raises UnknownGroup."""
    group = query.get("group", "")
    if group and not group.isdecimal():
        raise UnknownGroup(f"Group {group[:20]} does not exist.")
    group_id = int(group[:18]) if group else None
    first, last = _day(query.get("since", "")), _day(query.get("until", ""))
    try:
        period = choose_period(query.get("period"), zone=zone, at=at, first=first, last=last)
    except Invalid as invalid:
        return Asked(choose_period(PRESET, zone=zone, at=at), group_id, invalid)
    return Asked(period, group_id)


def _day(text: str) -> date | None:
    """Return a day; what is written and none is one that no period takes."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return date.min
