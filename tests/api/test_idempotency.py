"""A POST that is repeated under its key gives the first answer again (INV-49)."""

import json
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from reparto.api import groups
from reparto.kit.models import IdempotencyKey
from tests.cast import Cast, a_company

from .caller import Caller


def count(admin: Caller, name: str) -> int:
    """Return how many groups of a name there are."""
    return [group["name"] for group in admin.get("/groups", limit=200).body["items"]].count(name)


@pytest.mark.django_db
class TestTheSameKey:
    def test_gives_the_first_answer_again(self, admin: Caller) -> None:
        """The same key and body is the same group, not a second one."""
        first, again = (admin.post("/groups", {"name": "Este"}, Idempotency_Key="k1") for _ in range(2))

        assert (201, first.raw) == (again.status, again.raw)
        assert 1 == count(admin, "Este")

    def test_keeps_no_secret_that_a_copy_of_the_database_gives_away(self, company: Cast, admin: Caller) -> None:
        """INV-37, INV-49: the link of an invitation is answered again, and lies nowhere as it is."""
        path = f"/people/{company.alba.person_id}/invitation"
        first, again = (admin.post(path, {}, Idempotency_Key="k0") for _ in range(2))
        kept = json.dumps(IdempotencyKey.objects.get(key="k0").answer)
        key = first.body["url"].rstrip("/").rsplit("/", 1)[-1]

        assert (201, first.raw) == (again.status, again.raw)
        assert (len(key) > 20, key in kept) == (True, False)

    def test_gives_a_refusal_again(self, admin: Caller) -> None:
        """An error is an answer too: it stays the first one although the cause is gone."""
        missing = admin.get("/groups").body["items"][-1]["id"] + 1
        body = {"name": "Este", "parent_id": missing}
        first = admin.post("/groups", body, Idempotency_Key="k2")
        assert 201 == admin.post("/groups", {"name": "Ahora"}).status

        again = admin.post("/groups", body, Idempotency_Key="k2")

        assert (422, first.raw, "application/problem+json") == (
            again.status,
            again.raw,
            again.response["Content-Type"],
        )

    def test_with_another_body_is_refused(self, admin: Caller) -> None:
        """The same key with another body, another object or another version is 422 and does nothing."""
        admin.post("/groups", {"name": "Este"}, Idempotency_Key="k3")

        said = admin.post("/groups", {"name": "Oeste"}, Idempotency_Key="k3")

        assert {"Idempotency-Key": "idempotency_key_reused"} == said.codes
        assert 0 == count(admin, "Oeste")

    def test_belongs_to_its_token_and_route(self, company: Cast, admin: Caller) -> None:
        """Another token, and another route, have keys of their own."""
        admin.post("/groups", {"name": "Este"}, Idempotency_Key="k4")

        assert 201 == admin.post("/campaigns", {"name": "Este"}, Idempotency_Key="k4").status
        assert 201 == Caller(company.admin).post("/groups", {"name": "Este"}, Idempotency_Key="k4").status
        assert 2 == count(admin, "Este")

    def test_after_a_failure_of_ours_is_tried_again(self, admin: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
        """What failed by our own fault is not kept: the next try may succeed, and nothing is doubled."""
        with monkeypatch.context() as broken:
            broken.setattr(groups, "show_group", _fail)
            with pytest.raises(ZeroDivisionError):
                admin.post("/groups", {"name": "Este"}, Idempotency_Key="k5")

        assert 201 == admin.post("/groups", {"name": "Este"}, Idempotency_Key="k5").status
        assert 1 == count(admin, "Este")

    def test_that_is_too_long_is_refused(self, admin: Caller) -> None:
        """A key is at most 200 characters."""
        said = admin.post("/groups", {"name": "Este"}, Idempotency_Key="x" * 201)

        assert {"Idempotency-Key": "bad_idempotency_key"} == said.codes


@pytest.mark.django_db(transaction=True)
class TestTogether:
    def test_one_works_and_the_others_are_told(self) -> None:
        """Of several at one instant exactly one group comes; each answer is the first one or 409."""
        with transaction.atomic():
            admin = Caller(a_company().admin)
            assert admin.token
        gate, answers = Barrier(6), []

        def ask() -> None:
            gate.wait()
            answers.append(admin.post("/groups", {"name": "Este"}, Idempotency_Key="k6").status)
            connection.close()

        threads = [Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert {201} <= set(answers) <= {201, 409}
        assert 1 == count(admin, "Este")


def _fail(_group: Any) -> Any:
    return 1 / 0
