"""
A form of a contact that somebody else changed meanwhile: theirs where nothing was typed, a choice where both wrote; of
lists (tags, addresses, several choices) what either added and without what either took away.

It stores nothing: whoever saves the form again stores what it shows then.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from reparto.engine import fold

from ..read_list import read_list, write_list
from .contact_form import ContactForm
from .merge_lists import both_replaced, merge_lists

#: Where a fault names it → the part of the form.
PARTS = {
    "name": "name",
    "kind": "kind",
    "addresses": "addresses",
    "campaign_id": "campaign",
    "tags": "tags",
    "source": "source",
    "owner_id": "owner",
}
FIELD = "fields."


@dataclass(frozen=True, slots=True)
class Clash:
    """What two people wrote into the same box."""

    path: str  #: as a fault names it
    mine: Any
    theirs: Any


def rebase_form(mine: ContactForm, theirs: ContactForm) -> tuple[ContactForm, list[Clash]]:
    """Return the form upon the contact as it is now, and what both changed, each as it was typed."""
    was = _was(mine)
    base, own, other = _parts(was) if was else {}, _parts(mine), _parts(theirs)
    clashes = []
    for path, typed in own.items():
        now, seen = other.get(path, ""), base.get(path, "")
        if _plain(path, typed) == _plain(path, now):
            continue
        if was and _plain(path, typed) == _plain(path, seen):
            own[path] = now
        elif was and _is_list(path, typed):
            own[path] = _merged(path, seen, typed, now)
        elif not was or _plain(path, now) != _plain(path, seen):
            clashes.append(Clash(path, typed, now))
    return replace(_put(mine, own), was=theirs.was, version=theirs.version), clashes


def doubled_addresses(mine: ContactForm, theirs: ContactForm) -> dict[int, str]:
    """Return, by its place among those of the rebased form, which of mine stands beside theirs for the same one."""
    was = _was(mine)
    if was is None:
        return {}
    lists = [_plain("addresses", one.addresses) for one in (was, mine, theirs)]
    merged = merge_lists(*lists)
    return {merged.index(own): other[1] for own, other in both_replaced(*lists)}


def keep_theirs(form: ContactForm, given: Mapping[str, str]) -> ContactForm:
    """Return the form with the other's value wherever `keep.<path>` says so."""
    was = _was(form)
    kept = {path: value for path, value in _parts(was).items() if given.get(f"keep.{path}") == "theirs"} if was else {}
    emptied = {path: "" for path in _parts(form) if given.get(f"keep.{path}") == "theirs"} if was else {}
    return _put(form, _parts(form) | emptied | kept)


def write_was(form: ContactForm) -> ContactForm:
    """Return the form remembering how it was when it was shown."""
    return replace(form, was=json.dumps(asdict(replace(form, was="")), ensure_ascii=False))


def _was(form: ContactForm) -> ContactForm | None:
    """Return how the form was when it was shown; None when that was not sent, or is none."""
    try:
        read = ContactForm(**json.loads(form.was))
        return replace(read, addresses=tuple((str(kind), str(value)) for kind, value in read.addresses))
    except (TypeError, ValueError, RecursionError):
        return None


def _parts(form: ContactForm) -> dict[str, Any]:
    plain = {path: getattr(form, name) for path, name in PARTS.items()}
    return plain | {FIELD + name: value for name, value in form.fields.items()}


def _put(form: ContactForm, parts: Mapping[str, Any]) -> ContactForm:
    plain = {name: parts[path] for path, name in PARTS.items()}
    fields = {path.removeprefix(FIELD): value for path, value in parts.items() if path.startswith(FIELD)}
    return replace(form, **plain, fields=fields)


def _is_list(path: str, value: Any) -> bool:
    return path in ("addresses", "tags") or isinstance(value, list)


def _merged(path: str, *lists: Any) -> Any:
    """Return a list as its box writes it."""
    if path == "tags":
        names = {fold(name): name for one in reversed(lists) for name in read_list(one)}
        return write_list(names[key] for key in merge_lists(*([*map(fold, read_list(one))] for one in lists)))
    if path == "addresses":
        return tuple(merge_lists(*(_plain(path, one) for one in lists)))
    return merge_lists(*(one or [] for one in lists))


def _plain(path: str, value: Any) -> Any:
    """Return what a value says, however it is written."""
    if path == "addresses":
        return [(kind, written.strip()) for kind, written in value if written.strip()]
    if path == "tags":
        return sorted({*read_list(value)})
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value or ""
