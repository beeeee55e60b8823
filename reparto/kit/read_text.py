"""
Read texts that people typed: unseen characters go, blank and over-long ones are faults. Pure but for the translations.

It folds nothing; comparing is `engine.fold`'s.
"""

import unicodedata

from django.utils.translation import gettext

from .faults import Faults

#: Control, format (zero width, direction), surrogate and unassigned: nobody sees them, and some cannot be stored.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})
#: They are part of how some scripts and emoji are written; between Latin letters they would only hide a difference.
JOINERS = frozenset("\u200c\u200d")
FIRST_JOINED = "\u0590"


def read_line(raw: object, *, path: str, limit: int, faults: Faults, required: bool = True) -> str:
    """Return a text of one line, tidied: NFC, no unseen characters, single spaces. A fault gives ""."""
    return _read(raw, " ".join(_seen(raw, keep="").split()), path, limit, faults, required=required)


def read_lines(raw: object, *, path: str, limit: int, faults: Faults, required: bool = True) -> str:
    """Return a text that may have several lines, without unseen characters and outer blanks."""
    return _read(raw, _seen(raw, keep="\n\t").strip(), path, limit, faults, required=required)


def _seen(raw: object, *, keep: str) -> str:
    if not isinstance(raw, str):
        return ""
    # Line ends and tabs part words, so where they may not stay they become blanks.
    text = "".join(sign if sign in keep or not sign.isspace() else " " for sign in raw.replace("\r\n", "\n"))
    bare = "".join(
        sign for place, sign in enumerate(text) if sign in keep or _is_seen(sign) or _joins(text[place - 1 : place + 2])
    )
    return unicodedata.normalize("NFC", bare)


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in UNSEEN


def _joins(around: str) -> bool:
    """Say whether the middle one of three signs belongs to how its neighbours are written; in Latin it never does."""
    if len(around) != 3 or around[1] not in JOINERS:
        return False
    return all(sign >= FIRST_JOINED and unicodedata.category(sign)[0] in "LMS" for sign in (around[0], around[2]))


def _read(raw: object, text: str, path: str, limit: int, faults: Faults, *, required: bool) -> str:
    if not isinstance(raw, str):
        faults.add(path, "not_a_text", gettext("Write a text."))
    elif required and not text:
        faults.add(path, "blank", gettext("Write something here."))
    elif len(text) > limit:
        faults.add(path, "too_long", gettext("Write at most %(limit)d characters.") % {"limit": limit})
    else:
        return text
    return ""
