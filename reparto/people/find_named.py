"""
Who of ours somebody outside means: what tells of calls names people by e-mail or by id.

Whoever is suspended is nobody. It tells nothing to those outside.
"""

from collections.abc import Iterable

from .models import Person

MOST_DIGITS = 18


def find_named(words: Iterable[str]) -> dict[str, int]:
    """Return the ids of the people who are meant by these words; a word that means nobody is left out (one query)."""
    wanted = {word: word.strip().lower() for word in words if word.strip()}
    if not wanted:
        return {}
    ids = {int(word) for word in wanted.values() if word.isascii() and word.isdigit() and len(word) <= MOST_DIGITS}
    present = Person.objects.filter(suspended_at__isnull=True)
    known = {email.lower(): pk for pk, email in present.filter(email__in=_spellings(wanted)).values_list("id", "email")}
    known |= {str(pk): pk for pk in present.filter(pk__in=ids).values_list("id", flat=True)}
    return {word: known[plain] for word, plain in wanted.items() if plain in known}


def _spellings(wanted: dict[str, str]) -> set[str]:
    """E-mails are stored in small letters; whoever wrote one otherwise before that is found by it as well."""
    return {*wanted, *wanted.values()}
