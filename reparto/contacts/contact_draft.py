"""
What somebody writes of a contact, as the verbs take it.

It checks nothing; `read_contact` does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class AddressDraft:
    """A phone, e-mail or BSUID as it was written."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """A contact to be added; its owner is given afterwards, by the desk."""

    name: str
    kind: str = "prospect"
    addresses: tuple[AddressDraft, ...] = ()
    campaign_id: int | None = None
    tags: tuple[str, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
