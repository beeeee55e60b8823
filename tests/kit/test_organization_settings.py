"""An organization's own settings: presets, what may be chosen, what a decision is told."""

from typing import Any

import pytest

from reparto.engine import Policy
from reparto.kit.faults import Invalid
from reparto.kit.models import AuditEntry
from reparto.kit.organization_settings import read_policy, read_settings
from reparto.people.change_settings import change_settings
from reparto.people.permissions import NotAllowed
from tests import cast
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db: None) -> Cast:
    """A company."""
    return cast.a_company()


class TestSettings:
    def test_presets_hold_while_nobody_chose(self, company: Cast) -> None:
        """AC-5 is off, signs of life are asked for, and who is away is covered; as the engine's own presets."""
        assert read_settings()["inbox"] == {"first_responder_owns": False, "agents_see": "group"}
        assert Policy(**read_policy({})) == Policy()

    def test_a_change_keeps_the_rest_and_is_on_record(self, company: Cast) -> None:
        """Only what is given changes; the audit has both values."""
        grace = {"whatsapp": 120}

        changed = change_settings(
            "presence", {"grace_seconds": grace, "sign_of_life": False}, actor=company.admin, at=AT
        )

        assert {"grace_seconds": grace, "sign_of_life": False} == changed == read_settings()["presence"]
        entry = AuditEntry.objects.get(action="settings.presence")
        assert (True, False) == (entry.before["sign_of_life"], entry.after["sign_of_life"])

    @pytest.mark.parametrize(
        ("section", "changes", "path"),
        [
            ("inbox", {"first_responder_owns": 1}, "first_responder_owns"),
            ("inbox", {"colour": "red"}, "colour"),
            ("attic", {"first_responder_owns": True}, "first_responder_owns"),
            ("presence", {"grace_seconds": {"whatsapp": 5}}, "grace_seconds.whatsapp"),
            ("presence", {"grace_seconds": {"email": 60}}, "grace_seconds"),
            ("distribution", {"owner_away": "forget"}, "owner_away"),
        ],
    )
    def test_what_is_refused(self, company: Cast, section: str, changes: dict[str, Any], path: str) -> None:
        """Unknown names and values that make no sense are faults at their place; nothing changes."""
        before = read_settings()

        with pytest.raises(Invalid) as refused:
            change_settings(section, changes, actor=company.admin, at=AT)

        assert ([path], before) == ([fault.path for fault in refused.value.faults], read_settings())

    @pytest.mark.parametrize("who", ["manager", "alba"])
    def test_only_an_administrator(self, company: Cast, who: str) -> None:
        """AC-5: an agent may not change how first answers count."""
        with pytest.raises(NotAllowed):
            change_settings("inbox", {"first_responder_owns": True}, actor=getattr(company, who), at=AT)
