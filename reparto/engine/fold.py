"""Make texts comparable: accents and case ignored. Pure; the database stores what this very function made."""

import re
import unicodedata
from typing import Final

_MARKS: Final = re.compile("[\u0300-\u036f]+")


def fold(text: str) -> str:
    """
    Fold a text for comparison.

    In this order: canonical decomposition (NFD), removal of the combining marks U+0300 to U+036F,
    Unicode case folding. Nothing is trimmed, and folding twice is folding once. SQL never folds:
    it compares stored folded copies with folded parameters, so both readers see the same letters.
    """
    if text.isascii():
        return text.lower()
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text))
    # Case folding and not lower(): lower() writes a sigma in two ways, by its place in the word,
    # and then "contains" would miss a part of the text that it was given.
    return _MARKS.sub("", unicodedata.normalize("NFD", bare.casefold()))
