"""`POST /rules/preview` of a time: what a draft would have done with all that came, and then does; nothing is written."""

from datetime import timedelta
from typing import Any

import pytest

from reparto.kit.faults import Invalid
from reparto.people.enter_company import UnknownCompany
from reparto.reports.simulate_rules import simulate_rules
from reparto.rules.models import Rule
from tests.api.caller import Caller
from tests.cast import AT, Cast, a_company, a_phone, a_whatsapp_account
from tests.reports.checksums import checksums
from tests.road import a_text, write

pytestmark = pytest.mark.django_db
#: Tokens are made, and tables of who looked in are written, by the asking itself.
BY_ASKING = ("people_apitoken", "people_presence", "kit_auditentry")


def a_draft(*people: Any, **more: Any) -> dict[str, Any]:
    """Return a rule that deals to these people."""
    targets = [{"person_id": person.person_id} for person in people]
    return {"description": "Borrador", "entity": "prospect", "trigger": "web_integration", "assign_to": targets} | more


def in_the_time(**more: Any) -> dict[str, Any]:
    """Return a body for the hours around the scene."""
    hour = timedelta(hours=1)
    return {"since": (AT - hour).isoformat(), "until": (AT + hour).isoformat()} | more


@pytest.fixture
def cast() -> Cast:
    """Return a company without rules, to which nine people have written, two of them from Peru."""
    cast = a_company()
    account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno, cast.carla))
    for number in range(9):
        phone = f"+5198765430{number}" if number in (2, 6) else a_phone()
        write(account, a_text(phone), at=AT + timedelta(minutes=number))
    return cast


class TestPreviewOfATime:
    """What would have been, and what happened."""

    def test_says_per_person_what_would_have_been(self, cast: Cast) -> None:
        """BY-6, UP-3, INV-25: counts and differences per person and rule, each contact that differs; nothing written."""
        admin = Caller(cast.admin)
        admin.get("/me")
        draft = a_draft(cast.bruno, cast.alba, cast.carla, filters={"field": "phone", "op": "starts", "value": "+57"})
        before = checksums(but=BY_ASKING)

        said = admin.post("/rules/preview", in_the_time(rule=draft))

        assert 200 == said.status, said.body
        people = {one["person_id"]: (one["received"], one["happened"], one["gained"]) for one in said.body["people"]}
        ids = [person.person_id for person in (cast.bruno, cast.alba, cast.carla)]
        assert dict(zip(ids, [(3, 0, 3), (2, 0, 2), (2, 0, 2)], strict=True)) == people
        assert (9, 7, 2) == (said.body["items"], said.body["would"]["assigned"], said.body["would"]["unmatched"])
        assert 7 == said.body["differing"] == len(said.body["differences"]) == said.body["rules"][0]["assigned"]
        assert 9 == said.body["facts_of_today"]
        assert before == checksums(but=BY_ASKING)

    def test_lives_through_the_sweeps_of_a_draft(self, cast: Cast) -> None:
        """BY-6, UP-5: a draft that waits for a time is asked when something is late; it is named where nobody knows who was there."""
        after = {"amount": 1, "unit": "hours", "clock": "calendar"}
        late = a_draft(cast.bruno, description="Sin seguimiento", trigger="no_followup", after=after)
        later = {"since": (AT + timedelta(hours=2)).isoformat(), "until": (AT + timedelta(hours=3)).isoformat()}
        admin = Caller(cast.admin)

        said = admin.post("/rules/preview", in_the_time(rule=late) | {"until": later["since"]}).body
        quiet = admin.post("/rules/preview", {"rule": late, **later}).body
        plain = admin.post("/rules/preview", in_the_time(rule=a_draft(cast.bruno))).body

        assert (False, [], 0) == (
            said["sweeps"]["people_of_today"],
            said["time_rules_left_out"],
            said["would_move_now"],
        )
        assert 9 <= said["sweeps"]["looks"]
        assert [("Sin seguimiento", "people")] == [
            (one["description"], one["missing"]) for one in quiet["time_rules_left_out"]
        ]
        assert (True, 9) == (quiet["sweeps"]["people_of_today"], quiet["would_move_now"])
        assert (None, [], 0) == (plain["sweeps"], plain["time_rules_left_out"], plain["would_move_now"])

    def test_of_the_rules_in_force_and_what_cannot_be_asked(self, cast: Cast) -> None:
        """UP-1: only an administrator; a time that ends before it begins, or with a contact besides, is refused."""
        admin, body = Caller(cast.admin), in_the_time()

        said = admin.post("/rules/preview", body)
        backwards = admin.post("/rules/preview", {"since": body["until"], "until": body["since"]})
        both = admin.post("/rules/preview", {"contact_id": 1, **body})

        assert (200, 0, []) == (said.status, said.body["differing"], said.body["people"])
        assert {"until": "not_after"} == backwards.codes
        assert {"since": "needless", "until": "needless"} == both.codes
        assert 403 == Caller(cast.manager).post("/rules/preview", body).status
        assert 403 == Caller(cast.alba).post("/rules/preview", body).status
        assert 0 == Rule.objects.count()


class TestCommand:
    """`reparto simulate`."""

    def test_says_the_same(self, cast: Cast) -> None:
        """BY-6: the command replays a file of rules, of the only company or of somebody's, and writes nothing."""
        hour, draft = timedelta(hours=1), a_draft(cast.bruno, cast.alba)
        before = checksums()

        said = simulate_rules({"rules": [draft]}, since=AT - hour, until=AT + hour)

        assert [5, 4] == [one["received"] for one in said["people"]]
        assert before == checksums()
        with pytest.raises(Invalid, match=r"rules\[0\].assign_to"):
            simulate_rules([a_draft()], since=AT - hour, until=AT + hour)
        with pytest.raises(UnknownCompany):
            simulate_rules([draft], since=AT, until=AT + hour, email="nobody@reparto.example.com")
