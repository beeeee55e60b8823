"""
A filter as it is edited: groups of conditions, each with what was typed, right or wrong.

Every filter of the language has such a tree and every tree gives a filter; what it means is the engine's.
"""

from dataclasses import dataclass, replace
from typing import Literal

Join = Literal["all", "any", "none", "not_all"]
JOINS: tuple[Join, ...] = ("all", "any", "none", "not_all")
#: A group without conditions that is joined so is for everybody; the others are for nobody.
EVERYBODY: tuple[Join, ...] = ("all", "none")
#: Where a node stands: the places to follow from the root; the root is ().
Path = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """One question, as typed."""

    field: str
    op: str
    values: tuple[str, ...] = ()
    stored: str = ""  #: as the language wrote it (JSON), where controls cannot show it exactly


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions and groups, and how they are joined."""

    join: Join = "all"
    children: tuple["Condition | Group", ...] = ()

    def put(self, place: int, child: "Condition | Group") -> "Group":
        """Return the group with another child at a place."""
        return replace(self, children=(*self.children[:place], child, *self.children[place + 1 :]))


Node = Condition | Group


def read_path(written: str) -> Path | None:
    """Return the path that a button names: "" is the root; None when it is none."""
    parts = written.split(".") if written else []
    if not all(part.isascii() and part.isdecimal() and len(part) < 5 for part in parts):
        return None
    return tuple(int(part) for part in parts)


def write_path(path: Path) -> str:
    """Return a path as a button names it."""
    return ".".join(str(place) for place in path)
