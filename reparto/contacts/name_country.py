"""
What a country is called in the language that is active, whether its code was written or one of its names.

What is no country that is known stays as it was written.
"""

from collections.abc import Mapping

from django.utils.translation import get_language

from reparto.engine import COUNTRIES

from .code_country import code_country

#: Where in `COUNTRIES` the name in a language is; English where there is none.
PLACES: Mapping[str, int] = {"en": 0, "es": 1, "pt": 2}


def name_country(written: str) -> str:
    """Return the name of a country; anything else as it is."""
    names = COUNTRIES.get(code_country(written))
    return names[PLACES.get((get_language() or "en")[:2], 0)] if names else written
