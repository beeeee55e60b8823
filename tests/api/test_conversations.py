"""Conversations by the API: who works them, what is said, open and closed (AC-1), and who sees them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from reparto.channels.models import Account
from reparto.kit.clock import now
from tests.cast import Cast, a_phone, a_rule, a_whatsapp_account
from tests.road import a_text, write

from .caller import Caller

pytestmark = pytest.mark.django_db


@dataclass
class Line:
    """A WhatsApp number of the company on which Alba and Bruno receive in turn."""

    company: Cast
    admin: Caller
    account: Account

    def talk(self, *, rule: bool = False) -> dict[str, Any]:
        """Let somebody new write; return the conversation as the administrator sees it."""
        if rule:
            a_rule(self.company.alba, self.company.bruno, admin=self.company.admin)
        write(self.account, a_text(a_phone(), "Hola", at=now()), at=now())
        return dict(self.admin.get("/conversations").body["items"][0])


@pytest.fixture
def line(company: Cast, admin: Caller, alba: Caller, bruno: Caller) -> Line:
    """The number, with everybody there now."""
    for caller in (alba, bruno):
        assert caller.get("/me").status == 200
    account = a_whatsapp_account(admin=company.admin, auto=(company.alba, company.bruno))
    return Line(company, admin, account)


class TestAssignees:
    def test_of_a_new_conversation_are_decided_and_say_why(self, line: Line) -> None:
        """LG-10: a message became somebody's work by a rule, and the decision shows rule, turn and everybody considered."""
        talk = line.talk(rule=True)

        (decision,) = line.admin.get(f"/conversations/{talk['id']}/decisions").body["items"]

        assert {"person_ids": [line.company.alba.person_id], "group_ids": []} == talk["assignees"]
        assert ("rule", "assigned", 1) == (decision["route"], decision["outcome"], decision["rule"]["position"])
        verdicts = {one["person_id"]: one["verdict"] for one in decision["trace"]["candidates"]}
        assert {line.company.alba.person_id: "chosen", line.company.bruno.person_id: "eligible"} == verdicts
        assert all(one["reason"] and one["reason_text"] for one in decision["trace"]["candidates"])
        assert decision["trace"]["steps"]

    def test_are_several_people_and_groups(self, line: Line) -> None:
        """AC-1: people and groups together; saving again replaces them."""
        talk, company = line.talk(), line.company
        path = f"/conversations/{talk['id']}/assignees"
        both = [company.alba.person_id, company.carla.person_id]

        first = line.admin.put(path, {"person_ids": both, "group_ids": [company.north_id]})
        second = line.admin.put(path, {"person_ids": [company.bruno.person_id], "group_ids": []})

        assert {"person_ids": both, "group_ids": [company.north_id]} == first.body["assignees"]
        assert {"person_ids": [company.bruno.person_id], "group_ids": []} == second.body["assignees"]

    def test_nobody_of_another_company_and_nobody_at_all_is_one(self, line: Line, strangers: Cast) -> None:
        """AC-1, INV-30: a foreign and a missing person are refused alike, and nothing changes."""
        talk = line.talk()
        path = f"/conversations/{talk['id']}/assignees"

        foreign = line.admin.put(path, {"person_ids": [strangers.alba.person_id]})
        missing = line.admin.put(path, {"person_ids": [999_999_999]})

        assert {"person_ids": "unknown_person"} == foreign.codes
        assert foreign.raw == missing.raw
        assert talk["assignees"] == line.admin.get(f"/conversations/{talk['id']}").body["assignees"]

    def test_an_agent_puts_only_themself_and_only_on_what_is_free(self, line: Line, alba: Caller) -> None:
        """INV-31: an agent takes what nobody works and gives nothing to anybody."""
        talk, company = line.talk(), line.company
        path = f"/conversations/{talk['id']}/assignees"

        assert 403 == alba.put(path, {"person_ids": [company.bruno.person_id]}).status
        assert 200 == alba.put(path, {"person_ids": [company.alba.person_id]}).status
        assert 403 == alba.put(path, {"person_ids": []}).status

    def test_a_stale_version_is_412(self, line: Line) -> None:
        """If-Match is asked under the desk's lock."""
        talk = line.talk()
        path = f"/conversations/{talk['id']}/assignees"

        said = line.admin.put(path, {"person_ids": []}, If_Match=f'"{talk["version"] + 5}"')

        assert 412 == said.status


class TestList:
    def test_is_filtered_by_who_works_it(self, line: Line, alba: Caller, bruno: Caller) -> None:
        """assignee=me, none and an id; group, account and status: each shows exactly those."""
        own, company = line.talk(rule=True), line.company
        line.admin.put(f"/conversations/{own['id']}/assignees", {"person_ids": [company.alba.person_id]})
        free = line.talk()
        line.admin.put(f"/conversations/{free['id']}/assignees", {"group_ids": [company.north_id]})

        def found(caller: Caller, **query: Any) -> list[int]:
            return [talk["id"] for talk in caller.get("/conversations", **query).body["items"]]

        assert [own["id"]] == found(alba, assignee="me")
        assert [] == found(bruno, assignee="me")
        assert [own["id"]] == found(line.admin, assignee=company.alba.person_id)
        assert [] == found(line.admin, assignee="none")
        assert [free["id"]] == found(line.admin, group=company.north_id)
        assert [free["id"], own["id"]] == found(line.admin, account=line.account.pk, status="open")
        assert [] == found(line.admin, status="closed")
        assert 422 == line.admin.get("/conversations", status="gone").status


