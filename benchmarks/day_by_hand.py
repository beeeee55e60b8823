"""A day of work by hand: a filtered list, a conversation opened, a contact given; each against its own SQL run bare."""

import time
from collections.abc import Callable
from statistics import median
from urllib.parse import urlencode

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reparto.kit.tenancy import enter_organization

from .contact_list import signed_in
from .population import Company, a_company, add_contacts, gather_statistics

CONTACTS = 100_000
ROUNDS = 15
FILTER = '{"all": [{"field": "name", "op": "contains", "value": "nunez"}]}'


def run() -> dict[str, float]:
    """Print, for each: server time, the same SQL bare, the ratio and the number of queries."""
    company = a_company()
    for seed in range(10):
        add_contacts(company, CONTACTS // 10, seed=200 + seed)
    contacts = add_contacts(company, ROUNDS + 5, line=True, seed=300)
    gather_statistics()
    browser = signed_in(company)
    print(f"\nA day by hand, {CONTACTS:,} contacts")
    opened = f"/bandeja/{_conversation_of(company, contacts[0])}"
    return {
        "list": _look("the list, 50 rows", browser, "/contactos", company),
        "filtered": _look("the list, filtered", browser, f"/contactos?{urlencode({'filter': FILTER})}", company),
        "conversation": _look("opening a conversation", browser, opened, company),
        "assignment": _give(browser, contacts, company),
    }


def _conversation_of(company: Company, contact_id: int) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        enter_organization(company.organization_id)
        cursor.execute("SELECT id FROM conversations_conversation WHERE contact_id = %s", [contact_id])
        return int(cursor.fetchone()[0])


def _look(name: str, browser: Client, url: str, company: Company) -> float:
    def page() -> None:
        answer = browser.get(url)
        if answer.status_code != 200:
            raise RuntimeError(f"{url}: {answer.status_code}")

    page()
    statements = _asked(page)
    return _tell(name, _milliseconds(page), _milliseconds(_bare(statements, company)), len(statements))


def _give(browser: Client, contacts: list[int], company: Company) -> float:
    """From the click to the commit; each time another contact, so that each is a change."""
    left = iter(contacts)

    def give() -> None:
        url = f"/contactos/{next(left)}/encargado"
        answer = browser.post(url, {"person": company.people[0]}, headers={"HX-Request": "true"})
        if answer.status_code != 200:
            raise RuntimeError(f"{url}: {answer.status_code}")

    give()
    statements = _asked(give)
    reads = [one for one in statements if one.lstrip().startswith("SELECT")]
    print(f"  {'giving a contact':<28} of {len(statements)} statements {len(reads)} read; only those run bare, for")
    print(f"  {'':<28} what was inserted once cannot be again: the ratio is an upper bound")
    return _tell("giving a contact", _milliseconds(give), _milliseconds(_bare(reads, company)), len(statements))


def _asked(work: Callable[[], None]) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        work()
    return [one["sql"] for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]


def _bare(statements: list[str], company: Company) -> Callable[[], None]:
    def bare() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            enter_organization(company.organization_id)
            for statement in statements:
                if statement.lstrip().startswith("SELECT"):
                    cursor.execute(statement.replace("%", "%%"), [])
                    cursor.fetchall()

    return bare


def _milliseconds(work: Callable[[], None]) -> float:
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        took.append((time.perf_counter() - begun) * 1000)
    return median(took)


def _tell(name: str, took: float, raw: float, queries: int) -> float:
    print(f"  {name:<28} server {took:6.1f} ms   same SQL bare {raw:6.1f} ms   {queries} queries")
    print(f"ratio: {took / raw:.2f}")
    return took / raw
