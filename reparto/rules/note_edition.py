"""
What a drafted list asks for that the company's edition does not have, at its places.

It refuses nothing; publishing does.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from reparto.kit.faults import Faults
from reparto.kit.organizations import this_organization

from .read_rule import check_edition


def note_edition(listed: Sequence[Mapping[str, Any]], faults: Faults) -> None:
    """Note each criterion of a list by the names of the contract: a draft may be older than the edition."""
    edition = this_organization().edition
    for place, rule in enumerate(listed):
        check_edition(rule, edition, faults, path=f"rules[{place}].strategy")
