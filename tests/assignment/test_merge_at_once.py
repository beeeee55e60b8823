"""Merging while others act on the same contacts: one merge counts, and nothing said or recorded meanwhile is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from reparto.assignment.merge_contacts import AlreadyMerged, merge_contacts
from reparto.contacts.models import Address, Contact, Merge
from reparto.contacts.queries import UnknownContact
from reparto.contacts.record_follow_up import FollowUpDraft, record_follow_up
from reparto.conversations.models import Message
from reparto.intake.absorb_deliveries import absorb_deliveries
from reparto.kit.tenancy import in_organization
from tests import cast
from tests.at_once import waits_for_this_transaction
from tests.cast import AT, Cast
from tests.product import eventually
from tests.road import a_text, a_webhook, deliver


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_merges_of_the_same_two(self) -> None:
        """EC-56: one person merges A into B while another merges B into A: one of the two counts, nothing is lost."""
        company, one, other = two_contacts()
        gate = Barrier(2)

        def merge(pair: tuple[int, int]) -> str:
            try:
                with in_organization(company.organization_id):
                    gate.wait()
                    merge_contacts(*pair, owner_id=None, actor=company.admin, at=AT)
            except (AlreadyMerged, UnknownContact):
                return "late"
            finally:
                connection.close()
            return "merged"

        with ThreadPoolExecutor(2) as pool:
            answers = sorted(pool.map(merge, [(one.pk, other.pk), (other.pk, one.pk)]))

        assert ["late", "merged"] == answers
        with in_organization(company.organization_id):
            assert (1, 1) == (Merge.objects.count(), Contact.objects.filter(merged_into=None).count())
            assert 1 == len(set(Address.objects.values_list("contact_id", flat=True)))

    def test_a_message_that_arrives_meanwhile(self) -> None:
        """EC-56: it waits for the merge and is the kept contact's; no third contact comes to be."""
        company, one, other = two_contacts()
        with in_organization(company.organization_id):
            line = cast.a_whatsapp_account(admin=company.admin)
        with transaction.atomic():
            deliver(line, a_webhook(line, a_text("573003333333")))

        meanwhile(company, one, other, lambda: absorb_deliveries(company.organization_id, at=AT))

        with in_organization(company.organization_id):
            assert [one.pk] == list(Message.objects.values_list("conversation__contact_id", flat=True))
            assert 2 == Contact.objects.count()

    def test_a_follow_up_on_the_contact_that_goes(self) -> None:
        """EC-56: whoever records on the merged contact while it goes is told that it is not there; nothing is lost."""
        company, one, other = two_contacts()
        draft = FollowUpDraft("call", "Hola", AT)

        with pytest.raises(UnknownContact):
            meanwhile(company, one, other, lambda: record_follow_up(other.pk, draft, actor=company.admin, at=AT))


def two_contacts() -> tuple[Cast, Contact, Contact]:
    """Return a committed company with two contacts, the second with a number of its own."""
    with transaction.atomic():
        company = cast.a_company()
        return company, cast.a_contact(admin=company.admin), cast.a_contact(admin=company.admin, phone="+573003333333")


def meanwhile(company: Cast, kept: Contact, merged: Contact, act: Callable[[], object]) -> None:
    """Merge, and let somebody act who has looked before the merge commits and waits for it."""

    def other() -> None:
        try:
            with in_organization(company.organization_id):
                act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with in_organization(company.organization_id):
            merge_contacts(kept.pk, merged.pk, owner_id=None, actor=company.admin, at=AT)
            waits = pool.submit(other)
            assert eventually(waits_for_this_transaction)
        waits.result(timeout=20)
