"""P7, a first part: the contact list on 100,000 contacts, against the very same SQL run bare."""

import time
from collections.abc import Callable
from statistics import median

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reparto.kit.tenancy import enter_organization
from reparto.people.queries import find_person

from .population import Company, a_company, add_contacts, gather_statistics

CONTACTS = 100_000
ROUNDS = 15
PAGES = {
    "first page": "/contactos",
    "search of three letters": "/contactos?q=nun",
    "search of a phone's part": "/contactos?q=5512",
    "search of two words": "/contactos?q=ana+nunez",
    "search of a common word": "/contactos?q=ana",
    "without owner": "/contactos?tab=none",
    "clients": "/contactos?tab=clients",
}


def run() -> dict[str, float]:
    """Print, for each page: server time, the same SQL bare, the ratio and the number of queries."""
    company = a_company()
    for seed in range(10):
        add_contacts(company, CONTACTS // 10, seed=100 + seed)
    gather_statistics()
    browser = signed_in(company)
    print(f"\nP7  the contact list, {CONTACTS:,} contacts, 50 rows")
    return {name: _measure(name, browser, url, company) for name, url in PAGES.items()}


def signed_in(company: Company) -> Client:
    """Return the administrator's browser."""
    browser = Client(headers={"host": "127.0.0.1"})
    with transaction.atomic():
        enter_organization(company.organization_id)
        person = find_person(company.admin.person_id)
        browser.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = browser.session
    session["organization_id"] = company.organization_id
    session.save()
    return browser


def _measure(name: str, browser: Client, url: str, company: Company) -> float:
    def page() -> None:
        answer = browser.get(url)
        if answer.status_code != 200:
            raise RuntimeError(f"{url}: {answer.status_code}")

    page()
    with CaptureQueriesContext(connection) as asked:
        page()
    queries = len(asked)  # the log is emptied at the next request
    statements = [one["sql"] for one in asked.captured_queries if one["sql"].lstrip().startswith("SELECT")]

    def bare() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            enter_organization(company.organization_id)
            for statement in statements:
                cursor.execute(statement.replace("%", "%%"), [])
                cursor.fetchall()

    took, raw = _milliseconds(page), _milliseconds(bare)
    print(f"  {name:<28} page {took:6.1f} ms   same SQL bare {raw:6.1f} ms   {queries} queries")
    print(f"ratio: {took / raw:.2f} (goal ≤ 2)")
    return took / raw


def _milliseconds(work: Callable[[], None]) -> float:
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        took.append((time.perf_counter() - begun) * 1000)
    return median(took)
