"""Who closed, put off and reopened a conversation stands in its thread."""

import re

import pytest

from reparto.kit.clock import now
from reparto.kit.read_audit import read_audit
from tests.cast import Cast, a_company, a_whatsapp_account
from tests.web.inbox_cast import a_conversation
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """A company."""
    return a_company()


class TestWhoDidIt:
    def test_is_recorded_and_said(self, cast: Cast) -> None:
        """AC-1: each act once, with whoever did it and, of what was put off, until when; doing it again is no act."""
        talk = a_conversation(a_whatsapp_account(admin=cast.admin), at=now())
        Visitor(cast.admin).by_htmx.post(f"/bandeja/{talk.pk}/asignado", add_person=cast.alba.person_id)
        path, alba = f"/bandeja/{talk.pk}", Visitor(cast.alba).by_htmx
        alba.post(f"{path}/posponer", until="2099-01-05T15:00:00+00:00")
        for _ in range(2):
            alba.post(f"{path}/cerrar")
        Visitor(cast.manager).by_htmx.post(f"{path}/reabrir")

        entries = reversed(read_audit("conversation", [talk.pk]))
        states = [((one.before or {})["status"], (one.after or {})["status"]) for one in entries]
        assert [("open", "snoozed"), ("snoozed", "closed"), ("closed", "open")] == states
        shown = re.findall(r"<b>(\w+)</b> (pospuso|cerró|reabrió)", text(Visitor(cast.bruno).get(path)))
        assert [("Alba", "pospuso"), ("Alba", "cerró"), ("Marta", "reabrió")] == shown
