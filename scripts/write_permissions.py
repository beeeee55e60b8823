"""
Write docs/reference/permissions.md from the one table of permissions.

By `.venv/bin/python scripts/write_permissions.py`. It grants nothing.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from reparto.people.actor import Role  # noqa: E402 (the folder above is not on the path of a script)
from reparto.people.permissions import ANYBODY, ON_ORGANIZATION, ON_THINGS, Relation  # noqa: E402

PAGE = ROOT / "docs" / "reference" / "permissions.md"
ROLES: tuple[Role, ...] = get_args(Role)
MEANING = {
    Relation.OWN: "whoever acts owns it, or works it",
    Relation.SCOPE: "somebody has it at or below the group that is granted; for an agent, in their own group too",
    Relation.SHARED: "a conversation that others work, about a contact of theirs or given to their group",
    Relation.FREE: "nobody has it; for an agent, of no foreign campaign, for others, at, above or below what they have",
    Relation.CLOSED: "nobody has it, and it is of a campaign that the agent is not in",
    Relation.FOREIGN: "none of their business",
}
INTRODUCTION = """\
# Who may do what

Made from `reparto/people/permissions.py` by `scripts/write_permissions.py`; a test fails while the two differ.
Every page, endpoint, menu entry and bulk action asks this table, and a route that names no action fails the build.

A person has any number of grants, each a role over a group and all below it. A thing stands to each of them as that
grant reaches, in one relation or more, and what a role may do is open only by its own grant: whoever manages one group
and is an agent of another gives away nothing of the second. On the organization, what one role may do is allowed.
A token narrows it by its scopes: an action (`contact.view`) or all of a kind (`contact`).

What may not be viewed does not exist for whoever asks: 404, the same for what is foreign and what never was.
What may be viewed but not changed so: 403. Neither changes, queues or sends anything.

Whoever may view a contact sees its whole history: each decision about it, also about a conversation of it that others
work, with who worked it and why, so that it can always be said who was responsible. What is said there, and the
conversation itself, stay with those who may view that.

An agent answers what a colleague works where *Ajustes › Bandeja* lets agents see it: under their own name, and it stays
the colleague's. Where agents see only their own, it does not exist for them.
"""


def write_page() -> str:
    """Return the page."""
    return "\n".join([INTRODUCTION, *_relations(), "", *_on_things(), "", *_on_organization(), ""])


def _relations() -> Iterator[str]:
    yield "## How a contact or a conversation stands to whoever acts\n"
    yield from _table(("relation", "meaning"), ((f"`{relation}`", MEANING[relation]) for relation in Relation))


def _on_things() -> Iterator[str]:
    yield "## On a contact or a conversation\n\nIn which relations each role may; — is never.\n"
    yield from _table(
        ("action", *ROLES),
        (
            (f"`{action}`", *(_allowed(roles.get(role, frozenset())) for role in ROLES))
            for action, roles in ON_THINGS.items()
        ),
    )


def _allowed(relations: frozenset[Relation]) -> str:
    if relations == frozenset(Relation):
        return "all"
    return ", ".join(relation for relation in Relation if relation in relations) or "—"


def _on_organization() -> Iterator[str]:
    yield "## On the organization\n"
    yield from _table(
        ("action", *ROLES, "no role"),
        (
            (f"`{action}`", *_said(*(role in roles for role in ROLES), action in ANYBODY))
            for action, roles in ON_ORGANIZATION.items()
        ),
    )


def _said(*allowed: bool) -> Iterator[str]:
    yield from ("yes" if one else "—" for one in allowed)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


if __name__ == "__main__":
    PAGE.write_text(write_page(), encoding="utf-8")
