"""The steps of a flow that name nobody: what they do, and what they do not."""

from datetime import timedelta

import pytest

from reparto.assignment.merge_contacts import merge_contacts
from reparto.assignment.undo_merge import undo_merge
from reparto.channels.keep_message_template import TemplateDraft, forget_message_template, keep_message_template
from reparto.channels.models import Account, MessageTemplate
from reparto.contacts.queries import tags_of
from reparto.conversations.models import Conversation, Message
from reparto.conversations.queries import assignees_of
from reparto.flows.models import Run
from reparto.kit.models import Outbox
from tests.cast import AT, Cast, a_company, a_contact, a_phone, a_rule, a_whatsapp_account
from tests.flows.some_flows import (
    a_flow,
    condition,
    people,
    reply,
    story,
    tag,
    talk,
    template,
    wait,
)
from tests.road import a_text, work, write

pytestmark = pytest.mark.django_db
CLIENTS = {"field": "kind", "op": "is", "value": "client"}


@pytest.fixture
def cast() -> Cast:
    """Return a company."""
    return a_company()


@pytest.fixture
def account(cast: Cast) -> Account:
    """Return a WhatsApp number on which all three agents receive."""
    return a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno, cast.carla))


class TestAMergeMeanwhile:
    """The contact became another while its flow waited."""

    @pytest.mark.parametrize("parted", [False, True])
    def test_lets_the_flow_go_on_where_the_contact_does(self, cast: Cast, account: Account, parted: bool) -> None:
        """AC-4, EC-56: in the conversation that goes on for the one that was closed; parted again, in its own."""
        a_rule(cast.alba, admin=cast.admin)
        a_flow(cast, wait(1), people(cast.carla), trigger={"kind": "keyword", "keywords": ["precio"]})
        for words in ("precio", "hola"):
            write(account, a_text(a_phone(), words))
        quiet, goes_on = Conversation.objects.order_by("id")
        merge = merge_contacts(goes_on.contact_id, quiet.contact_id, owner_id=None, actor=cast.admin, at=AT)
        if parted:
            undo_merge(merge.pk, actor=cast.admin, at=AT)
        work(cast.organization_id, at=AT + timedelta(hours=2))

        assert ["waits", "named"] == story(Run.objects.get())
        there = assignees_of([quiet.pk, goes_on.pk])
        has = [cast.carla.person_id in there[one.pk].person_ids for one in (quiet, goes_on)]
        assert [parted, not parted] == has


class TestReply:
    """The step that answers."""

    def test_leaves_once_with_names_filled_in(self, cast: Cast, account: Account) -> None:
        """A reply is an automatic message with its row in the outbox under run and step; nobody wrote it."""
        a_flow(cast, reply("Hola {{contact.first_name}}, aquí {{organization.name}}."))

        write(account, a_text(a_phone()))

        said = Message.objects.get(direction="out")
        assert ("Hola Cliente, aquí Cordillera.", True, None) == (said.text, said.automatic, said.author_id)
        assert [f"flow:{Run.objects.get().pk}:0"] == [row.key for row in Outbox.objects.all()]

    def test_is_no_answer(self, cast: Cast, account: Account) -> None:
        """EC-49: the conversation waits for a person as before, and a flow is nobody's first answer."""
        a_flow(cast, reply("Un momento."))

        write(account, a_text(a_phone()))

        assert AT == talk().waiting_since

    def test_outside_the_window_is_not_sent(self, cast: Cast, account: Account) -> None:
        """After 24 hours WhatsApp takes no free text: the story says so, and the flow goes on."""
        a_flow(cast, wait(2, "days"), reply("¿Sigues ahí?"), tag("frío"))
        write(account, a_text(a_phone()))

        work(cast.organization_id, at=AT + timedelta(days=3))

        assert ["waits", "window_closed", "tagged"] == story()
        assert 0 == Message.objects.filter(direction="out").count() + Outbox.objects.count()


class TestReplyWithTemplate:
    """The step that answers with what WhatsApp has approved."""

    def test_leaves_after_the_window_as_meta_takes_it(self, cast: Cast, account: Account) -> None:
        """AC-4: days later the template leaves filled in, once, and is no answer of anybody's."""
        a_template(account, cast)
        a_flow(cast, wait(2, "days"), template(**{"1": "{{contact.first_name}}", "2": "auto"}))
        write(account, a_text(a_phone()))

        work(cast.organization_id, at=AT + timedelta(days=3))
        work(cast.organization_id, at=AT + timedelta(days=4))

        said, row = Message.objects.get(direction="out"), Outbox.objects.get()
        assert ("template", "Hola Cliente, tu auto está listo.", True) == (said.kind, said.text, said.automatic)
        assert ("whatsapp.template", f"flow:{Run.objects.get().pk}:1") == (row.kind, row.key)
        sent = row.body["content"]["template"]
        values = [one["text"] for one in sent["components"][0]["parameters"]]
        assert ("listo", {"code": "es"}, ["Cliente", "auto"]) == (sent["name"], sent["language"], values)
        assert AT == talk().waiting_since

    def test_is_the_one_of_the_conversations_account(self, cast: Cast, account: Account) -> None:
        """Each account has its own of a name; where there is none (any more), the story says so and the flow goes on."""
        other = a_whatsapp_account(admin=cast.admin, auto=(cast.alba,))
        a_template(account, cast)
        a_template(other, cast, body="Otra {{1}} {{2}}")
        a_flow(cast, template(**{"1": "a", "2": "b"}), tag("sigue"))
        write(other, a_text(a_phone()))
        assert "Otra a b" == Message.objects.get(direction="out").text

        for row in MessageTemplate.objects.all():
            forget_message_template(row.pk, actor=cast.admin, at=AT)
        write(account, a_text(a_phone()))

        assert ["unknown_template", "tagged"] == story()


def a_template(account: Account, cast: Cast, body: str = "Hola {{1}}, tu {{2}} está listo.") -> None:
    """Keep a template of an account."""
    keep_message_template(TemplateDraft(account.pk, "listo", "es", body), actor=cast.admin, at=AT)


class TestCondition:
    """The step that asks."""

    @pytest.mark.parametrize(("kind", "tags"), [("client", ["sí"]), ("prospect", ["no"])])
    def test_goes_on_or_does_something_else(self, cast: Cast, account: Account, kind: str, tags: list[str]) -> None:
        """Who meets it goes on with the steps behind it; who does not gets the others, and there the flow ends."""
        number = a_phone()
        contact = a_contact(admin=cast.admin, phone=number, kind=kind)
        a_flow(cast, condition(CLIENTS, tag("no")), tag("sí"))

        write(account, a_text(number))

        assert tags == tags_of([contact.pk])[contact.pk]
        assert "done" == Run.objects.get().state

    def test_without_anything_else_ends_the_flow(self, cast: Cast, account: Account) -> None:
        """A condition with no other steps stops the flow for who does not meet it."""
        a_flow(cast, condition(CLIENTS), tag("sí"))

        write(account, a_text(a_phone()))

        assert (["not_met"], "done") == (story(), Run.objects.get().state)
