"""Calls and flows: a call that nobody answered begins a conversation, and with it what the company wants done then."""

from datetime import timedelta

import pytest

from reparto.channels.models import Account
from reparto.contacts.queries import tags_of
from reparto.flows.models import Run
from tests.calls import a_call, ring
from tests.cast import AT, Cast, a_company, a_phone, an_account
from tests.flows.some_flows import STARTS, a_flow, assigned, people, reply, story, tag, talk
from tests.road import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """A company."""
    return a_company()


@pytest.fixture
def line(cast: Cast) -> Account:
    """A telephone line on which Carla receives."""
    return an_account("phone", admin=cast.admin, auto=(cast.carla,))


class TestAMissedCall:
    def test_begins_a_flow_of_its_account_once(self, cast: Cast, line: Account) -> None:
        """AC-4, LG-11: tags and people are put on as with a message; what cannot be said by telephone is told so."""
        trigger = STARTS | {"account_ids": [line.pk]}
        a_flow(cast, tag("Llamada"), people(cast.carla), reply("Hola"), trigger=trigger)
        a_flow(cast, tag("Otra"), trigger=STARTS | {"account_ids": [an_account(admin=cast.admin).pk]})
        caller = a_phone()
        ring(line, a_call(caller))
        ring(line, a_call(caller))

        assert ["tagged", "named", "no_way_out"] == story(Run.objects.get())
        assert ({cast.carla.person_id}, set()) == assigned()
        assert ["Llamada"] == tags_of([talk().contact_id])[talk().contact_id]

    def test_begins_none_while_the_next_phone_may_be_answered(self, cast: Cast, line: Account) -> None:
        """LG-11: one phone rang in vain: the flow waits as the rules do, and is called off when the next is answered."""
        a_flow(cast, tag("Llamada"))
        answered, missed = a_phone(), a_phone()
        for caller, call in ((answered, "CAone"), (missed, "CAtwo")):
            ring(line, a_call(caller, ParentCallSid=call))
        ring(line, a_call(answered, "completed", ParentCallSid="CAone", To="client:nobody@example.com"))
        early = [run.story for run in Run.objects.order_by("id")]
        work(cast.organization_id, at=AT + timedelta(minutes=2))

        assert [[], []] == early
        assert ["stopped", "done"] == [run.state for run in Run.objects.order_by("id")]

    def test_that_was_answered_begins_nothing(self, cast: Cast, line: Account) -> None:
        """LG-11: who was talked to needs no welcome."""
        a_flow(cast, tag("Llamada"))
        ring(line, a_call(a_phone(), "completed", ParentCallSid="CAone", To="client:nobody@example.com"))

        assert not Run.objects.exists()
