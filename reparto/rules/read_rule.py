"""
Read what was written of a rule: every fault at once, values ready to store.

It changes nothing. What a rule does is the engine's.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext

from reparto.contacts.read_filter import read_filter
from reparto.contacts.read_tags import read_tags
from reparto.kit.faults import Faults
from reparto.kit.read_choice import read_choice, read_flag, read_integer
from reparto.kit.read_each import Reader, read_each
from reparto.kit.read_text import read_line
from reparto.people.queries import known_groups, known_people

from .find_template import known_template

ENTITIES = ("prospect", "client")
TIME_TRIGGERS = ("no_followup", "no_first_followup", "no_sales")
TRIGGERS = ("web_integration", *TIME_TRIGGERS)
STRATEGIES = ("round_robin", "close_rate", "followup_speed", "least_loaded", "weighted")
BASIC_STRATEGIES = ("round_robin",)
UNITS = ("hours", "days", "weeks", "months")
CLOCKS = ("calendar", "working")
#: What can be counted in working time: a week or a month of it would mean something else to everybody.
WORKING_UNITS = ("hours", "days")
DESCRIPTION_LIMIT = 200
MOST_TARGETS = 500
MOST_AMOUNT = 10_000
MOST_WEIGHT = 1000


def read_rule(raw: Mapping[str, Any], *, edition: str, faults: Faults) -> dict[str, Any]:
    """Return the columns of the fields that were given; what is wrong with them goes to `faults`."""
    values = read_each(raw, _READERS, faults=faults)
    check_edition(values, edition, faults)
    return values


def check_after(values: Mapping[str, Any], faults: Faults) -> None:
    """Note when a trigger that waits for a time has none, or another has one; asked of a whole rule."""
    waits = values["trigger"] in TIME_TRIGGERS
    if waits and values["after"] is None:
        faults.add("after", "missing", gettext("Say after how long."))
    if values["trigger"] == "web_integration" and values["after"] is not None:
        faults.add("after", "needless", gettext("This type acts at once; leave this empty."))


def check_edition(values: Mapping[str, Any], edition: str, faults: Faults, *, path: str = "strategy") -> None:
    """Note a criterion that an edition does not have."""
    if lacks_strategy(values.get("strategy"), edition=edition):
        faults.add(path, "needs_pro", gettext("This criterion belongs to the pro edition."))


def lacks_strategy(strategy: Any, *, edition: str) -> bool:
    """Say whether it is a criterion that an edition does not have."""
    return edition == "basic" and strategy in STRATEGIES and strategy not in BASIC_STRATEGIES


def _assign_to(raw: Any, path: str, faults: Faults) -> list[dict[str, int]]:
    if not isinstance(raw, Sequence) or isinstance(raw, str) or not 1 <= len(raw) <= MOST_TARGETS:
        faults.add(path, "empty", gettext("Choose at least one person or group to assign to."))
        return []
    targets = [_target(entry, f"{path}[{place}]", faults) for place, entry in enumerate(raw)]
    _check_targets(targets, path, faults)
    return targets


def _target(entry: Any, path: str, faults: Faults) -> dict[str, int]:
    given = dict(entry) if isinstance(entry, Mapping) else {}
    given = {name: value for name, value in given.items() if value is not None}
    if len(given.keys() & {"person_id", "group_id"}) != 1 or given.keys() - {"person_id", "group_id", "weight"}:
        faults.add(path, "not_a_target", gettext("Name one person or one group."))
        return {}
    if "weight" in given:
        read_integer(given["weight"], path=f"{path}.weight", least=0, most=MOST_WEIGHT, faults=faults)
    return given


def _check_targets(targets: Sequence[Mapping[str, int]], path: str, faults: Faults) -> None:
    people = known_people(target.get("person_id") for target in targets)
    groups = known_groups(target.get("group_id") for target in targets)
    seen: set[tuple[str, int]] = set()
    for place, target in enumerate(targets):
        for name, known in (("person_id", people), ("group_id", groups)):
            if name not in target:
                continue
            where = f"{path}[{place}].{name}"
            if target[name] not in known:
                faults.add(where, f"unknown_{name[:-3]}", gettext("There is no such person or group."))
            elif (name, target[name]) in seen:
                faults.add(where, "duplicate", gettext("This stands in the list already."))
            else:
                seen.add((name, target[name]))


def _after(raw: Any, path: str, faults: Faults) -> dict[str, Any] | None:
    if raw is None:
        return None
    if not isinstance(raw, Mapping) or set(raw) - {"clock"} != {"amount", "unit"}:
        faults.add(path, "not_a_duration", gettext("Write an amount and a unit."))
        return None
    amount = read_integer(raw["amount"], path=f"{path}.amount", least=1, most=MOST_AMOUNT, faults=faults)
    unit = read_choice(raw["unit"], path=f"{path}.unit", choices=UNITS, faults=faults)
    clock = read_choice(raw.get("clock", "calendar"), path=f"{path}.clock", choices=CLOCKS, faults=faults)
    if clock == "working" and unit in UNITS and unit not in WORKING_UNITS:
        faults.add(f"{path}.clock", "not_in_working_time", gettext("Working time is counted in hours or days."))
    return {"amount": amount, "unit": unit, "clock": clock}


def _template(raw: Any, path: str, faults: Faults) -> int | None:
    if raw is None or known_template(raw):
        return raw  # type: ignore[no-any-return]  # None, or an id
    faults.add(path, "unknown_template", gettext("There is no such template."))
    return None


def _filters(raw: Any, path: str, faults: Faults) -> Any:
    read_filter(raw, path=path, faults=faults)
    return raw


def _choice(choices: tuple[str, ...], raw: Any, path: str, faults: Faults) -> str:
    return read_choice(raw, path=path, choices=choices, faults=faults)


_READERS: Mapping[str, Reader] = {
    "description": lambda raw, path, faults: read_line(raw, path=path, limit=DESCRIPTION_LIMIT, faults=faults),
    "entity": partial(_choice, ENTITIES),
    "trigger": partial(_choice, TRIGGERS),
    "after": _after,
    "assign_to": _assign_to,
    "strategy": partial(_choice, STRATEGIES),
    "tags": lambda raw, path, faults: read_tags(raw, path=path, faults=faults),
    "template_id": _template,
    "filters": _filters,
    "if_nobody": partial(_choice, ("next", "wait")),
    "active": lambda raw, path, faults: read_flag(raw, path=path, faults=faults),
}
