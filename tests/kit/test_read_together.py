"""Several sets of rows in one statement: each is what it would have been by itself."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from reparto.assignment.models import Decision
from reparto.assignment.record_sale import record_sale
from reparto.contacts.add_sale import SaleDraft
from reparto.contacts.models import Contact, Tag
from reparto.contacts.queries import address_rows, visible_contacts
from reparto.contacts.sales_of import sales_of
from reparto.conversations.models import Message
from reparto.conversations.queries import assignee_rows, messages_of, visible_conversations
from reparto.kit.ask_together import asking, counted, listed
from reparto.kit.models import AuditEntry, Organization
from reparto.kit.read_together import read_together
from tests.cast import AT, a_company, a_whatsapp_account
from tests.web.inbox_cast import a_conversation

pytestmark = pytest.mark.django_db


def as_seen(row: object) -> object:
    """Return a row as values that can be compared, what it refers to included."""
    if not hasattr(row, "_state"):
        return row
    there = {name: as_seen(value) for name, value in row._state.fields_cache.items()}
    return {name: value for name, value in vars(row).items() if name != "_state"} | there


class TestReadingTogether:
    def test_is_reading_each_by_itself(self) -> None:
        """P11: Rows, their relations, lists, JSON, instants, counts: all as if asked alone, in one statement."""
        cast = a_company()
        talk = a_conversation(a_whatsapp_account(admin=cast.admin), "Hola", "¿Sigue?")
        record_sale(talk.contact_id, SaleDraft(Decimal("1250.50"), "MXN"), actor=cast.admin, at=AT)

        def asked() -> list[QuerySet[Any, Any]]:
            return [
                visible_conversations(cast.manager),
                visible_contacts(cast.admin).filter(name__contains="%"),
                visible_contacts(cast.alba)[:5],
                Decision.objects.order_by("id"),
                AuditEntry.objects.order_by("id"),
                Organization.objects.all(),
                messages_of(talk.pk)[:1],
                sales_of(talk.contact_id),
                Message.objects.defer("payload").order_by("id"),
                address_rows([talk.contact_id]).values("kind", "value"),
                assignee_rows([talk.pk]),
                Contact.objects.order_by("id").values_list("name", flat=True),
                asking(found=counted(Contact.objects.all(), most=9), none=counted(Tag.objects.none(), most=9)),
                asking(named=listed(Contact.objects.order_by("id"), "id", "created_at")),
                Tag.objects.none(),
            ]

        alone, together = asked(), asked()
        with CaptureQueriesContext(connection) as caught:
            read_together(*together)
            found = [[as_seen(row) for row in rows] for rows in together]

        assert 1 == len(caught)
        assert [[as_seen(row) for row in rows] for rows in alone] == found
        assert any(found)
