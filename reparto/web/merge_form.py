"""
A form of what several people may change at once: what one changed is stored, what others changed meanwhile stays.

The page says how it was when it was shown (`was`). Where both changed the same box nothing is chosen: both are shown,
what was typed stays, and saving again takes the one that is marked (`keep.NAME`). It stores nothing.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

type Values = Mapping[str, Any]  #: by name, as a form has them; a box without anything is empty or left out


@dataclass(frozen=True, slots=True)
class Clash:
    """What two people wrote into the same box, in words."""

    path: str
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What is to be stored, or shown again with `clashing` boxes as they were typed."""

    values: dict[str, Any]
    changed: frozenset[str]  #: the names of what differs from what is stored
    clashing: tuple[str, ...]
    theirs: dict[str, Any]

    def say(
        self, labels: Mapping[str, Any], words: Callable[[str, Any], object] = lambda name, value: value
    ) -> list[Clash]:
        """Return both sides of each clash, as `components/clashes.html` draws them."""
        return [
            Clash(name, str(labels.get(name, name)), *(str(words(name, side.get(name)) or "—") for side in self._sides))
            for name in self.clashing
        ]

    @property
    def _sides(self) -> tuple[dict[str, Any], dict[str, Any]]:
        return self.values, self.theirs


def merge_form(mine: Values, stored: Values, sent: Mapping[str, str]) -> Merged:
    """Return one form of what was typed and what is stored; `sent` has `was` and what is kept of a clash."""
    was = _read_was(sent.get("was", ""))
    values, clashing = dict(stored), list[str]()
    for name, typed in mine.items():
        now = stored.get(name)
        before = now if was is None else was.get(name)
        if _same(typed, before) or _same(typed, now) or sent.get(f"keep.{name}") == "theirs":
            continue
        values[name] = typed
        if not _same(now, before):
            clashing.append(name)
    changed = frozenset(name for name in values if not _same(values[name], stored.get(name)))
    return Merged(values, changed, tuple(clashing), dict(stored))


def write_was(stored: Values) -> str:
    """Return how a form is now, for its page to send along."""
    return json.dumps({name: value for name, value in stored.items() if value}, ensure_ascii=False)


def _read_was(written: str) -> dict[str, Any] | None:
    try:
        read = json.loads(written)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


def _same(one: Any, other: Any) -> bool:
    return (one or "") == (other or "")
