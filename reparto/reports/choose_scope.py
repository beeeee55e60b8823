"""
Whose figures somebody may see: a manager's those of the subtree, an administrator's all; a group narrows either.

A group that they do not lead is, to them, none.
"""

from dataclasses import dataclass

from reparto.channels.queries import all_accounts
from reparto.people.actor import Actor
from reparto.people.models import Group, Person
from reparto.people.queries import UnknownGroup, all_groups, all_people


@dataclass(frozen=True, slots=True)
class Scope:
    """The people whose figures are shown, and the accounts whose unassigned entries are."""

    actor: Actor
    people: tuple[Person, ...]  #: suspended ones too: what they received stays counted
    groups: tuple[Group, ...]  #: that the actor may choose
    group: Group | None = None  #: that was chosen
    account_ids: tuple[int, ...] | None = None  #: None: all

    @property
    def person_ids(self) -> list[int] | None:
        """The ids of the people; None for everybody."""
        return None if self.account_ids is None else [person.pk for person in self.people]


def choose_scope(actor: Actor, *, group_id: int | None = None) -> Scope:
    """Return what an administrator or manager sees (three queries). Raises UnknownGroup."""
    led = tuple(group for group in all_groups() if actor.leads(group.path))
    group = next((one for one in led if one.pk == group_id), None)
    if group_id is not None and group is None:
        raise UnknownGroup(f"Group {group_id} does not exist.")
    paths = [group.path] if group else [one.path for one in led]
    people = tuple(one for one in all_people() if one.group.path.startswith(tuple(paths)))
    everybody = actor.is_admin and (group is None or group.parent_id is None)
    accounts = None if everybody else tuple(one.pk for one in all_accounts() if _near(one.group.path, paths))
    return Scope(actor, people, led, group, accounts)


def _near(path: str, paths: list[str]) -> bool:
    """Say whether an account's group lies at, above or below one of these."""
    return any(path.startswith(own) or own.startswith(path) for own in paths)
