"""
Which extension of a telephone exchange is whose: `101=ana@example.com, 102=bruno@example.com`, as an account keeps it.

Pure; whether there is such a person is not asked here: whoever is not there owns nothing.
"""

import re
from typing import Any

from django.utils.translation import gettext

from reparto.kit.faults import Faults
from reparto.kit.read_text import read_line

LIMIT = 10_000
PAIR = re.compile(r"([0-9*#]{1,20})\s*=\s*([^\s=,;]{1,254})")
BETWEEN = re.compile(r"[,;\n]+")


def read_extensions(raw: Any, path: str, faults: Faults) -> str:
    """Return the pairs in one spelling, in the order given; what is none, or twice, is a fault."""
    pairs: dict[str, str] = {}
    for part in BETWEEN.split(read_line(raw, path=path, limit=LIMIT, faults=faults, required=False)):
        found = PAIR.fullmatch(part.strip())
        if not part.strip():
            continue
        if found is None or found[1] in pairs:
            said = gettext("Write each extension once, with the person's e-mail: 101=ana@example.com, 102=…")
            faults.add(path, "bad_extension", said)
            return ""
        pairs[found[1]] = found[2].lower()
    return ", ".join(f"{extension}={person}" for extension, person in pairs.items())


def persons_by_extension(kept: str) -> dict[str, str]:
    """Return the person of each extension, as an account keeps them."""
    return {found[1]: found[2] for found in PAIR.finditer(kept)}
