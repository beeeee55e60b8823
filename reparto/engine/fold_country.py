"""Make the ways in which a country is written one word: «México», "Mexico", "MX" and "mx" are `mx`. Pure."""

from collections.abc import Mapping
from typing import Final

from reparto.engine.countries import COUNTRIES
from reparto.engine.fold import fold

#: The folded code of a country → all that means it, folded, the code first.
_SPELLINGS: Final[Mapping[str, tuple[str, ...]]] = {
    fold(code): tuple(dict.fromkeys(map(fold, (code, *names)))) for code, names in COUNTRIES.items()
}
_CODES: Final[Mapping[str, str]] = {word: code for code, words in _SPELLINGS.items() for word in words}


def fold_country(folded: str) -> str:
    """The folded code of the country that a folded text means; a text that means none stays as it is."""
    return _CODES.get(folded, folded)


def spellings_of(folded: str) -> tuple[str, ...]:
    """All folded texts that `fold_country` makes the same as this one."""
    return _SPELLINGS.get(fold_country(folded), (folded,))
