"""What happened with a contact, as a program reads it: what the profile shows, and no more."""

from datetime import datetime
from typing import Any

import pytest

from reparto.conversations.models import Conversation
from reparto.kit.clock import now
from tests.cast import Cast, a_phone, a_stranger, a_whatsapp_account
from tests.road import a_text, write

from .caller import Caller

LISTS = ("follow-ups", "ownerships", "timeline", "sales", "decisions")


@pytest.fixture
def path(company: Cast, admin: Caller, alba: Caller) -> str:
    """Somebody who wrote, was given to Alba, and was sold something by her."""
    write(a_whatsapp_account(admin=company.admin), a_text(a_phone(), at=now()), at=now())
    path = f"/contacts/{Conversation.objects.latest('id').contact_id}"
    admin.put(f"{path}/owner", {"owner_id": company.bruno.person_id})
    admin.put(f"{path}/owner", {"owner_id": company.alba.person_id})
    for kind in ("visit", "call"):
        assert 201 == alba.post(f"{path}/follow-ups", {"kind": kind, "note": f"Por {kind}"}).status
    alba.post(f"{path}/sales", {"amount": 12, "currency": "MXN"})
    alba.patch(path, {"fields": {"company": "Andes"}})
    for act in ("close", "reopen"):
        assert 200 == admin.post(f"/conversations/{Conversation.objects.latest('id').pk}/{act}").status
    return path


class TestTheHistory:
    def test_has_what_was_done_and_whose_it_was(self, company: Cast, alba: Caller, path: str) -> None:
        """LG-1: follow-ups with their words, and the ledger: each span until the next began, the last one open."""
        done = alba.get(f"{path}/follow-ups").body["items"]
        last, first = alba.get(f"{path}/ownerships").body["items"]

        assert [("call", "Por call"), ("visit", "Por visit")] == [(one["kind"], one["note"]) for one in done]
        assert (company.bruno.person_id, last["since"]) == (first["person_id"], first["until"])
        assert (company.alba.person_id, None) == (last["person_id"], last["until"])
        assert last["decision_id"] == alba.get(f"/decisions/{last['decision_id']}").body["id"]

    def test_is_one_timeline_of_every_kind(self, alba: Caller, path: str) -> None:
        """All kinds in one list, newest first, each as its own list has it; page after page none twice, none missed."""
        whole = alba.get(f"{path}/timeline").body["items"]
        pages, cursor = list[Any](), ""
        while cursor is not None:
            page = alba.get(f"{path}/timeline", limit=3, cursor=cursor).body
            pages, cursor = pages + page["items"], page["next_cursor"]

        assert whole == pages
        instants = [datetime.fromisoformat(one["at"]) for one in whole]
        assert sorted(instants, reverse=True) == instants
        assert {"edit", "decision", "follow_up", "sale", "message", "status"} == {one["kind"] for one in whole}
        for kind, there in (("follow_up", "follow-ups"), ("sale", "sales"), ("decision", "decisions")):
            assert alba.get(f"{path}/{there}").body["items"] == [one[kind] for one in whole if one["kind"] == kind]
        (edit,) = (one["edit"] for one in whole if one["kind"] == "edit" and "company" in (one["edit"]["after"] or {}))
        assert "Andes" == edit["after"]["company"]
        stood = [one["status"]["after"]["status"] for one in whole if one["kind"] == "status"]
        assert ["open", "closed"] == stood

    def test_says_nothing_of_conversations_that_are_not_ones_own(
        self, company: Cast, admin: Caller, carla: Caller, path: str
    ) -> None:
        """INV-30: whoever was given the contact reads no word of a conversation that somebody else works."""
        talk = Conversation.objects.latest("id").pk
        admin.put(f"{path}/owner", {"owner_id": company.carla.person_id})
        admin.put(f"/conversations/{talk}/assignees", {"person_ids": [company.alba.person_id]})

        seen = {one["kind"] for one in carla.get(f"{path}/timeline").body["items"]}

        assert ("message" in seen) is (200 == carla.get(f"/conversations/{talk}").status)
        assert ("status" in seen) is ("message" in seen)
        assert "message" in {one["kind"] for one in admin.get(f"{path}/timeline").body["items"]}

    def test_tells_every_decision_and_no_word_of_what_others_work(
        self, company: Cast, admin: Caller, alba: Caller, path: str
    ) -> None:
        """LG-1, INV-30: of a conversation out of her sight who worked it and why is told, with a free contact's history."""
        talk = Conversation.objects.latest("id").pk
        admin.put(f"{path}/owner", {"owner_id": None})
        admin.put(f"/conversations/{talk}/assignees", {"person_ids": [company.carla.person_id]})
        told = alba.get(f"{path}/timeline").body["items"]

        assert 404 == alba.get(f"/conversations/{talk}").status
        assert talk in {one["decision"]["conversation_id"] for one in told if one["kind"] == "decision"}
        assert {"message", "status"}.isdisjoint(one["kind"] for one in told)

    def test_is_told_to_nobody_else(self, alba: Caller, carla: Caller, path: str) -> None:
        """INV-30: who may not see the contact gets the one answer of what is not there; a made-up cursor is a fault."""
        strangers = Caller(a_stranger().admin)
        answers = [caller.get(f"{path}/{one}") for caller in (carla, strangers) for one in LISTS]
        faulty = [alba.get(f"{path}/{one}", cursor="bm9wZQ") for one in LISTS]

        assert {404} == {said.status for said in answers}
        assert 1 == len({said.raw for said in answers})
        assert [{"cursor": "bad_cursor"}] * len(LISTS) == [said.codes for said in faulty]
