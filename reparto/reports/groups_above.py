"""In which groups a contact is in another world: its owner's and those above it, which have the owner among theirs."""

from collections.abc import Mapping

from reparto.engine import Group


def groups_above(owner_id: int | None, groups: Mapping[int, Group]) -> frozenset[int]:
    """Return the ids of the groups that an owner is in; none for nobody."""
    return frozenset(group.id for group in groups.values() if owner_id in group.member_ids)
