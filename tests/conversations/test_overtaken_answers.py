"""Status events of WhatsApp that come before the answer to the request that sent the message."""

import pytest

from reparto.assignment.answer_conversation import answer_conversation
from reparto.channels.shapes import StatusEvent
from reparto.conversations.apply_statuses import apply_statuses
from reparto.conversations.carry_whatsapp import WhatsAppCarrier
from reparto.conversations.models import Conversation
from reparto.conversations.send_reply import Reply
from reparto.kit.models import Outbox
from tests.cast import AT, a_company, a_phone, a_whatsapp_account
from tests.road import a_text, write

pytestmark = pytest.mark.django_db


class TestAStatusEvent:
    def test_before_the_answer_is_shown_with_it(self) -> None:
        """INV-5: "delivered" that overtook the answer is not lost: the message shows it once its id is known."""
        cast = a_company()
        account = a_whatsapp_account(admin=cast.admin)
        write(account, a_text(a_phone()))
        talk = Conversation.objects.get()
        message = answer_conversation(talk.pk, Reply("Hola"), actor=cast.admin, at=AT)
        event = StatusEvent(external_id="wamid.ours", status="delivered", at=AT)
        apply_statuses(cast.organization_id, [(account.pk, event)], at=AT)
        row = Outbox.objects.get(kind="whatsapp.text")
        row.state = "sent"
        WhatsAppCarrier().settled(row, "wamid.ours")

        message.refresh_from_db()
        assert ("delivered", "wamid.ours") == (message.status, message.external_id)