class TestMessages:
    def test_are_listed_with_what_was_answered_and_noted(self, line: Line) -> None:
        """Newest first: a note of ours, a reply of ours, and what the contact wrote."""
        talk = line.talk()
        path = f"/conversations/{talk['id']}/messages"
        line.admin.post(path, {"text": "Buenas"})
        line.admin.post(path, {"text": "Es cliente", "private": True})

        items = line.admin.get(path).body["items"]

        assert [("out", True), ("out", False), ("in", False)] == [(one["direction"], one["private"]) for one in items]
        assert ["Es cliente", "Buenas", "Hola"] == [one["text"] for one in items]

    @pytest.mark.parametrize(("text", "code"), [("", "empty"), ("   ", "empty"), ("x" * 5000, "too_long")])
    def test_that_cannot_leave_are_told(self, line: Line, text: str, code: str) -> None:
        """Nothing and too much are refused with their place."""
        said = line.admin.post(f"/conversations/{line.talk()['id']}/messages", {"text": text})

        assert {"text": code} == said.codes


class TestFirstAnswer:
    def test_makes_its_author_the_contacts_where_the_company_wants_it_so(self, line: Line, alba: Caller) -> None:
        """AC-5: on, whoever answers first becomes the default assignee; a note is no answer, and the decision says so."""
        assert 200 == line.admin.patch("/settings/inbox", {"first_responder_owns": True}).status
        talk, alba_id = line.talk(), line.company.alba.person_id
        line.admin.put(f"/conversations/{talk['id']}/assignees", {"person_ids": [alba_id]})
        contact = f"/contacts/{talk['contact_id']}"

        alba.post(f"/conversations/{talk['id']}/messages", {"text": "interno", "private": True})
        after_note = line.admin.get(contact).body["default_assignees"]
        alba.post(f"/conversations/{talk['id']}/messages", {"text": "Hola"})
        after_answer = line.admin.get(contact).body["default_assignees"]

        assert ([], [alba_id]) == (after_note["person_ids"], after_answer["person_ids"])
        assert "first_responder" == line.admin.get(f"{contact}/decisions").body["items"][0]["route"]


class TestState:
    def test_goes_from_open_to_snoozed_to_closed_and_back(self, line: Line) -> None:
        """Snooze, close and reopen each answer with the conversation as it is then, one version on."""
        talk = line.talk()
        path = f"/conversations/{talk['id']}"
        until = (now() + timedelta(hours=1)).isoformat()

        states = [
            line.admin.post(f"{path}/snooze", {"until": until}).body,
            line.admin.post(f"{path}/close", {}).body,
            line.admin.post(f"{path}/reopen").body,
        ]

        assert ["snoozed", "closed", "open"] == [state["status"] for state in states]
        assert [talk["version"] + step for step in (1, 2, 3)] == [state["version"] for state in states]

    def test_a_closed_one_is_not_snoozed(self, line: Line) -> None:
        """What is closed cannot be put off: a conflict."""
        talk = line.talk()
        line.admin.post(f"/conversations/{talk['id']}/close")

        said = line.admin.post(
            f"/conversations/{talk['id']}/snooze", {"until": (now() + timedelta(hours=1)).isoformat()}
        )

        assert (409, "not_open") == (said.status, said.body["code"])


class TestStrangers:
    def test_get_the_same_404_by_every_route(self, line: Line, strangers: Cast, carla: Caller) -> None:
        """INV-30: foreign, unseen and missing conversations are one answer, byte for byte."""
        talk, company = line.talk(), line.company
        line.admin.put(f"/conversations/{talk['id']}/assignees", {"person_ids": [company.alba.person_id]})
        contact = talk["contact_id"]
        line.admin.put(f"/contacts/{contact}/owner", {"owner_id": company.alba.person_id})
        routes: list[tuple[str, str, Any]] = [
            ("GET", "", None),
            ("GET", "/decisions", None),
            ("GET", "/messages", None),
            ("POST", "/messages", {"text": "x"}),
            ("PUT", "/assignees", {"person_ids": []}),
            ("POST", "/close", {}),
            ("POST", "/reopen", {}),
        ]
        callers = [
            (Caller(strangers.admin), talk["id"]),
            (carla, talk["id"]),
            (line.admin, 999_999_999),
            (line.admin, 2**70),
        ]

        answers = [
            caller.send(method, f"/conversations/{talk_id}{tail}", body)
            for method, tail, body in routes
            for caller, talk_id in callers
        ]

        assert {404} == {said.status for said in answers}
        assert 1 == len({said.raw for said in answers})
