"""
A company founded once in each test process, before its tests: to found one took a third of most tests' time.

It is committed in the database that the tests' is a clone of, and every test finds it as it was founded, for what a
test does is rolled back. Whoever asks for a second company, or commits (`transaction=True`), has one founded.
"""

from typing import TYPE_CHECKING

from django.db import connection

from reparto.kit.tenancy import enter_organization
from reparto.rules.queries import frozen_rule_set

if TYPE_CHECKING:
    from tests.cast import Cast

#: By the name of the database that they are in.
_kept: dict[str, "Cast"] = {}


def keep_company(cast: "Cast", *, database: str) -> None:
    """Let the tests that work on a database have this company."""
    _kept[database] = cast


def lend_company() -> "Cast | None":
    """Enter the company kept in this database and return it; None where it would not be as it was founded."""
    kept = _kept.get(connection.settings_dict["NAME"])
    if kept is None or not _will_be_rolled_back() or _is_lent():
        return None
    # The versions that another test has published were rolled back, and their numbers are given again.
    frozen_rule_set.cache_clear()
    enter_organization(kept.organization_id)
    return kept


def _will_be_rolled_back() -> bool:
    return bool(connection.atomic_blocks) and connection.atomic_blocks[0]._from_testcase


def _is_lent() -> bool:
    """Tell whether it was lent in this transaction, and note that it is: a note that is rolled back with the rest."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('tests.lent', true), set_config('tests.lent', 'yes', true)")
        (former, _) = cursor.fetchone()
    return former == "yes"
