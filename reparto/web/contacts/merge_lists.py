"""
Two people's changes of one list, element by element: what either added is in, what either took away is out.

It reads and stores nothing.
"""

from collections.abc import Hashable, Sequence


def merge_lists[One: Hashable](was: Sequence[One], mine: Sequence[One], theirs: Sequence[One]) -> list[One]:
    """Return the list with the changes of both, in the order of whoever changed the order; of both, in mine."""
    first, other = (theirs, mine) if _in_order(was, mine) else (mine, theirs)
    merged = [one for one in first if one in other or one not in was]
    for place, one in enumerate(other):
        if one not in was and one not in first:
            # Where it stood there: what takes the place of the first one is the first.
            merged.insert(place, one)
    return merged


def both_replaced[One: Hashable](
    was: Sequence[One], mine: Sequence[One], theirs: Sequence[One]
) -> list[tuple[One, One]]:
    """Return what each put in the place of the same element, mine first: both stand in the merged list."""
    return [
        (own, other)
        for one, own, other in zip(was, mine, theirs, strict=False)
        if one not in (*mine, *theirs) and own not in (*was, *theirs) and other not in (*was, *mine)
    ]


def _in_order[One: Hashable](was: Sequence[One], now: Sequence[One]) -> bool:
    """Say whether what is left of a list stands in its order."""
    return [one for one in was if one in now] == [one for one in now if one in was]
