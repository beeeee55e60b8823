"""Sales: what the share of sales closed (UP-7) and *Clientes sin ventas* (UP-5) are made of."""

from datetime import timedelta
from decimal import Decimal

import pytest

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.record_sale import record_sale
from reparto.contacts.add_sale import SaleDraft
from reparto.contacts.models import Contact
from reparto.contacts.sales_of import sales_of
from tests.api.caller import Caller
from tests.cast import AT, Cast, a_company, a_contact, a_stranger
from tests.web.visitor import Visitor, text

SOLD = {"amount": 1250.5, "currency": "mxn"}


@pytest.fixture
def cast(db: None) -> Cast:
    """The company of these tests."""
    return a_company()


@pytest.fixture
def contact(cast: Cast) -> Contact:
    """A prospect of Alba's."""
    return a_contact("Rosa", admin=cast.admin, owner=cast.alba)


class TestByApi:
    def test_makes_a_client(self, cast: Cast, contact: Contact) -> None:
        """UP-7: a prospect with a sale becomes a client; the sale is its owner's, whoever records it, and is listed."""
        path = f"/contacts/{contact.pk}"
        version = Caller(cast.alba).get(path).body["version"]

        said = Caller(cast.manager).post(f"{path}/sales", SOLD)

        assert (201, 1250.5, "MXN") == (said.status, said.body["amount"], said.body["currency"])
        assert (cast.alba.person_id, cast.manager.person_id) == (said.body["seller_id"], said.body["recorded_by_id"])
        after = Caller(cast.alba).get(path).body
        assert ("client", version + 1) == (after["kind"], after["version"])
        assert [said.body] == Caller(cast.alba).get(f"{path}/sales").body["items"]

    def test_names_all_faults_at_once(self, cast: Cast, contact: Contact) -> None:
        """UP-7: nothing, less than a cent, an unknown currency, tomorrow, an attention that is not there: 422, unsaved."""
        caller, path = Caller(cast.alba), f"/contacts/{contact.pk}/sales"
        wrong = {"amount": 0, "currency": "XXX", "at": "2999-01-01T00:00:00+00:00", "lead_id": 7}

        said = caller.post(path, wrong)
        shapes = [caller.post(path, {**SOLD, "amount": amount}).codes for amount in (True, "mucho", "NaN", 1.005)]

        assert {"amount", "currency", "at", "lead_id"} == set(said.codes)
        assert ["not_a_number"] * 3 + ["too_precise"] == [codes["amount"] for codes in shapes]
        assert not sales_of(contact.pk).exists()

    def test_is_recorded_by_whoever_works_the_contact(self, cast: Cast, contact: Contact) -> None:
        """UP-7: a colleague of the group sees the contact and may not; a stranger of another group or company gets 404."""
        path = f"/contacts/{contact.pk}/sales"

        said = [Caller(one).post(path, SOLD).status for one in (cast.bruno, cast.carla, a_stranger().admin)]

        assert [403, 404, 404] == said

    def test_counts_as_none_once_cancelled(self, cast: Cast, contact: Contact) -> None:
        """EC-64: a sale that was refunded is cancelled once, stays to be read, and the contact stays a client."""
        caller, path = Caller(cast.alba), f"/contacts/{contact.pk}/sales"
        sale = caller.post(path, SOLD).body

        said = [caller.post(f"{path}/{sale['id']}/cancel") for _ in range(2)]

        assert [200, 200] == [one.status for one in said]
        assert 1 == len({one.body["cancelled_at"] for one in said}) == len(caller.get(path).body["items"])
        assert 404 == caller.post(f"{path}/999999/cancel").status
        assert "client" == caller.get(f"/contacts/{contact.pk}").body["kind"]


class TestTheSeller:
    def test_is_whoever_owned_the_contact_then(self, cast: Cast, contact: Contact) -> None:
        """UP-7: a sale of last week is of last week's owner, not of whoever has the contact today."""
        moved_at = AT + timedelta(days=2)
        assign_by_hand(contact.pk, owner_id=cast.bruno.person_id, actor=cast.manager, at=moved_at)
        sellers = [
            record_sale(
                contact.pk,
                SaleDraft(Decimal(10), "MXN", AT + timedelta(days=days)),
                actor=cast.manager,
                at=AT + timedelta(days=9),
            ).seller_id
            for days in (1, 2, 3)
        ]

        assert [cast.alba.person_id, cast.bruno.person_id, cast.bruno.person_id] == sellers

    def test_is_whoever_records_it_while_nobody_has_it(self, cast: Cast) -> None:
        """UP-7: with nobody responsible the sale is of whoever wrote it down."""
        free = a_contact("Libre", admin=cast.admin)

        sale = record_sale(free.pk, SaleDraft(Decimal(10), "MXN"), actor=cast.manager, at=AT)

        assert cast.manager.person_id == sale.seller_id


class TestByPage:
    def test_is_recorded_and_cancelled_on_the_profile(self, cast: Cast, contact: Contact) -> None:
        """UP-7: *Registrar venta* takes an amount as people write it; profile and history show it, and its cancelling."""
        visitor, url = Visitor(cast.alba), f"/contactos/{contact.pk}"

        visitor.post(f"{url}/ventas", amount="1 250,50", currency="COP")
        shown = text(visitor.get(url))
        (sale,) = sales_of(contact.pk)
        visitor.post(f"{url}/ventas/{sale.pk}/anular")

        assert (Decimal("1250.50"), "COP") == (sale.amount, sale.currency)
        assert all(one in shown for one in ("Venta de", "Registrar venta", "Cliente"))
        assert "anulada" in text(visitor.get(url))

    def test_is_not_offered_to_whoever_only_sees_the_contact(self, cast: Cast, contact: Contact) -> None:
        """UP-7: a colleague of the group reads the sales and has no form; what they post is refused."""
        visitor = Visitor(cast.bruno)

        said = visitor.post(f"/contactos/{contact.pk}/ventas", amount="10", currency="MXN")

        assert 403 == said.status_code
        assert "Registrar venta" not in text(visitor.get(f"/contactos/{contact.pk}"))
