"""First answers are kept for whoever repeats a POST, and not for ever."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from reparto.kit.clock import now
from reparto.kit.forget_answers import KEPT, forget_answers
from reparto.kit.idempotency import Asked, first_answer, store_answer
from reparto.kit.run_worker import PENDING
from reparto.kit.tenancy import in_organization
from tests.cast import a_company, a_stranger

pytestmark = pytest.mark.django_db


def keep(organization_id: int, key: str, *, at: datetime) -> Asked:
    """Keep an answer of an organization."""
    asked = Asked(organization_id, 1, "POST /contacts", key, b"\0" * 32)
    with in_organization(organization_id):
        store_answer(asked, status=201, answer={}, at=at)
    return asked


def pending() -> list[int]:
    """Return which organizations the sweep would wake for this, as the role of the queue."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE reparto_queue")
        cursor.execute(PENDING["forget"])
        found = [one for (one,) in cursor.fetchall()]
        cursor.execute("RESET ROLE")
    return found


class TestForgetting:
    def test_takes_what_is_old_and_leaves_the_rest(self) -> None:
        """An answer is given again for four days; then its key is free, another company's untouched."""
        cast, stranger = a_company(), a_stranger()
        old = keep(cast.organization_id, "old", at=now() - KEPT - timedelta(minutes=1))
        young = keep(cast.organization_id, "young", at=now() - KEPT + timedelta(minutes=1))
        theirs = keep(stranger.organization_id, "old", at=now() - KEPT - timedelta(minutes=1))

        assert 1 == forget_answers(cast.organization_id, at=now())
        with in_organization(cast.organization_id):
            assert (None, True) == (first_answer(old), first_answer(young) is not None)
        with in_organization(stranger.organization_id):
            assert first_answer(theirs) is not None

    def test_is_found_by_the_sweep(self) -> None:
        """The sweep wakes for the organizations that keep old answers, and for no others."""
        cast, stranger = a_company(), a_stranger()
        keep(cast.organization_id, "old", at=now() - KEPT - timedelta(minutes=1))
        keep(stranger.organization_id, "young", at=now())

        assert [cast.organization_id] == pending()
