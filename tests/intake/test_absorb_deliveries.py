"""The road of a message: from a signed webhook to somebody's work."""

import json
from datetime import timedelta

import pytest

from reparto.assignment.models import Decision, Ownership, Waiting
from reparto.contacts.models import Contact
from reparto.conversations.models import Assignee, Conversation, Load, Message
from reparto.intake.models import Delivery, Quarantine
from reparto.notifications.models import Notification
from tests.cast import AT, Cast, a_company, a_phone, a_rule, a_whatsapp_account, an_account
from tests.road import a_text, a_webhook, deliver, submit_form, work, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Return a company that deals new conversations to Alba and Bruno in turn."""
    cast = a_company()
    a_rule(cast.alba, cast.bruno, admin=cast.admin)
    return cast


class TestAMessage:
    """One signed WhatsApp message."""

    def test_becomes_somebodys_work(self, cast: Cast) -> None:
        """A first message makes a contact, a conversation and an owner, who is told and can say why (LG-10)."""
        account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno))

        write(account, a_text(a_phone(), "Hola, quiero una cotización"))

        contact, talk = Contact.objects.get(), Conversation.objects.get()
        decision = Decision.objects.get()
        assert cast.alba.person_id == contact.owner_id
        assert [cast.alba.person_id] == [a.person_id for a in Assignee.objects.filter(conversation=talk)]
        assert ("assigned", "rule", 1) == (decision.outcome, decision.route, decision.rule_position)
        assert cast.alba.person_id == Ownership.objects.get(contact=contact, until=None).person_id
        assert cast.alba.person_id == Notification.objects.get().person_id
        assert 1 == Load.objects.get(person_id=cast.alba.person_id).open
        assert not Waiting.objects.exists()

    def test_repeated_is_one(self, cast: Cast) -> None:
        """The same message id twice, in one delivery or in two, is one message and one decision (EC-77)."""
        account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba,))
        text = a_text(a_phone(), wamid="wamid.same")

        write(account, text, text)
        write(account, text)

        assert 1 == Message.objects.count()
        assert 1 == Decision.objects.count()

    def test_of_somebody_known_stays_with_them(self, cast: Cast) -> None:
        """A second message joins the open conversation, moves nobody and writes no decision."""
        account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno))
        phone = a_phone()
        write(account, a_text(phone))

        write(account, a_text(phone, "¿Siguen ahí?"), at=AT + timedelta(minutes=1))

        assert 1 == Conversation.objects.count()
        assert 1 == Decision.objects.count()

    def test_with_nobody_able_waits_and_says_why(self, cast: Cast) -> None:
        """With everybody unable the conversation waits, with the reason and every person's refusal (EC-27)."""
        account = a_whatsapp_account(admin=cast.admin)

        write(account, a_text(a_phone()))

        waiting = Waiting.objects.get()
        assert waiting.outcome in ("queued", "unmatched")
        assert Decision.objects.get().outcome == waiting.outcome
        assert Contact.objects.get().owner_id is None


class TestADelivery:
    """What a delivery may hold."""

    def test_unsigned_changes_nothing(self, cast: Cast) -> None:
        """A wrong signature is refused and nothing is stored (INV-9)."""
        account = a_whatsapp_account(admin=cast.admin)

        receipt = deliver(account, a_webhook(account, a_text(a_phone())), signature="sha256=" + "0" * 64)

        assert 403 == receipt.status
        assert not Delivery.objects.exists()

    def test_malformed_is_set_aside(self, cast: Cast) -> None:
        """Signed but malformed JSON is accepted, quarantined in sight, and makes no contact."""
        account = a_whatsapp_account(admin=cast.admin)

        assert 200 == deliver(account, b'{"entry": [').status
        work(cast.organization_id)

        assert 1 == Quarantine.objects.count()
        assert not Contact.objects.exists()

    def test_of_a_thousand_changes_is_handled_one_by_one(self, cast: Cast) -> None:
        """A delivery of many changes is handled each by itself; a bad one spoils no other (INV-8)."""
        account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno))
        changes = [json.loads(a_webhook(account, a_text(a_phone())))["entry"][0]["changes"][0] for _ in range(1_000)]
        changes[500]["value"]["messages"] = [{"id": None, "type": 7}]
        body = json.dumps({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": changes}]}).encode()

        assert 200 == deliver(account, body).status
        work(cast.organization_id)

        assert 999 == Conversation.objects.count()
        assert Quarantine.objects.exists()
        assert 999 == Decision.objects.filter(outcome="assigned").count()


class TestAWebLead:
    """A form of the company's web site."""

    def test_becomes_somebodys_work(self, cast: Cast) -> None:
        """A lead makes a contact with its fields, a conversation on the form's account, and an owner (UP-5)."""
        form = an_account("webform", admin=cast.admin, auto=(cast.alba, cast.bruno))

        receipt = submit_form(form, name="María Peña", email="maria@example.com", message="Info", company="Ñandú")

        contact = Contact.objects.get()
        assert 200 == receipt.status
        assert ("María Peña", "Ñandú", cast.alba.person_id) == (
            contact.name,
            contact.fields["company"],
            contact.owner_id,
        )

    def test_with_nothing_to_answer_to_is_refused(self, cast: Cast) -> None:
        """A form without phone and e-mail is refused with all its faults, and nothing is stored."""
        form = an_account("webform", admin=cast.admin)

        receipt = submit_form(form, name="Nadie")

        assert 422 == receipt.status
        assert not Delivery.objects.exists()


class TestTurns:
    """The order in which new contacts are dealt."""

    def test_follow_the_order_of_arrival(self, cast: Cast) -> None:
        """Thirty new contacts in one delivery are dealt in exact turn (UP-7)."""
        account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno))

        write(account, *[a_text(a_phone()) for _ in range(30)])

        owners = list(Contact.objects.order_by("id").values_list("owner_id", flat=True))
        assert [cast.alba.person_id, cast.bruno.person_id] * 15 == owners
        assert list(range(1, 31)) == list(Decision.objects.order_by("id").values_list("rule_sequence", flat=True))
