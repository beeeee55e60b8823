"""LG by API: the same promises to a program that acts for a person."""

from typing import Any

import pytest

from tests.api.caller import Caller
from tests.calls import a_call, ring
from tests.cast import Cast, a_company, a_contact, a_person, a_phone, an_account
from tests.rows.web_leads import a_body, a_web_form, fill_in


@pytest.fixture
def cast(db: None) -> Cast:
    """The company of these tests."""
    return a_company()


def body(**more: Any) -> dict[str, Any]:
    """Return a contact to be created."""
    return {"name": "Rosa", "addresses": [{"kind": "phone", "value": a_phone()}], **more}


class TestTheOwner:
    def test_is_one_and_the_same_in_list_contact_and_filter(self, cast: Cast) -> None:
        """LG-1, LG-4, LG-5: list and contact name the one owner, and name the next one after a change (EC-52)."""
        contact, manager = a_contact(admin=cast.admin), Caller(cast.manager)
        for person in (cast.alba, cast.bruno):
            manager.put(f"/contacts/{contact.pk}/owner", {"owner_id": person.person_id})

            (listed,) = manager.get("/contacts", owner=str(person.person_id)).body["items"]
            assert listed == manager.get(f"/contacts/{contact.pk}").body
            assert person.person_id == listed["owner_id"]

    def test_is_told_with_the_choices_of_the_list(self, cast: Cast) -> None:
        """LG-4: an agent takes what is free by one call and nothing else; a manager chooses anybody of the scope."""
        contact = a_contact(admin=cast.admin)
        path = f"/contacts/{contact.pk}/owner"
        given = [Caller(cast.alba).put(path, {"owner_id": one.person_id}).status for one in (cast.bruno, cast.alba)]
        moved = Caller(cast.manager).put(path, {"owner_id": cast.bruno.person_id})
        again = Caller(cast.alba).put(path, {"owner_id": cast.alba.person_id})

        assert ([403, 200], 200, 403) == (given, moved.status, again.status)
        assert cast.bruno.person_id == Caller(cast.alba).get(f"/contacts/{contact.pk}").body["owner_id"]

    def test_is_reached_from_its_conversation(self, cast: Cast) -> None:
        """LG-5, LG-6: a conversation names its contact, and what is chosen there is what profile and list have."""
        from tests.rows.test_lg_by_page import somebody_writes

        talk, manager = somebody_writes(cast), Caller(cast.manager)
        named = manager.get(f"/conversations/{talk.pk}").body["contact"]["id"]
        manager.put(f"/contacts/{named}/owner", {"owner_id": cast.alba.person_id})

        there = Caller(cast.alba).get(f"/conversations/{talk.pk}").body
        assert (talk.contact_id, [cast.alba.person_id]) == (named, there["assignees"]["person_ids"])

    def test_is_kept_from_who_neither_takes_nor_gives(self, cast: Cast) -> None:
        """LG-2, LG-3: an operator takes nothing from the pool, gives nothing and takes nothing away."""
        olga = Caller(a_person("Olga", role="operator", group_id=cast.north_id, admin=cast.admin))
        free, owned = a_contact(admin=cast.admin), a_contact("De Bruno", admin=cast.admin, owner=cast.bruno)
        assert olga.actor is not None
        asked = [
            (free, olga.actor.person_id),
            (free, cast.alba.person_id),
            (owned, olga.actor.person_id),
            (owned, None),
        ]

        statuses = [olga.put(f"/contacts/{one.pk}/owner", {"owner_id": owner}).status for one, owner in asked]

        assert [403] * 4 == statuses


