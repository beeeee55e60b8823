"""Two administrators change the tree at the same instant, on connections of their own."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from reparto.kit.faults import Invalid
from reparto.kit.tenancy import in_organization
from reparto.people.add_group import add_group
from reparto.people.move_group import move_group
from reparto.people.queries import all_groups
from tests.cast import AT, Cast, a_company

pytestmark = pytest.mark.django_db(transaction=True)


def together(company: Cast, *changes: Callable[[], object]) -> list[str]:
    """Make changes at the same instant, each in a transaction of its own; return the codes of those refused."""
    ready, refused = threading.Barrier(len(changes)), []

    def make(change: Callable[[], object]) -> None:
        try:
            with in_organization(company.organization_id):
                ready.wait(20)
                change()
        except Invalid as invalid:
            refused.append(invalid.faults[0].code)
        finally:
            connection.close()

    threads = [threading.Thread(target=make, args=(change,)) for change in changes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return refused


def paths(company: Cast) -> dict[int, tuple[int | None, str]]:
    """Return parent and path of each group."""
    with in_organization(company.organization_id):
        return {group.pk: (group.parent_id, group.path) for group in all_groups()}


def are_sound(found: dict[int, tuple[int | None, str]]) -> bool:
    """Say whether each path is its parent's and its own number."""
    return all(
        path == (f"/{key}/" if parent is None else f"{found[parent][1]}{key}/") for key, (parent, path) in found.items()
    )


class TestAtOnce:
    def test_two_moves_make_no_ring(self) -> None:
        """Each into the other: one is refused, and every path is right."""
        with transaction.atomic():
            company = a_company()
        north, south, admin = company.north_id, company.south_id, company.admin

        refused = together(
            company,
            lambda: move_group(north, parent_id=south, actor=admin, at=AT),
            lambda: move_group(south, parent_id=north, actor=admin, at=AT),
        )

        assert ["inside_itself"] == refused
        assert are_sound(paths(company))

    def test_a_child_that_comes_meanwhile_goes_along(self) -> None:
        """A group that is added below one which moves lies where that one went."""
        with transaction.atomic():
            company = a_company()
        north, south, admin = company.north_id, company.south_id, company.admin

        together(
            company,
            lambda: move_group(north, parent_id=south, actor=admin, at=AT),
            lambda: add_group("Nueva", parent_id=north, actor=admin, at=AT),
        )

        found = paths(company)
        assert 4 == len(found)
        assert are_sound(found)
