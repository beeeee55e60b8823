"""How soon people follow up, on the page of load and fairness: the law of the criterion that goes by it."""

from datetime import timedelta
from typing import Any

import pytest

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.conversations.models import Message
from reparto.kit.choose_period import choose_period
from reparto.reports.choose_scope import choose_scope
from reparto.reports.measure_fairness import measure_fairness
from tests.cast import AT
from tests.reports.busy_day import a_busy_day

pytestmark = pytest.mark.django_db
TODAY = choose_period("today", zone="America/Mexico_City", at=AT)


class TestAFirstFollowUp:
    def test_is_what_it_is_for_the_criterion(self) -> None:
        """UP-7, BY-35: an answer that did not leave is none, an answered call is one, and none comes too late."""
        day = a_busy_day()
        sent = list(Message.objects.filter(direction="out").order_by("id").select_related("conversation__contact"))

        def change(message: Message, **columns: Any) -> int:
            Message.objects.filter(pk=message.pk).update(**columns)
            return measure_fairness(TODAY, choose_scope(day.cast.admin), at=day.end).given.followed

        assert 6 == change(sent[0], status="failed")
        assert 6 == change(sent[1], direction="in", kind="call")
        contact, later = sent[2].conversation.contact, day.end + timedelta(minutes=1)
        other = next(one for one in (day.cast.alba, day.cast.bruno) if one.person_id != contact.owner_id)
        assign_by_hand(contact.pk, owner_id=other.person_id, actor=day.cast.admin, at=later)
        assert 5 == change(sent[2], created_at=later + timedelta(minutes=1))