class TestWhoCreates:
    @pytest.mark.parametrize("role", ["agent", "operator", "manager", "admin"])
    def test_keeps_what_they_leave_open(self, cast: Cast, role: str) -> None:
        """LG-7: without owner_id the contact is its maker's, whatever their role; with null it is nobody's."""
        maker = a_person("Quien crea", role=role, group_id=cast.north_id, admin=cast.admin)

        kept, free = Caller(maker).post("/contacts", body()), Caller(maker).post("/contacts", body(owner_id=None))

        assert (201, maker.person_id) == (kept.status, kept.body["owner_id"])
        assert (201, None) == (free.status, free.body["owner_id"])
        (decision,) = Caller(cast.admin).get(f"/contacts/{kept.body['id']}/decisions").body["items"]
        assert ("manual", maker.person_id, maker.person_id) == tuple(
            decision[name] for name in ("route", "owner_id", "actor_id")
        )

    def test_keeps_nothing_of_a_foreign_campaign(self, cast: Cast) -> None:
        """LG-2, LG-7: creating is no way around the campaign that an agent is not in; nothing is created."""
        campaign = Caller(cast.admin).post("/campaigns", {"name": "Ajena"}).body["id"]

        said = Caller(cast.alba).post("/contacts", body(campaign_id=campaign))

        assert 403 == said.status
        assert [] == Caller(cast.admin).get("/contacts").body["items"]

    def test_an_operator_edits_without_touching_the_owner(self, cast: Cast) -> None:
        """LG-8: who neither takes nor gives changes the name, and is refused the owner together with the name."""
        olga = Caller(a_person("Olga", role="operator", group_id=cast.north_id, admin=cast.admin))
        path = f"/contacts/{a_contact('De Bruno', admin=cast.admin, owner=cast.bruno).pk}"

        named, given = olga.patch(path, {"name": "Uno"}), olga.patch(path, {"name": "Dos", "owner_id": None})

        now = olga.get(path).body
        assert (200, 403) == (named.status, given.status)
        assert ("Uno", cast.bruno.person_id) == (now["name"], now["owner_id"])


class TestTheReview:
    def test_lists_exactly_what_has_nobody(self, cast: Cast) -> None:
        """LG-9, LG-11: owner=none is the pool: created without a responsible person, waiting for nobody, there to take."""
        made = Caller(cast.alba).post("/contacts", body(owner_id=None)).body
        a_contact("De Bruno", admin=cast.admin, owner=cast.bruno)

        (free,) = Caller(cast.alba).get("/contacts", owner="none").body["items"]

        assert (made["id"], None, None) == (free["id"], free["owner_id"], free["waiting"])
        taken = Caller(cast.alba).put(f"/contacts/{free['id']}/owner", {"owner_id": cast.alba.person_id})
        assert ([], cast.alba.person_id) == (
            Caller(cast.alba).get("/contacts", owner="none").body["items"],
            taken.body["owner_id"],
        )


class TestAMissedCall:
    def test_is_on_contact_conversation_and_both_lists(self, cast: Cast) -> None:
        """LG-11: who called and whom nobody answered is listed with the number, until somebody calls back."""
        ring(an_account("phone", admin=cast.admin), a_call("+573001234567"))
        a_contact(admin=cast.admin)
        alba = Caller(cast.alba)
        (contact,) = alba.get("/contacts", missed="true").body["items"]
        (talk,) = alba.get("/conversations", missed="true").body["items"]
        (call,) = alba.get(f"/conversations/{talk['id']}/messages").body["items"]

        assert ("+573001234567", True) == tuple(contact["missed_call"][name] for name in ("number", "first"))
        assert contact["missed_call"] == talk["missed_call"]
        assert ("missed_call", "missed_call", "+573001234567") == (talk["preview_kind"], call["kind"], call["number"])
        assert 201 == alba.post(f"/contacts/{contact['id']}/call-back", {}).status
        again = alba.get(f"/contacts/{contact['id']}").body
        assert (None, cast.alba.person_id) == (again["missed_call"], again["owner_id"])
        assert [[], []] == [alba.get(f"/{one}", missed="true").body["items"] for one in ("contacts", "conversations")]


class TestTheFirstMoment:
    def test_a_web_lead_is_somebodys_at_once_and_says_why(self, cast: Cast) -> None:
        """LG-10: the company's rule decides as the lead arrives: contact, owner, and the decision with everybody asked."""
        form, admin = a_web_form(cast), Caller(cast.admin)
        rule = admin.post("/rules", a_body(cast.alba, cast.bruno)).body
        lead = admin.get(f"/contacts/{fill_in(form).pk}").body
        (why,) = admin.get(f"/contacts/{lead['id']}/decisions").body["items"]

        assert (cast.alba.person_id, None) == (lead["owner_id"], lead["waiting"])
        assert ("rule", rule["id"], None) == (why["route"], why["rule"]["id"], why["actor_id"])
        verdicts = {one["person_id"]: one["verdict"] for one in why["trace"]["candidates"]}
        assert {cast.alba.person_id: "chosen", cast.bruno.person_id: "eligible"} == verdicts
