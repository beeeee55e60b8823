"""
Change a company's edition for the command line, while nobody decides, in a transaction of its own.

What it means to the rules is `rules.choose_edition`'s.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from reparto.kit.clock import now
from reparto.kit.organizations import this_organization
from reparto.people.enter_company import enter_company
from reparto.rules.choose_edition import choose_edition

from .halt_sweep import close_halts
from .lock_desk import lock_desk
from .wake_waiting import wake_waiting


@dataclass(frozen=True, slots=True)
class ChangedEdition:
    """What a company has now."""

    company: str
    edition: str
    in_turn: tuple[str, ...]  #: the rules that choose in turn from now on


def change_edition(
    edition: str, *, email: str | None = None, in_turn: bool = False, at: datetime | None = None
) -> ChangedEdition:
    """
    Change the edition of the company of an e-mail, or of the only one.

    Raises:
        UnknownCompany: It is not known which company is meant.
        Invalid: There is no such edition.
        NeedsPro: Rules choose by what it does not have, and `in_turn` does not say that they may choose in turn.

    """
    at = at or now()
    with transaction.atomic():
        enter_company(email)
        organization = this_organization()
        lock_desk(organization.pk)
        changed = choose_edition(edition, at=at, in_turn=in_turn)
        if changed:
            close_halts()
            wake_waiting(organization.pk, reason="rules", at=at)
    return ChangedEdition(organization.name, edition, tuple(rule.description for rule in changed))
