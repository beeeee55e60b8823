"""Status events of WhatsApp that come before, or beside, the answer to the request that sent the message."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from reparto.assignment.answer_conversation import answer_conversation
from reparto.channels.shapes import Status, StatusEvent
from reparto.contacts.models import Contact
from reparto.contacts.record_follow_up import FollowUpDraft, record_follow_up
from reparto.conversations.apply_statuses import apply_statuses
from reparto.conversations.carry_whatsapp import WhatsAppCarrier
from reparto.conversations.models import Conversation, Message
from reparto.conversations.resend_message import resend_message
from reparto.conversations.send_reply import Reply
from reparto.kit.models import Outbox
from reparto.kit.tenancy import in_organization
from tests.at_once import one_after_the_other
from tests.cast import AT, Cast, a_company, a_phone, a_whatsapp_account
from tests.road import a_text, write

DAY = timedelta(days=1)


def an_answer_on_its_way(cast: Cast) -> tuple[Outbox, Callable[[], None]]:
    """Return a row that WhatsApp has taken, and what stores the status that it was delivered."""
    account = a_whatsapp_account(admin=cast.admin)
    write(account, a_text(a_phone()))
    answer_conversation(Conversation.objects.get().pk, Reply("Hola"), actor=cast.admin, at=AT)
    row = Outbox.objects.get(kind="whatsapp.text")
    row.state = "sent"
    event = StatusEvent(external_id="wamid.ours", status="delivered", at=AT)
    return row, lambda: apply_statuses(cast.organization_id, [(account.pk, event)], at=AT)


class TestAStatusEvent:
    @pytest.mark.django_db
    def test_before_the_answer_is_shown_with_it(self) -> None:
        """INV-5: "delivered" that overtook the answer is not lost: the message shows it once its id is known."""
        row, deliver = an_answer_on_its_way(a_company())
        deliver()
        WhatsAppCarrier().settled(row, "wamid.ours")

        message = Message.objects.get(direction="out")
        assert ("delivered", "wamid.ours") == (message.status, message.external_id)

    @pytest.mark.django_db
    def test_that_it_failed_takes_the_follow_up_back(self) -> None:
        """UP-5, UP-7: a reply that WhatsApp could not deliver is no follow-up, but for as long as it may have left."""
        cast = a_company()
        row, _ = an_answer_on_its_way(cast)
        WhatsAppCarrier().settled(row, "wamid.ours")
        talk = Conversation.objects.get()
        statuses: tuple[Status, ...] = ("failed", "delivered")
        seen = []
        for status in statuses:
            seen.append(Contact.objects.get().last_follow_up_at)
            event = StatusEvent(external_id="wamid.ours", status=status, at=AT)
            apply_statuses(cast.organization_id, [(talk.account_id, event)], at=AT)
        assert [AT, None, AT] == [*seen, Contact.objects.get().last_follow_up_at]

    @pytest.mark.django_db
    def test_what_did_not_leave_follows_up_when_it_is_sent_again(self) -> None:
        """UP-5: what the outbox could not send is no follow-up; sent again it is, from then on."""
        cast = a_company()
        row, _ = an_answer_on_its_way(cast)
        record_follow_up(Contact.objects.get().pk, FollowUpDraft("call", at=AT - DAY), actor=cast.admin, at=AT)
        row.state = "failed"
        WhatsAppCarrier().settled(row, "")
        assert AT - DAY == Contact.objects.get().last_follow_up_at
        message = Message.objects.get(direction="out")

        resend_message(message.conversation_id, message.pk, actor=cast.admin, at=AT + DAY / 2)

        assert AT + DAY / 2 == Contact.objects.get().last_follow_up_at

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("first", ["answer", "status"])
    def test_beside_the_answer_is_shown(self, first: str) -> None:
        """INV-5: of an answer and a status kept at the same instant the second waits for the first and sees it."""
        with transaction.atomic():
            cast = a_company()
            row, deliver = an_answer_on_its_way(cast)
        acts = [lambda: WhatsAppCarrier().settled(row, "wamid.ours"), deliver]
        one_after_the_other(cast.organization_id, *(acts if first == "answer" else reversed(acts)))

        with in_organization(cast.organization_id):
            assert "delivered" == Message.objects.get(direction="out").status
