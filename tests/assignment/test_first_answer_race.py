"""AC-5, EC-17, INV-17: two first answers at the same instant, on two connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from reparto.assignment.answer_conversation import answer_conversation
from reparto.assignment.models import Decision
from reparto.contacts.queries import default_assignees_of
from reparto.conversations.models import Conversation, Message
from reparto.conversations.send_reply import Reply
from reparto.kit.tenancy import in_organization
from reparto.people.actor import Actor
from reparto.people.change_settings import change_settings
from tests.cast import AT, Cast, a_company, a_phone, a_whatsapp_account
from tests.road import a_text, write

pytestmark = pytest.mark.django_db(transaction=True)


def a_company_in_which(many: int) -> Cast:
    """Return a company that wants its first responders as default assignees, to which so many wrote; committed."""
    with transaction.atomic():
        cast = a_company()
        change_settings("inbox", {"first_responder_owns": True}, actor=cast.admin, at=AT)
        account = a_whatsapp_account(admin=cast.admin)
        write(account, *(a_text(a_phone()) for _ in range(many)))
    return cast


def answer(talk_id: int, actor: Actor, at_once: Barrier) -> None:
    """Answer in a transaction of one's own, as soon as the other is ready, too."""
    try:
        at_once.wait(20)
        with in_organization(actor.organization_id):
            answer_conversation(talk_id, Reply("¿En qué le ayudo?"), actor=actor, at=AT)
    finally:
        connection.close()


class TestTwoFirstAnswers:
    @pytest.mark.parametrize("rounds", [10, pytest.param(2_000, marks=[pytest.mark.slow, pytest.mark.timeout(3_600)])])
    def test_make_exactly_one_of_them_the_contacts(self, rounds: int) -> None:
        """AC-5, EC-17, INV-17: both answers are sent, one person becomes default assignee, one decision says so."""
        cast = a_company_in_which(rounds)
        with in_organization(cast.organization_id):
            talks = list(Conversation.objects.values_list("pk", "contact_id"))
        with ThreadPoolExecutor(2) as pool:
            for talk_id, _ in talks:
                at_once = Barrier(2)
                both = [pool.submit(answer, talk_id, who, at_once) for who in (cast.admin, cast.manager)]
                for one in both:
                    one.result()

        with in_organization(cast.organization_id):
            owned = default_assignees_of([contact for _, contact in talks])
            assert [1] * rounds == [len(people) for people in owned.values()]
            assert rounds == Decision.objects.filter(route="first_responder").count()
            assert 2 * rounds == Message.objects.filter(direction="out").count()
