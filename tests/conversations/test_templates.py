"""Message templates: what leaves when WhatsApp's window is closed, and how Meta takes it."""

from datetime import timedelta
from typing import Any

import pytest

from reparto.assignment.answer_conversation import answer_conversation
from reparto.channels.keep_message_template import TemplateDraft, forget_message_template, keep_message_template
from reparto.channels.models import Account, MessageTemplate
from reparto.channels.whatsapp.fill_placeholders import fill_placeholders, read_placeholders
from reparto.conversations.carry_whatsapp import WhatsAppCarrier
from reparto.conversations.fill_template import fill_template
from reparto.conversations.models import Conversation, Message
from reparto.conversations.resend_message import resend_message
from reparto.conversations.send_reply import CannotSend, Reply
from reparto.kit.audit import AuditEntry
from reparto.kit.faults import Invalid
from reparto.kit.models import Outbox
from reparto.people.permissions import NotAllowed
from tests.cast import AT, Cast, a_phone, a_whatsapp_account
from tests.road import a_text, write

pytestmark = pytest.mark.django_db
TOMORROW = AT + timedelta(hours=25)
BODY = "Hola {{1}}, tu {{2}} está listo."


@pytest.fixture
def talk(account: Account) -> Conversation:
    """A conversation of Alba's."""
    write(account, a_text(a_phone()))
    return Conversation.objects.get()


def a_template(account: Account, cast: Cast, **more: str) -> MessageTemplate:
    """Keep a template."""
    draft = TemplateDraft(**{"account_id": account.pk, "name": "listo", "language": "es", "body": BODY, **more})  # type: ignore[arg-type]
    return keep_message_template(draft, actor=cast.admin, at=AT)


def send(talk: Conversation, template: MessageTemplate, cast: Cast, **values: str) -> Message:
    """Fill a template and answer with it, a day after the contact's last words."""
    filled = fill_template(talk, template.pk, values)
    return answer_conversation(talk.pk, Reply(filled.text, template=filled.content), actor=cast.alba, at=TOMORROW)


class TestFilling:
    def test_is_as_meta_takes_it(self) -> None:
        """Numbered values go in order, named ones by name; a value with braces or line ends is only a text."""
        numbered = fill_placeholders("a", "es_MX", "{{2}} {{1}} {{2}}", values={"1": "uno", "2": "{{1}}\n dos"})
        named = fill_placeholders("a", "es", "Hola {{name}}", values={"name": "Ana"})

        assert "{{1}} dos uno {{1}} dos" == numbered.text
        parameters = [{"type": "text", "text": "uno"}, {"type": "text", "text": "{{1}} dos"}]
        components = [{"type": "body", "parameters": parameters}]
        template = {"name": "a", "language": {"code": "es_MX"}, "components": components}
        assert {"type": "template", "template": template} == numbered.content
        (component,) = named.content["template"]["components"]
        assert [{"type": "text", "text": "Ana", "parameter_name": "name"}] == component["parameters"]
        assert ("1", "2", "10") == read_placeholders("{{10}}{{2}}{{1}}")


class TestSending:
    def test_passes_the_closed_window(self, cast: Cast, account: Account, talk: Conversation) -> None:
        """UX-20: after 24 hours text is refused, a template leaves as `type: template`, and answers the contact."""
        template = a_template(account, cast)
        with pytest.raises(CannotSend, match="window_closed"):
            answer_conversation(talk.pk, Reply("Hola"), actor=cast.alba, at=TOMORROW)

        message = send(talk, template, cast, **{"1": "Clara", "2": "auto"})

        row = Outbox.objects.get(kind="whatsapp.template")
        assert ("template", "Hola Clara, tu auto está listo.") == (message.kind, message.text)
        assert ("template", "listo") == (row.body["content"]["type"], row.body["content"]["template"]["name"])
        assert Conversation.objects.get().waiting_since is None

    def test_is_carried_as_it_was_filled(
        self, cast: Cast, account: Account, talk: Conversation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The carrier posts exactly the stored content to Meta."""
        send(talk, a_template(account, cast), cast, **{"1": "Clara", "2": "auto"})
        posted: list[dict[str, Any]] = []
        monkeypatch.setattr("reparto.conversations.carry_whatsapp.whatsapp_client", lambda: _Meta(posted))

        assert "wamid.T" == WhatsAppCarrier().send(Outbox.objects.get(kind="whatsapp.template"))
        assert "template" == posted[0]["type"]
        assert "es" == posted[0]["template"]["language"]["code"]

    def test_needs_every_value_and_a_template_of_this_account(
        self, cast: Cast, account: Account, talk: Conversation
    ) -> None:
        """Another account's template does not exist here; a blank value is missing; nothing is stored."""
        other = a_template(a_whatsapp_account(admin=cast.admin), cast)
        for template, values, code in (
            (other, {"1": "a", "2": "b"}, "unknown_template"),
            (a_template(account, cast), {"1": "a", "2": "  "}, "missing_value"),
        ):
            with pytest.raises(CannotSend, match=code):
                send(talk, template, cast, **values)

        assert not Message.objects.filter(direction="out").exists()

    def test_again_when_it_failed(self, cast: Cast, account: Account, talk: Conversation) -> None:
        """A failed template is sent again though the window is closed, as the template that it was."""
        message = send(talk, a_template(account, cast), cast, **{"1": "Clara", "2": "auto"})
        Message.objects.filter(pk=message.pk).update(status="failed")

        resend_message(talk.pk, message.pk, actor=cast.alba, at=TOMORROW)

        first, second = Outbox.objects.filter(kind="whatsapp.template").order_by("id")
        assert first.body["content"] == second.body["content"]


class _Meta:
    """The network: keeps what was posted."""

    def __init__(self, posted: list[dict[str, Any]]) -> None:
        self.posted = posted

    def post_json(self, url: str, content: dict[str, Any], **_: Any) -> Any:
        """Take it."""
        from reparto.kit.http import Answer

        self.posted.append(content)
        return Answer(200, {}, b'{"messages": [{"id": "wamid.T"}]}')


class TestKeeping:
    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"name": "Con Espacio"}, "bad_name"),
            ({"language": "español"}, "bad_language"),
            ({"body": "{{1}} {{3}}"}, "bad_placeholders"),
            ({"body": "{{1}} {{name}}"}, "bad_placeholders"),
            ({"body": ""}, "blank"),
        ],
    )
    def test_says_what_is_wrong(self, cast: Cast, account: Account, change: dict[str, str], code: str) -> None:
        """A name or language that Meta cannot have, variables with a gap or mixed, no body."""
        with pytest.raises(Invalid) as refused:
            a_template(account, cast, **change)

        assert [code] == [fault.code for fault in refused.value.faults]

    def test_is_an_administrators_and_is_recorded(self, cast: Cast, account: Account) -> None:
        """The same name and language gets another body; a manager may not; each change is in the audit."""
        template = a_template(account, cast)
        a_template(account, cast, body="Otra")

        assert "Otra" == MessageTemplate.objects.get().body
        with pytest.raises(NotAllowed):
            forget_message_template(template.pk, actor=cast.manager, at=AT)
        forget_message_template(template.pk, actor=cast.admin, at=AT)
        assert 3 == AuditEntry.objects.filter(action="accounts.template").count()
