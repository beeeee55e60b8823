"""
A country as it is stored: by its two letters, whichever of its names was written.

What is no country that is known stays as it was written.
"""

from reparto.engine import COUNTRIES, fold, fold_country


def code_country(written: str) -> str:
    """Return the code of a country, which may be written by its Spanish, English or Portuguese name; else the text."""
    code = fold_country(fold(written.strip())).upper()
    return code if code in COUNTRIES else written
