"""
Find who is named in a text: an @ and a whole name. Pure.

It knows nobody: names are given.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody named in a text."""

    person_id: int
    start: int  #: of the @, in characters
    length: int  #: the @ included


def find_mentions(text: str, names: Mapping[int, str]) -> list[Named]:
    """
    Return who is named, in the order of the text; case is ignored, the longest name wins.

    Of two people with one name both are meant: nobody misses what was meant for them.
    """
    by_name: dict[str, list[int]] = {}
    for person_id, name in names.items():
        by_name.setdefault(_even(name), []).append(person_id)
    longest_first = sorted(filter(None, by_name), key=len, reverse=True)
    folded, found = _even(text), []
    for start, sign in enumerate(text):
        if sign == "@" and not (start and text[start - 1].isalnum()):
            name = next((one for one in longest_first if _stands(one, folded, start + 1)), "")
            found += [Named(person_id, start, len(name) + 1) for person_id in by_name.get(name, [])]
    return found


def _even(text: str) -> str:
    """Return a text in small letters, each in its place: some have no single one."""
    return "".join(small if len(small := sign.lower()) == 1 else sign for sign in text)


def _stands(name: str, text: str, start: int) -> bool:
    """Say whether a whole name stands here: «@Ana» is not «@Anabel»."""
    end = start + len(name)
    return text.startswith(name, start) and not text[end : end + 1].isalnum()
