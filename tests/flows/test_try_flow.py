"""A dry run tells the very story that the flow then has."""

from datetime import timedelta
from typing import Any

import pytest

from reparto.flows.flow_draft import FlowDraft
from reparto.flows.models import Run
from reparto.flows.try_flow import try_flow
from tests.calls import a_call, ring
from tests.cast import AT, Cast, a_company, a_phone, an_account
from tests.flows.some_flows import STARTS, a_flow, condition, reply, story, tag, talk, wait
from tests.road import a_text, work, write

pytestmark = pytest.mark.django_db
VIP = {"field": "tags", "op": "has", "value": "vip"}
ANYWHERE: dict[str, Any] = {**STARTS, "account_ids": []}


@pytest.fixture
def cast() -> Cast:
    """A company."""
    return a_company()


FLOWS: list[tuple[dict[str, Any], ...]] = [
    (tag("VIP"), condition(VIP, tag("otro")), reply("Hola")),
    (condition(VIP, tag("Víp"), wait(1, "minutes"), reply("Adiós")), reply("Hola")),
    (wait(1, "hours"), tag("uno"), condition({"not": VIP}, reply("no")), tag("vip"), condition({"not": VIP}, tag("x"))),
]


class TestTheStory:
    @pytest.mark.parametrize("steps", FLOWS)
    def test_is_the_one_that_the_flow_has(self, cast: Cast, steps: tuple[dict[str, Any], ...]) -> None:
        """AC-4: tags that a step would put on are there for the conditions that follow, as they are when it runs."""
        account = an_account(admin=cast.admin)
        write(account, a_text(a_phone()))
        tried = [step.came_to for step in try_flow(FlowDraft("x", ANYWHERE, steps=steps), talk(), at=AT).steps]
        assert not Run.objects.exists()

        a_flow(cast, *steps)
        write(account, a_text(a_phone()))
        work(cast.organization_id, at=AT + timedelta(hours=2))

        assert tried == story()


class TestTheBeginning:
    @pytest.mark.parametrize(("status", "reason"), [("no-answer", "begins"), ("completed", "trigger_not_met")])
    def test_is_a_persons(self, cast: Cast, status: str, reason: str) -> None:
        """AC-4, LG-11: a call that nobody answered begins a flow, one that was answered none; the dry run says so."""
        ring(an_account("phone", admin=cast.admin), a_call(a_phone(), status))

        assert reason == try_flow(FlowDraft("x", ANYWHERE, steps=(tag("x"),)), talk(), at=AT).reason
