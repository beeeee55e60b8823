"""AC over page and API: who is put on a conversation, and what the screen and a program see of it."""

import pytest

from reparto.channels.models import Account
from reparto.contacts.models import Contact
from reparto.conversations.models import Conversation
from reparto.kit.clock import now
from reparto.people.actor import Actor
from tests.api.caller import Caller
from tests.cast import Cast, a_company, a_contact, a_phone, a_whatsapp_account
from tests.flows.some_flows import a_flow, groups, people
from tests.road import a_text, write
from tests.web.visitor import Visitor, text


@pytest.fixture
def cast(db: None) -> Cast:
    """The company, with everybody there now."""
    cast = a_company()
    for person in (cast.alba, cast.bruno, cast.carla):
        Caller(person).get("/me")
    return cast


@pytest.fixture
def account(cast: Cast) -> Account:
    """A WhatsApp number on which all three agents receive."""
    return a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno, cast.carla))


def known(cast: Cast) -> tuple[Contact, str]:
    """Return a contact without owner, and its phone."""
    phone = a_phone()
    return a_contact(admin=cast.admin, phone=phone), phone


def writes(account: Account, phone: str) -> Conversation:
    """Let a phone write; return its latest conversation."""
    write(account, a_text(phone, at=now()), at=now())
    return Conversation.objects.latest("id")


class TestByPage:
    def test_who_was_chosen_gets_the_new_conversation(self, cast: Cast, account: Account) -> None:
        """AC-2, AC-3: named on the profile, Bruno is on the conversation at once, whoever answered last time."""
        contact, phone = known(cast)
        admin = Visitor(cast.admin)
        admin.post(f"/contactos/{contact.pk}/propietarios", add_person=cast.bruno.person_id)
        first = writes(account, phone)
        admin.by_htmx.post(
            f"/bandeja/{first.pk}/asignado", add_person=cast.alba.person_id, remove_person=cast.bruno.person_id
        )
        admin.by_htmx.post(f"/bandeja/{first.pk}/cerrar")
        again = writes(account, phone)

        assert again.pk != first.pk
        shown = text(Visitor(cast.bruno).get(f"/bandeja/{again.pk}"))
        assert "elegido para este contacto" in shown or "para este contacto" in shown
        assert [cast.bruno.person_id] == _assigned(cast, again)

    def test_a_flow_adds_to_who_was_chosen(self, cast: Cast, account: Account) -> None:
        """AC-4: *Asignado a* shows the person and the team of the flow beside the default assignee (EC-50)."""
        contact, phone = known(cast)
        Visitor(cast.admin).post(f"/contactos/{contact.pk}/propietarios", add_person=cast.bruno.person_id)
        a_flow(cast, people(cast.carla), groups(cast.south_id))
        talk = writes(account, phone)

        shown = text(Visitor(cast.admin).get(f"/bandeja/{talk.pk}"))
        section = shown[shown.index('id="inbox-assignees"') :].split("inbox-add-assignee", 2)[1]
        assert all(name in section for name in ("Bruno", "Carla", "Sur"))

    def test_several_people_and_teams(self, cast: Cast, account: Account) -> None:
        """AC-1: *Asignado a* offers people and teams; what is chosen is saved beside who is there, and shown to all."""
        talk, admin = writes(account, a_phone()), Visitor(cast.admin).by_htmx
        offered = text(admin.get(f"/bandeja/{talk.pk}"))
        for chosen in (
            {"add_person": cast.alba.person_id},
            {"add_person": cast.carla.person_id, "add_group": cast.north_id},
        ):
            assert 204 == admin.post(f"/bandeja/{talk.pk}/asignado", **chosen).status_code
        forged = Visitor(cast.alba).by_htmx.post(f"/bandeja/{talk.pk}/asignado", add_person=cast.bruno.person_id)

        assert all(name in offered for name in ("add_person", "add_group", "Bruno", "Sur", "Guardar"))
        assert ([cast.alba.person_id, cast.carla.person_id], 403) == (_assigned(cast, talk), forged.status_code)
        shown = text(Visitor(cast.alba).get(f"/bandeja/{talk.pk}"))
        assert all(name in shown for name in ("Carla", "Norte"))

    def test_whoever_answers_first(self, cast: Cast, account: Account) -> None:
        """AC-5: off, an answer names nobody; on, the first public one does, a note and a second answer do not."""
        setting, off = Visitor(cast.admin), writes(account, a_phone())
        answers(cast.alba, off, "Hola")
        assert [] == named(cast, off)
        assert 302 == setting.post("/ajustes/bandeja", first_responder_owns="on").status_code
        talk = writes(account, a_phone())
        answers(cast.alba, talk, "Lo miro", mode="note")
        assert [] == named(cast, talk)
        answers(cast.alba, talk, "Hola")
        answers(cast.admin, talk, "Yo también")

        assert [cast.alba.person_id] == named(cast, talk)
        section = text(Visitor(cast.admin).get(f"/contactos/{talk.contact_id}"))
        assert "Alba" in section[section.index("Propietarios del contacto") :]


