"""Texts that are said often: what their variables become, who keeps them, what cannot leave."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reparto.assignment.answer_conversation import answer_conversation
from reparto.conversations.fill_variables import VARIABLES, fill_variables, missing_variables, unknown_variables
from reparto.conversations.keep_quick_reply import QuickReplyDraft, forget_quick_reply, keep_quick_reply
from reparto.conversations.models import Conversation
from reparto.conversations.queries import UnknownQuickReply, quick_replies_of
from reparto.conversations.send_reply import CannotSend, Reply
from reparto.kit.faults import Invalid
from reparto.people.permissions import NotAllowed
from tests.cast import AT, Cast, a_company, a_phone, a_rule, a_whatsapp_account
from tests.road import a_text, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """A company."""
    return a_company()


class TestVariables:
    def test_are_filled_once_and_from_the_list_only(self) -> None:
        """INV-61: a value that looks like a variable is not expanded; logic, attributes and unknown names stay text."""
        values = {"contact.name": "{{agent.name}}", "agent.name": "Alba", "contact.company": ""}
        text = "{{contact.name}} {{ agent.name }} {{contact.company}} {{contact.owner}} {% if 1 %} {{agent.name|upper}}"

        filled = fill_variables(text, values)

        assert "{{agent.name}} Alba {{contact.company}} {{contact.owner}} {% if 1 %} {{agent.name|upper}}" == filled
        assert ["contact.owner"] == unknown_variables(text)

    @given(st.text(), st.text())
    def test_whatever_is_in_a_value_comes_out_as_it_is(self, before: str, value: str) -> None:
        """INV-61: of any value, the text holds exactly its letters."""
        before = before.replace("{", "")

        assert f"{before}{value or '{{contact.name}}'}." == fill_variables(
            before + "{{contact.name}}.", {"contact.name": value}
        )

    def test_that_stand_unfilled_do_not_leave(self, cast: Cast) -> None:
        """A missing variable blocks the sending of a reply, not the keeping of a note; other braces are text."""
        a_rule(cast.alba, admin=cast.admin)
        write(a_whatsapp_account(admin=cast.admin, auto=(cast.alba,)), a_text(a_phone()))
        talk = Conversation.objects.get()

        with pytest.raises(CannotSend, match="unfilled"):
            answer_conversation(talk.pk, Reply("Hola {{contact.city}}"), actor=cast.alba, at=AT)
        assert answer_conversation(talk.pk, Reply("Hola {{ciudad}}"), actor=cast.alba, at=AT).pk
        assert answer_conversation(talk.pk, Reply("{{contact.city}}", private=True), actor=cast.alba, at=AT).pk
        assert [VARIABLES[3]] == missing_variables("{{contact.city}} {{ciudad}}")


class TestKeeping:
    def test_ones_own_are_nobody_elses(self, cast: Cast) -> None:
        """Alba sees hers and everybody's; Bruno neither sees nor changes hers."""
        mine = keep_quick_reply(QuickReplyDraft("Saludo", "Hola"), actor=cast.alba, at=AT)
        shared = keep_quick_reply(QuickReplyDraft("Saludo", "Buenas", shared=True), actor=cast.manager, at=AT)

        assert {mine.pk, shared.pk} == {row.pk for row in quick_replies_of(cast.alba)}
        assert [shared.pk] == [row.pk for row in quick_replies_of(cast.bruno)]
        with pytest.raises(UnknownQuickReply):
            keep_quick_reply(QuickReplyDraft("Saludo", "x"), actor=cast.bruno, at=AT, quick_reply_id=mine.pk)
        with pytest.raises(UnknownQuickReply):
            forget_quick_reply(mine.pk, actor=cast.bruno)

    def test_everybodys_are_a_managers(self, cast: Cast) -> None:
        """An agent neither adds to what all have, nor takes from it, nor gives their own to all."""
        shared = keep_quick_reply(QuickReplyDraft("Saludo", "Buenas", shared=True), actor=cast.manager, at=AT)
        mine = keep_quick_reply(QuickReplyDraft("Saludo", "Hola"), actor=cast.alba, at=AT)

        with pytest.raises(NotAllowed):
            keep_quick_reply(QuickReplyDraft("Otro", "x", shared=True), actor=cast.alba, at=AT)
        with pytest.raises(NotAllowed):
            keep_quick_reply(QuickReplyDraft("Saludo", "x"), actor=cast.alba, at=AT, quick_reply_id=shared.pk)
        with pytest.raises(NotAllowed):
            keep_quick_reply(QuickReplyDraft("S", "x", shared=True), actor=cast.alba, at=AT, quick_reply_id=mine.pk)
        with pytest.raises(NotAllowed):
            forget_quick_reply(shared.pk, actor=cast.alba)

    @pytest.mark.parametrize(
        ("name", "text", "code"),
        [
            ("", "x", "blank"),
            ("saludo", "x", "taken"),
            ("B", "", "blank"),
            ("B", "{{contact.owner}}", "unknown_variable"),
        ],
    )
    def test_says_what_is_wrong(self, cast: Cast, name: str, text: str, code: str) -> None:
        """No name, one that is there, no text, a variable that does not exist."""
        keep_quick_reply(QuickReplyDraft("Saludo", "Hola"), actor=cast.alba, at=AT)

        with pytest.raises(Invalid) as refused:
            keep_quick_reply(QuickReplyDraft(name, text), actor=cast.alba, at=AT)

        assert [code] == [fault.code for fault in refused.value.faults]
