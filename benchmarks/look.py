"""A page or an act of a signed-in browser, against the very statements that it sent, run bare."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reparto.kit.tenancy import enter_organization
from reparto.people.queries import find_person

from .population import Company

ROUNDS = 9
#: What begins and ends a transaction is no question.
OF_A_TRANSACTION = ("SAVEPOINT", "RELEASE SAVEPOINT", "BEGIN", "COMMIT")

#: A text within a statement, in which a per cent sign is a letter like any other.
WRITTEN = re.compile(r"'(?:[^']|'')*'")


@dataclass(frozen=True)
class Looker:
    """An administrator's browser."""

    company: Company
    browser: Client

    def open(self, url: str) -> None:
        """Open a page."""
        answer = self.browser.get(url)
        if answer.status_code != 200:
            raise RuntimeError(f"{url}: {answer.status_code}")

    def look(self, name: str, url: str, *, promised: float | None = None) -> float:
        """Print server time (is it as promised?), the same SQL bare, their ratio and the number of statements."""
        self.open(url)
        statements = asked(lambda: self.open(url))
        took = milliseconds(lambda: self.open(url))
        ratio = tell(name, took, self.bare(statements), len(statements))
        if promised is not None:
            print(f"  promised: under {promised:.0f} ms, {'kept' if took < promised else 'NOT KEPT'}")
        return ratio

    def bare(self, statements: list[str]) -> float:
        """Return how long these statements take by themselves; what they change is undone each time."""
        if left := [one for one in statements if _lacks_values(one)]:
            raise RuntimeError(f"Statements without their values cannot be run bare: {left}")

        def run() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                enter_organization(self.company.organization_id)
                for statement in statements:
                    cursor.execute(statement.replace("%", "%%"), [])
                    if cursor.description:
                        cursor.fetchall()
                transaction.set_rollback(True)

        return milliseconds(run)


def _lacks_values(statement: str) -> bool:
    bare = WRITTEN.sub("", statement)
    return "%s" in bare or "%(" in bare


def sign_in(company: Company) -> Looker:
    """Return the administrator's browser."""
    browser = Client(headers={"host": "127.0.0.1"})
    with transaction.atomic():
        enter_organization(company.organization_id)
        person = find_person(company.admin.person_id)
        browser.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = browser.session
    session["organization_id"] = company.organization_id
    session.save()
    return Looker(company, browser)


def asked(work: Callable[[], None]) -> list[str]:
    """Return the statements that some work sends."""
    with CaptureQueriesContext(connection) as caught:
        work()
    return [one["sql"] for one in caught.captured_queries if not one["sql"].startswith(OF_A_TRANSACTION)]


def asked_in_vain(work: Callable[[], None]) -> list[str]:
    """Return the statements that some work sends, and undo it: bare they insert what is not there yet."""
    with transaction.atomic():
        statements = asked(work)
        transaction.set_rollback(True)
    return statements


def milliseconds(work: Callable[[], None]) -> float:
    """Return the median of some rounds."""
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        took.append((time.perf_counter() - begun) * 1000)
    return median(took)


def tell(name: str, took: float, raw: float, queries: int) -> float:
    """Print one line and return the ratio."""
    print(f"  {name:<28} server {took:6.1f} ms   same SQL bare {raw:6.1f} ms   {queries} queries")
    print(f"ratio: {took / raw:.2f}")
    return took / raw
