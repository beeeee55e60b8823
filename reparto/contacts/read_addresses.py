"""
Read the addresses that somebody wrote for one contact: every fault at once, keys made, doubles dropped.

Whether somebody has an address already is asked here; the unique key has the last word.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from reparto.kit.faults import Faults
from reparto.kit.read_text import read_line

from .address_error import NotAnAddress
from .contact_draft import AddressDraft
from .match_key import Address as Written
from .match_key import match_key
from .queries import taken_addresses

MOST_ADDRESSES = 20
VALUE_LIMIT = 320

#: What each code of `NotAnAddress` says; a detail may say more.
SENTENCES: Mapping[str, str | Promise] = {
    "not_a_phone": gettext_lazy("Write a phone number, with its country code if it is abroad."),
    "not_an_email": gettext_lazy("Write an e-mail address."),
    "not_a_bsuid": gettext_lazy("Write a WhatsApp user id, such as MX.1234567890."),
    "unknown_kind": gettext_lazy("An address is a phone, an email or a bsuid."),
    "no_country_code": gettext_lazy("Write the number with its country code, such as +52."),
    "scientific": gettext_lazy("A spreadsheet has shortened this number; write all its digits."),
    "too_short": gettext_lazy("This number has too few digits."),
    "too_long": gettext_lazy("This is too long."),
}


def read_addresses(
    drafts: Sequence[AddressDraft], *, country: str, faults: Faults, contact_id: int | None = None
) -> list[Written]:
    """Return the addresses with their keys; those of another contact than `contact_id` are faults."""
    if len(drafts) > MOST_ADDRESSES:
        sentence = gettext("A contact has at most %(limit)d addresses.")
        faults.add("addresses", "too_many", sentence % {"limit": MOST_ADDRESSES})
        return []
    found: dict[tuple[str, str], tuple[str, Written]] = {}
    for place, draft in enumerate(drafts):
        path = f"addresses[{place}]"
        written = _read(draft, path, country, faults)
        if written is not None:
            found.setdefault((written.kind, written.key), (path, written))
    paths = {key: path for key, (path, _) in found.items()}
    note_taken(paths, taken_addresses(paths), faults, contact_id=contact_id)
    return [written for _, written in found.values()]


def note_taken(
    paths: Mapping[tuple[str, str], str],
    taken: Mapping[tuple[str, str], int],
    faults: Faults,
    *,
    contact_id: int | None = None,
) -> None:
    """Note the addresses that are another contact's; whose is not said, the actor may not see it."""
    for key, path in paths.items():
        if key in taken and taken[key] != contact_id:
            faults.add(f"{path}.value", "address_taken", gettext("There is a contact with this address already."))


def keys_of(addresses: Iterable[Written]) -> dict[tuple[str, str], str]:
    """Return the place of each address in a list, by its key."""
    return {(one.kind, one.key): f"addresses[{place}]" for place, one in enumerate(addresses)}


def _read(draft: AddressDraft, path: str, country: str, faults: Faults) -> Written | None:
    before = len(faults.found)
    value = read_line(draft.value, path=f"{path}.value", limit=VALUE_LIMIT, faults=faults)
    if len(faults.found) > before:
        return None
    try:
        return match_key(draft.kind, value, country=country)
    except NotAnAddress as error:
        where = f"{path}.kind" if error.code == "unknown_kind" else f"{path}.value"
        sentence = SENTENCES.get(error.detail) or SENTENCES.get(error.code, error.code)
        faults.add(where, error.code, str(sentence))
        return None
