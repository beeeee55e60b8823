"""
Read what was written of a flow: every fault at once, values ready to store.

It changes nothing; its steps are read by `read_steps`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from reparto.channels.queries import accounts_by_id
from reparto.contacts.read_filter import read_filter
from reparto.contacts.read_tags import NAME_LIMIT as TAG_LIMIT
from reparto.engine import fold
from reparto.kit.faults import Faults
from reparto.kit.read_choice import is_id, read_choice, read_flag
from reparto.kit.read_each import Reader, read_each
from reparto.kit.read_text import read_line

from .read_steps import read_steps

#: What begins a flow → what it is told besides the accounts.
TRIGGERS: Mapping[str, tuple[str, ...]] = {
    "conversation_starts": (),
    "keyword": ("keywords",),
    "tag_added": ("tag",),
}
NAME_LIMIT = 200
MOST_KEYWORDS = 20
KEYWORD_LIMIT = 100


def read_flow(raw: Mapping[str, Any], *, faults: Faults) -> dict[str, Any]:
    """Return the columns of the fields that were given; what is wrong with them goes to `faults`."""
    return read_each(raw, _READERS, faults=faults)


def _trigger(raw: Any, path: str, faults: Faults) -> dict[str, Any]:
    given = {name: value for name, value in raw.items() if value is not None} if isinstance(raw, Mapping) else {}
    kind = read_choice(given.get("kind"), path=f"{path}.kind", choices=list(TRIGGERS), faults=faults)
    if not kind:
        return {}
    wanted = TRIGGERS[kind]
    for name in given.keys() - {"kind", "account_ids", *wanted}:
        faults.add(f"{path}.{name}", "unknown_field", gettext("There is no such field."))
    read = {"kind": kind, "account_ids": _accounts(given.get("account_ids", []), f"{path}.account_ids", faults)}
    return read | {name: _TOLD[name](given.get(name), f"{path}.{name}", faults) for name in wanted}


def _accounts(raw: Any, path: str, faults: Faults) -> list[int]:
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        faults.add(path, "not_a_list", gettext("Write a list."))
        return []
    known = accounts_by_id({one for one in raw if is_id(one)})
    for place, one in enumerate(raw):
        if not is_id(one) or one not in known:
            faults.add(f"{path}[{place}]", "unknown_account", gettext("There is no such account."))
    return list(dict.fromkeys(one for one in raw if is_id(one)))


def _keywords(raw: Any, path: str, faults: Faults) -> list[str]:
    if not isinstance(raw, Sequence) or isinstance(raw, str) or not 1 <= len(raw) <= MOST_KEYWORDS:
        faults.add(path, "empty", gettext("Write at least one word, at most %(limit)d.") % {"limit": MOST_KEYWORDS})
        return []
    words = [
        read_line(one, path=f"{path}[{place}]", limit=KEYWORD_LIMIT, faults=faults) for place, one in enumerate(raw)
    ]
    for place, word in enumerate(words):
        # Signs alone are no word: nothing that a contact writes would have them.
        if word and not any(sign.isalnum() for sign in word):
            faults.add(f"{path}[{place}]", "no_word", gettext("Write letters or digits."))
    once: dict[str, str] = {}
    for word in words:
        once.setdefault(fold(word), word)
    return list(once.values())


def _tag(raw: Any, path: str, faults: Faults) -> str:
    return read_line(raw if raw is not None else "", path=path, limit=TAG_LIMIT, faults=faults)


def _filters(raw: Any, path: str, faults: Faults) -> Any:
    read_filter(raw, path=path, faults=faults)
    return raw


_TOLD: Mapping[str, Reader] = {"keywords": _keywords, "tag": _tag}
_READERS: Mapping[str, Reader] = {
    "name": lambda raw, path, faults: read_line(raw, path=path, limit=NAME_LIMIT, faults=faults),
    "trigger": _trigger,
    "filters": _filters,
    "steps": lambda raw, path, faults: read_steps(raw, path=path, faults=faults),
    "active": lambda raw, path, faults: read_flag(raw, path=path, faults=faults),
}