class TestByApi:
    def test_who_was_chosen_gets_the_new_conversation(self, cast: Cast, account: Account) -> None:
        """AC-2, AC-3: default assignees are kept, shown with the contact, and put on each new conversation, with why."""
        contact, phone = known(cast)
        admin, chosen = Caller(cast.admin), [cast.bruno.person_id, cast.carla.person_id]
        kept = admin.put(f"/contacts/{contact.pk}/default-assignees", {"person_ids": chosen}).body
        first = writes(account, phone)
        admin.put(f"/conversations/{first.pk}/assignees", {"person_ids": [cast.alba.person_id]})
        admin.post(f"/conversations/{first.pk}/close")
        again = writes(account, phone)

        assert (chosen, None) == (kept["default_assignees"]["person_ids"], kept["owner_id"])
        assert sorted(chosen) == sorted(_assigned(cast, again))
        (why,) = admin.get(f"/conversations/{again.pk}/decisions").body["items"]
        assert "default_assignees" == why["route"]

    def test_a_flow_adds_to_who_was_chosen(self, cast: Cast, account: Account) -> None:
        """AC-4: the conversation has the flow's person and group and the default assignee, and a decision by the flow."""
        contact, phone = known(cast)
        admin = Caller(cast.admin)
        admin.put(f"/contacts/{contact.pk}/default-assignees", {"person_ids": [cast.bruno.person_id]})
        a_flow(cast, people(cast.carla), groups(cast.south_id))
        talk = writes(account, phone)

        there = admin.get(f"/conversations/{talk.pk}").body["assignees"]
        assert {cast.bruno.person_id, cast.carla.person_id} == set(there["person_ids"])
        assert [cast.south_id] == there["group_ids"]
        assert "flow" in [one["route"] for one in admin.get(f"/conversations/{talk.pk}/decisions").body["items"]]

    def test_several_people_and_teams_and_nobody_of_another_company(self, cast: Cast, account: Account) -> None:
        """AC-1: people and groups together; saving replaces them; an agent gives it to nobody else."""
        talk = writes(account, a_phone())
        path, body = f"/conversations/{talk.pk}/assignees", {"person_ids": [cast.alba.person_id], "group_ids": []}
        both = Caller(cast.admin).put(path, {**body, "group_ids": [cast.north_id]})
        forged = Caller(cast.alba).put(path, {"person_ids": [cast.bruno.person_id]})

        assert {**body, "group_ids": [cast.north_id]} == both.body["assignees"]
        assert 403 == forged.status
        assert [cast.alba.person_id] == _assigned(cast, talk)

    def test_whoever_else_answers_is_refused_or_recorded_as_set(self, cast: Cast, account: Account) -> None:
        """EC-94, AC-1: Bruno answers what Alba has under his own name, and it stays hers; seeing only his own, not at all."""
        admin, talk = Caller(cast.admin), writes(account, a_phone())
        admin.put(f"/conversations/{talk.pk}/assignees", {"person_ids": [cast.alba.person_id]})
        path = f"/conversations/{talk.pk}/messages"
        recorded = Caller(cast.bruno).post(path, {"text": "Soy Bruno"})
        admin.patch("/settings/inbox", {"agents_see": "own"})
        by_api, page = Caller(cast.bruno).post(path, {"text": "Otra vez"}), Visitor(cast.bruno).by_htmx
        by_page = page.post(f"/bandeja/{talk.pk}/mensajes", text="Otra vez", mode="reply")

        assert (201, 404, 404) == (recorded.status, by_api.status, by_page.status_code)
        assert [cast.alba.person_id] == _assigned(cast, talk)
        said = admin.get(path).body["items"]
        assert [("Soy Bruno", cast.bruno.person_id)] == [
            (one["text"], one["author_id"]) for one in said if one["direction"] == "out"
        ]

    def test_whoever_answers_first(self, cast: Cast, account: Account) -> None:
        """AC-5: on, the first public answer names its author; who was named before the answer stays, alone."""
        admin = Caller(cast.admin)
        assert 200 == admin.patch("/settings/inbox", {"first_responder_owns": True}).status
        free, chosen = writes(account, a_phone()), writes(account, a_phone())
        admin.put(f"/contacts/{chosen.contact_id}/default-assignees", {"person_ids": [cast.bruno.person_id]})
        for talk in (free, chosen):
            admin.put(f"/conversations/{talk.pk}/assignees", {"person_ids": [cast.alba.person_id]})
            assert 201 == Caller(cast.alba).post(f"/conversations/{talk.pk}/messages", {"text": "Hola"}).status
            admin.post(f"/conversations/{talk.pk}/messages", {"text": "Hola"})

        assert ([cast.alba.person_id], [cast.bruno.person_id]) == (named(cast, free), named(cast, chosen))
        routes = [one["route"] for one in admin.get(f"/conversations/{free.pk}/decisions").body["items"]]
        assert 1 == routes.count("first_responder")


def answers(person: Actor, talk: Conversation, words: str, mode: str = "reply") -> None:
    """Let somebody answer in the composer, or note something; an agent takes it first."""
    Visitor(person).by_htmx.post(f"/bandeja/{talk.pk}/asignarme")
    assert 200 == Visitor(person).by_htmx.post(f"/bandeja/{talk.pk}/mensajes", text=words, mode=mode).status_code


def named(cast: Cast, talk: Conversation) -> list[int]:
    """Return the default assignees of whoever wrote."""
    there: list[int] = Caller(cast.admin).get(f"/contacts/{talk.contact_id}").body["default_assignees"]["person_ids"]
    return there


def _assigned(cast: Cast, talk: Conversation) -> list[int]:
    there: list[int] = Caller(cast.admin).get(f"/conversations/{talk.pk}").body["assignees"]["person_ids"]
    return there
