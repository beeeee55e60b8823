"""
What a replay says as `simulations/result.html` draws it: people with faces, contacts with names, figures side by side.

It counts nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext

from reparto.contacts.queries import visible_contacts
from reparto.people.actor import Actor
from reparto.people.queries import find_groups, find_people

from ..reports.say_duration import say_duration

NOTHING: Mapping[str, Any] = {"outcome": "queued", "person_ids": [], "group_ids": []}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure as it was and as it would be."""

    label: str
    happened: str
    would: str


def show_result(result: Mapping[str, Any], *, actor: Actor) -> dict[str, Any]:
    """Return {result, sides, people, most, differences}."""
    return {
        "result": result,
        "sides": _sides(result),
        "people": show_people(result["people"]),
        "differences": show_differences(result["differences"], actor=actor),
    }


def _sides(result: Mapping[str, Any]) -> list[Line]:
    labels = {
        "assigned": gettext("Assigned"),
        "stays": gettext("Stayed with whoever had it"),
        "queued": gettext("Still in the queue"),
        "unmatched": gettext("No rule spoke"),
        "owner_changes": gettext("Changes of owner"),
    }
    then, other = result["happened"], result["would"]
    lines = [Line(label, number_format(then[name]), number_format(other[name])) for name, label in labels.items()]
    waits = {
        "mean_wait_seconds": gettext("Wait until assigned, on average"),
        "longest_wait_seconds": gettext("Longest wait"),
    }
    return lines + [Line(label, say_duration(then[name]), say_duration(other[name])) for name, label in waits.items()]


def show_people(people: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the people with their faces; a bar is as long as their part of whoever gets most."""
    listed = list(people)
    faces = {person.pk: person for person in find_people(one["person_id"] for one in listed)}
    most = max((max(one["received"], one["happened"]) for one in listed), default=0)
    return [
        {
            **one,
            "face": faces.get(one["person_id"]),
            "most": most or 1,
            "wait": say_duration(one["mean_wait_seconds"]),
            "said": say_difference(one["difference"]),
        }
        for one in listed
    ]


def say_difference(number: int) -> str:
    """Return a difference with its sign; "" for none."""
    return f"{'+' if number > 0 else '−'}{number_format(abs(number))}" if number else ""


def show_differences(differences: Iterable[Mapping[str, Any]], *, actor: Actor) -> list[dict[str, Any]]:
    """Return what would be otherwise, each with its contact and the names of both sides (three queries)."""
    listed = list(differences)
    sides = [one[name] or NOTHING for one in listed for name in ("happened", "would")]
    people = {one.pk: one.name for one in find_people({person for side in sides for person in side["person_ids"]})}
    groups = {one.pk: one.name for one in find_groups({group for side in sides for group in side["group_ids"]})}
    contacts = visible_contacts(actor).in_bulk([one["contact_id"] for one in listed])

    def say(side: Mapping[str, Any] | None) -> str:
        return _say(side or NOTHING, people, groups)

    return [
        {
            "contact": contacts[one["contact_id"]],
            "at": _moment(one["at"]),
            "happened": say(one["happened"]),
            "would": say(one["would"]),
        }
        for one in listed
        if one["contact_id"] in contacts
    ]


def _moment(at: str | datetime) -> datetime:
    return datetime.fromisoformat(at) if isinstance(at, str) else at


def _say(side: Mapping[str, Any], people: Mapping[int, str], groups: Mapping[int, str]) -> str:
    if side["outcome"] == "queued":
        return gettext("in the queue")
    if side["outcome"] == "unmatched":
        return gettext("nobody: no rule spoke")
    if side["outcome"] == "stays":
        return gettext("whoever had it")
    gone = gettext("somebody who is no longer here")
    names = [people.get(one, gone) for one in side["person_ids"]] + [groups.get(one, gone) for one in side["group_ids"]]
    return ", ".join(names)
