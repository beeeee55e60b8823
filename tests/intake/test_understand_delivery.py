"""What a delivery says, and what of it cannot be understood."""

import json

import pytest

from reparto.intake.models import Delivery
from reparto.intake.understand_delivery import understand_delivery
from tests.cast import AT, a_company, an_account

pytestmark = pytest.mark.django_db


class TestAFormThatCannotBeUsed:
    def test_says_all_its_faults(self) -> None:
        """A stored form with two faults is set aside with both, each by its field, not with the first alone."""
        account = an_account("webform", admin=a_company().admin)
        body = json.dumps({"name": "x" * 100_000, "message": 7 * ["y" * 100_000]}).encode()
        delivery = Delivery(account=account, body=body, content_type="application/json", received_at=AT)

        understood = understand_delivery(delivery, account, country="MX")

        assert 1 < len(understood.unreadable)
        assert not understood.heard
        assert all(part.position and part.reason for part in understood.unreadable)
