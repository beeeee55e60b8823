"""Contacts changed by several at the same instant: never two for one address, and nobody's change is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from threading import Barrier

import psycopg
import pytest
from django.db import connection, transaction

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.contacts.add_contact import add_contact
from reparto.contacts.change_default_assignees import change_default_assignees
from reparto.contacts.change_tags import change_tags
from reparto.contacts.contact_draft import AddressDraft, ContactDraft
from reparto.contacts.edit_contact import edit_contact
from reparto.contacts.keep_view import UnknownView, ViewDraft, forget_view, keep_view
from reparto.contacts.models import Address, Contact, SavedView
from reparto.contacts.queries import default_assignees_of, tags_of
from reparto.kit.faults import Invalid
from reparto.kit.tenancy import in_organization
from tests import cast
from tests.at_once import one_after_the_other
from tests.cast import AT

fold_twins = import_module("reparto.contacts.migrations.0009_one_view_a_name").fold_twins


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_forms_with_one_address_make_one_contact(self) -> None:
        """INV-6: of eight people who type in the same number at once one succeeds, the others are told."""
        with transaction.atomic():
            company = cast.a_company()
        gate = Barrier(8)

        def add(number: int) -> str:
            draft = ContactDraft(f"Clara {number}", addresses=(AddressDraft("phone", "+525512345678"),))
            try:
                with in_organization(company.organization_id):
                    gate.wait()
                    add_contact(draft, actor=company.admin, at=AT)
            except Invalid as refused:
                return refused.faults[0].code
            finally:
                connection.close()
            return "made"

        with ThreadPoolExecutor(8) as pool:
            answers = sorted(pool.map(add, range(8)))

        assert ["address_taken"] * 7 + ["made"] == answers
        with in_organization(company.organization_id):
            assert (1, 1) == (Contact.objects.count(), Address.objects.count())

    @pytest.mark.parametrize("first", ["edit", "assign"])
    def test_an_edit_and_an_assignment_at_once(self, first: str) -> None:
        """Neither loses the other's change: the one that waits for the other's row keeps what the other wrote."""
        with transaction.atomic():
            company = cast.a_company()
            contact = cast.a_contact(admin=company.admin)
        verbs: dict[str, Callable[[], object]] = {
            "edit": lambda: edit_contact(contact.pk, {"name": "Nueva"}, actor=company.admin, at=AT),
            "assign": lambda: assign_by_hand(contact.pk, owner_id=company.alba.person_id, actor=company.admin, at=AT),
        }
        second = verbs["assign" if first == "edit" else "edit"]
        one_after_the_other(company.organization_id, verbs[first], second)

        with in_organization(company.organization_id):
            contact.refresh_from_db()
        assert ("Nueva", company.alba.person_id) == (contact.name, contact.owner_id)


@pytest.mark.django_db(transaction=True)
class TestTwoWhoAddDefaultAssignees:
    def test_lose_neither(self) -> None:
        """Of two who add somebody at the same instant, both are put on new conversations."""
        with transaction.atomic():
            company = cast.a_company()
            contact = cast.a_contact(admin=company.admin)

        def add(person_id: int) -> None:
            change_default_assignees(contact.pk, come=[person_id], go=[], actor=company.admin, at=AT)

        one_after_the_other(
            company.organization_id, lambda: add(company.alba.person_id), lambda: add(company.bruno.person_id)
        )

        with in_organization(company.organization_id):
            both = [company.alba.person_id, company.bruno.person_id]
            assert {contact.pk: both} == default_assignees_of([contact.pk])


@pytest.mark.django_db(transaction=True)
class TestTwoWhoTag:
    def test_lose_neither(self) -> None:
        """INV-16: of two who put a tag on the same contact at the same instant, both tags are there."""
        with transaction.atomic():
            company = cast.a_company()
            contact = cast.a_contact(admin=company.admin)

        def put(name: str) -> None:
            change_tags(contact.pk, come=[name], go=[], actor=company.admin, at=AT)

        one_after_the_other(company.organization_id, lambda: put("de-alba"), lambda: put("de-marta"))

        with in_organization(company.organization_id):
            assert {"de-alba", "de-marta"} == set(tags_of([contact.pk])[contact.pk])


@pytest.mark.django_db(transaction=True)
class TestTwoWhoKeepOneView:
    def test_make_no_twins(self) -> None:
        """A form sent twice at the same instant keeps one view; the second waits, and what it says stands."""
        with transaction.atomic():
            company = cast.a_company()

        def keep(tab: str) -> int:
            return keep_view(ViewDraft("Mías", {"tab": tab}), actor=company.alba, at=AT).pk

        first, second = one_after_the_other(company.organization_id, lambda: keep("mine"), lambda: keep("unassigned"))

        with in_organization(company.organization_id):
            assert first == second
            assert [{"tab": "unassigned"}] == list(SavedView.objects.values_list("address", flat=True))


@pytest.mark.django_db
class TestASharedView:
    def test_of_somebody_who_left_is_removed_by_who_may_share(self) -> None:
        """An administrator removes a shared view of anybody's; an agent does not, and a private one nobody else."""
        company = cast.a_company()
        shared = keep_view(ViewDraft("De todos", shared=True), actor=company.admin, at=AT)
        SavedView.objects.filter(pk=shared.pk).update(person_id=company.carla.person_id)
        private = keep_view(ViewDraft("Mía"), actor=company.carla, at=AT)
        with pytest.raises(UnknownView):
            forget_view(shared.pk, actor=company.alba)
        with pytest.raises(UnknownView):
            forget_view(private.pk, actor=company.admin)
        forget_view(shared.pk, actor=company.admin)

        assert [private.pk] == list(SavedView.objects.values_list("pk", flat=True))


#: As it was before the key: somebody's form sent twice at once, and what nobody doubled.
TWINS = """
ALTER TABLE contacts_savedview DROP CONSTRAINT contacts_savedview_one_a_name;
SELECT set_config('reparto.organization', '{organization}', true);
INSERT INTO contacts_savedview (organization_id, person_id, name, shared, address, columns, created_at)
SELECT organization_id, person_id, name, shared, '{{"tab": "later"}}', columns, created_at FROM contacts_savedview;
INSERT INTO contacts_savedview (organization_id, person_id, name, shared, address, columns, created_at)
SELECT organization_id, person_id, 'Otra', shared, address, columns, created_at FROM contacts_savedview LIMIT 1
"""


class TestAnUpgrade:
    def test_folds_twins_of_views(self, transactional_db: None, superuser_url: str) -> None:
        """Of two views of one person and name the later stays, as the list showed it; the others are untouched."""
        with transaction.atomic():
            company = cast.a_company()
            keep_view(ViewDraft("Mías"), actor=company.alba, at=AT)

        with psycopg.connect(superuser_url) as owner, owner.transaction(force_rollback=True):
            owner.execute("SET ROLE reparto_owner")
            owner.execute(TWINS.format(organization=company.organization_id))
            assert (1, 0) == (fold_twins(owner.cursor()), fold_twins(owner.cursor()))
            owner.execute("SELECT set_config('reparto.organization', %s, true)", [str(company.organization_id)])
            left = owner.execute("SELECT name, address FROM contacts_savedview ORDER BY id").fetchall()

        assert [("Mías", {"tab": "later"}), ("Otra", {})] == left
