"""
Whom a contact may be given to: the contact's own group first, each with why they would rather not.

Whoever is full or away may still be chosen by a manager: it is said, not forbidden.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from reparto.assignment.read_bench import Bench, read_bench
from reparto.assignment.refusal_by_hand import refusal_by_hand
from reparto.contacts.models import Contact
from reparto.engine import fold
from reparto.people.actor import Actor
from reparto.people.models import Person
from reparto.people.queries import all_groups, assignable_people

from ..say_refusal import say_refusal


def owner_options(contact: Contact, actor: Actor, *, at: datetime) -> list[dict[str, Any]]:
    """Return the groups of `components/picker.html`: four queries, however many people."""
    besides = (actor.person_id, *((contact.owner_id,) if contact.owner_id else ()))
    return group_options(actor, besides=besides, home=_home(contact, actor), at=at)


def group_options(actor: Actor, *, besides: Collection[int], home: str, at: datetime) -> list[dict[str, Any]]:
    """Return whom the actor may give contacts to but for some, the nearest to the group at the path `home` first."""
    people = [person for person in assignable_people(actor) if person.pk not in besides]
    bench = read_bench(at=at)
    groups: dict[str, list[dict[str, Any]]] = {}
    for person in people:
        groups.setdefault(person.group.path, []).append(option_of(person, bench))
    names = dict(all_groups().values_list("id", "name"))
    ordered = sorted(groups, key=lambda path: (_distance(path, home), path))
    return [{"label": _label(path, names), "entries": sorted(groups[path], key=dim_last)} for path in ordered]


def _home(contact: Contact, actor: Actor) -> str:
    """Return the path of the group to which the contact belongs (requirements: whose a contact is to see)."""
    if contact.owner is not None:
        return contact.owner.group.path
    return contact.account.group.path if contact.account else actor.group_path


def _distance(path: str, home: str) -> int:
    """Count the steps from one group to another along the tree."""
    one, other = path.strip("/").split("/"), home.strip("/").split("/")
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    return len(one) + len(other) - 2 * shared


def _label(path: str, names: dict[int, str]) -> str:
    ids = [int(part) for part in path.strip("/").split("/") if part]
    # The root is the company itself: said only where it is all that there is.
    return " › ".join(names.get(one, "") for one in (ids[1:] or ids))


def dim_last(entry: dict[str, Any]) -> tuple[bool, str]:
    """Order by name, whoever would rather not behind all others."""
    return bool(entry["dim"]), fold(entry["person"].name)


def option_of(person: Person, bench: Bench, *, account_id: int | None = None, effort: int = 1) -> dict[str, Any]:
    """Return a person as one may be chosen, with the first reason to think twice, if there is any."""
    note = say_refusal(refusal_by_hand(person.pk, bench, account_id=account_id, effort=effort))
    agent = bench.agents.get(person.pk)
    load = agent.load if agent else 0
    return {"person": person, "note": note, "dim": bool(note), "load": load, "capacity": person.capacity}


def people_by_id(options: Iterable[dict[str, Any]]) -> dict[int, Person]:
    """Return the people whom the options offer."""
    return {entry["person"].pk: entry["person"] for group in options for entry in group["entries"]}
