"""A page or an act of a signed-in browser, against the very statements that it sent, run bare."""

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

#: How a statement begins that only asks.
READS = ("SELECT", "WITH shown")


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

    def look(self, name: str, url: str) -> float:
        """Print server time, the same SQL bare, their ratio and the number of statements of a page."""
        self.open(url)
        statements = asked(lambda: self.open(url))
        return tell(name, milliseconds(lambda: self.open(url)), self.bare(statements), len(statements))

    def bare(self, statements: list[str]) -> float:
        """Return how long those of the statements take that ask and whose values are written in them."""
        reads = [one for one in statements if one.lstrip().startswith(READS) and "%s" not in one and "%(" not in one]

        def run() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                enter_organization(self.company.organization_id)
                for statement in reads:
                    cursor.execute(statement.replace("%", "%%"), [])
                    cursor.fetchall()

        return milliseconds(run)


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
