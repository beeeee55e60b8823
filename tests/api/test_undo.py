"""What a program decided by hand, taken back by it, under the rules of the page."""

import pytest

from reparto.conversations.models import Conversation
from reparto.kit.clock import now
from tests.cast import Cast, a_contact, a_phone, a_stranger, a_whatsapp_account
from tests.road import a_text, write

from .caller import Caller


class TestADecision:
    def test_is_taken_back_by_whoever_made_it(self, company: Cast, manager: Caller) -> None:
        """LG-3: given by mistake, the contact is again whose it was; both decisions stay, one taking back the other."""
        contact = a_contact(admin=company.admin, owner=company.alba)
        path = f"/contacts/{contact.pk}"
        manager.put(f"{path}/owner", {"owner_id": company.bruno.person_id})
        given = manager.get(f"{path}/decisions").body["items"][0]

        undone = manager.post(f"/decisions/{given['id']}/undo")

        assert (200, given["id"], company.alba.person_id) == (
            undone.status,
            undone.body["undoes"],
            undone.body["owner_id"],
        )
        assert company.alba.person_id == manager.get(path).body["owner_id"]
        assert [undone.body, given] == manager.get(f"{path}/decisions").body["items"][:2]
        assert undone.body == manager.get(f"/decisions/{undone.body['id']}").body

    def test_about_a_conversation_too(self, company: Cast, manager: Caller, admin: Caller) -> None:
        """AC-1: who works a conversation is put back in the same way."""
        write(a_whatsapp_account(admin=company.admin), a_text(a_phone(), at=now()), at=now())
        path = f"/conversations/{Conversation.objects.latest('id').pk}"
        admin.put(f"{path}/assignees", {"person_ids": [company.bruno.person_id]})
        given = admin.get(f"{path}/decisions").body["items"][0]

        assert 200 == admin.post(f"/decisions/{given['id']}/undo").status
        assert [] == admin.get(path).body["assignees"]["person_ids"]

    @pytest.mark.parametrize(("who", "status"), [("manager", 403), ("carla", 404), ("stranger", 404)])
    def test_is_nobody_elses_to_take_back(
        self, request: pytest.FixtureRequest, company: Cast, admin: Caller, who: str, status: int
    ) -> None:
        """INV-30, INV-34: who sees it is refused, who does not is told nothing, and the owner stays."""
        contact = a_contact(admin=company.admin, owner=company.alba)
        given = admin.get(f"/contacts/{contact.pk}/decisions").body["items"][0]
        caller = Caller(a_stranger().admin) if who == "stranger" else request.getfixturevalue(who)
        missing = caller.post("/decisions/999999999/undo")

        said = caller.post(f"/decisions/{given['id']}/undo")

        assert (status, 404) == (said.status, missing.status)
        assert status != 404 or said.raw == missing.raw == caller.get(f"/decisions/{given['id']}").raw
        assert company.alba.person_id == admin.get(f"/contacts/{contact.pk}").body["owner_id"]

    def test_stays_once_somebody_has_changed_it(self, company: Cast, admin: Caller, manager: Caller) -> None:
        """INV-16: what a colleague changed since is not put back over their head; the answer says why."""
        contact = a_contact(admin=company.admin)
        manager.put(f"/contacts/{contact.pk}/owner", {"owner_id": company.bruno.person_id})
        given = manager.get(f"/contacts/{contact.pk}/decisions").body["items"][0]
        admin.put(f"/contacts/{contact.pk}/owner", {"owner_id": company.alba.person_id})

        said = manager.post(f"/decisions/{given['id']}/undo")

        assert (409, "cannot_undo", "changed_since") == (said.status, said.body["code"], said.body["reason"])
        assert company.alba.person_id == admin.get(f"/contacts/{contact.pk}").body["owner_id"]
