"""UP-6: whoever is chosen has room: capacity in effort units over all accounts, and limits by the hour and the day."""

from datetime import timedelta

import pytest

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.assign_conversation import Chosen, assign_conversation
from reparto.assignment.explain_decision import explain
from reparto.assignment.keep_contact import keep_contact
from reparto.assignment.models import Decision, Waiting
from reparto.assignment.read_trace import read_traces
from reparto.assignment.undo_decision import undo_decision
from reparto.assignment.wake_waiting import wake_waiting
from reparto.channels.models import Account
from reparto.channels.queries import caps_of
from reparto.contacts.models import Contact
from reparto.conversations.close_conversation import close_conversation
from reparto.conversations.models import Conversation, Load
from reparto.conversations.queries import loads_of
from reparto.conversations.reopen_conversation import reopen_conversation
from reparto.people.actor import Actor
from reparto.people.edit_person import edit_person
from reparto.people.queries import find_person
from reparto.rules.queries import all_rules
from tests.api.caller import Caller
from tests.calls import a_call, ring
from tests.cast import AT, Cast, a_contact, a_phone, an_account
from tests.road import a_text, work, write
from tests.web.visitor import Visitor, text


def limit(cast: Cast, **limits: int | None) -> None:
    """Give Alba a capacity or a limit."""
    edit_person(cast.alba.person_id, limits, actor=cast.admin, at=AT)


def load(cast: Cast) -> int:
    """Return how much Alba has open."""
    return loads_of([cast.alba.person_id]).get(cast.alba.person_id, 0)


def given_of_late(person: Actor) -> tuple[int, int]:
    """Return how many contacts a person was given in this hour, and on this day."""
    return Load.objects.filter(person_id=person.person_id).values_list("in_hour", "in_day").first() or (0, 0)


def has(cast: Cast) -> int:
    """Return how many contacts are Alba's."""
    return Contact.objects.filter(owner_id=cast.alba.person_id).count()


def refusals() -> set[str]:
    """Return why Alba was passed over, in the latest decisions of what waits."""
    waiting = Decision.objects.filter(outcome="queued")
    return {one["reason"] for trace in read_traces(waiting).values() for one in trace["candidates"]}


class TestEffort:
    def test_is_the_accounts_own(self, cast: Cast, account: Account) -> None:
        """BY-13: a chat takes one, a call three, of one capacity over both accounts; automatic assignment stays below."""
        phone = an_account("phone", admin=cast.admin, auto=(cast.alba,))
        limit(cast, capacity=4)

        ring(phone, a_call(a_phone()))
        assert 3 == load(cast)
        write(account, a_text(a_phone()))
        ring(phone, a_call(a_phone()))

        assert (4, 2) == (load(cast), has(cast))
        assert 1 == Waiting.objects.filter(outcome="queued").count()

    def test_is_kept_by_the_conversation(self, cast: Cast, account: Account) -> None:
        """BY-13: closing and reopening count what it began with, also after the account's effort was changed."""
        manager = Caller(cast.admin)
        said = manager.patch(f"/accounts/{account.pk}", {"effort": 5})
        write(account, a_text(a_phone()))
        manager.patch(f"/accounts/{account.pk}", {"effort": 2})
        (talk,) = Conversation.objects.all()

        seen = [load(cast)]
        close_conversation(talk.pk, actor=cast.alba, at=AT)
        seen.append(load(cast))
        reopen_conversation(talk.pk, actor=cast.alba, at=AT)
        seen.append(load(cast))
        manager.put(f"/conversations/{talk.pk}/assignees", {"person_ids": [cast.bruno.person_id], "group_ids": []})

        assert 5 == said.body["effort"]
        assert [5, 0, 5, 0] == [*seen, load(cast)]
        assert 5 == loads_of([cast.bruno.person_id])[cast.bruno.person_id]

    def test_is_a_whole_number_within_bounds(self, cast: Cast, account: Account) -> None:
        """BY-13: API and page refuse an effort that is none, beside its field, and change nothing."""
        said = Caller(cast.admin).patch(f"/accounts/{account.pk}", {"effort": -1})
        form = {"name": "Cuenta", "group_id": cast.root_id, "effort": "mucho"}
        shown = Visitor(cast.admin).post(f"/cuentas/{account.pk}", **form)

        account.refresh_from_db()
        assert ({"effort": "not_in_range"}, 422, 1) == (said.codes, shown.status_code, account.effort)

    def test_is_never_exceeded_by_a_burst(self, cast: Cast, account: Account) -> None:
        """INV-20, EC-33: 20 at once on one free place: one goes to her, the rest wait and say why."""
        limit(cast, capacity=1)

        write(account, *(a_text(a_phone()) for _ in range(20)))

        assert (1, 19) == (has(cast), Waiting.objects.filter(outcome="queued").count())
        assert {"at_capacity"} == refusals()


class TestCapOfAnAccount:
    def test_holds_beside_the_whole_capacity(self, cast: Cast, account: Account) -> None:
        """BY-13: one WhatsApp at once, of a capacity of five: the second waits and says why; another account goes on."""
        phone = an_account("phone", admin=cast.admin, auto=(cast.alba,))
        limit(cast, capacity=5)
        path, admin = f"/people/{cast.alba.person_id}/accounts/{account.pk}", Caller(cast.admin)
        assert 1 == admin.put(path, {"mode": "auto", "capacity": 1}).body["capacity"]
        write(account, a_text(a_phone()), a_text(a_phone()))
        ring(phone, a_call(a_phone()))

        assert (4, 2, {"at_account_cap"}) == (load(cast), has(cast), refusals())
        decision = Decision.objects.filter(outcome="queued").latest("id")
        assert explain(decision).same
        assert 1 == admin.put(path, {"mode": "auto"}).body["capacity"]
        hers = Conversation.objects.filter(account=account).exclude(pk=Waiting.objects.get().conversation_id).get()
        close_conversation(hers.pk, actor=cast.alba, at=AT)
        wake_waiting(cast.organization_id, reason="people", at=AT)
        work(cast.organization_id, at=AT)
        assert (0, 3) == (Waiting.objects.count(), has(cast))

    def test_is_typed_beside_the_mode(self, cast: Cast, account: Account) -> None:
        """BY-13, AD-7: the table of people and accounts has a box for it; nonsense changes nothing, empty lifts it."""
        admin = Visitor(cast.admin)
        mode, cap = (f"{name}-{cast.alba.person_id}-{account.pk}" for name in ("mode", "cap"))
        seen = []
        for written in ("3", "muchos", "-1", ""):
            admin.post("/agentes/canales", **{mode: "auto", cap: written})
            seen.append(caps_of(cast.alba.person_id))

        assert [{account.pk: 3}] * 3 + [{}] == seen
        assert "Alba, Cuenta whatsapp: máximo a la vez" in text(admin.get("/agentes/canales"))


class TestByHand:
    def test_goes_beyond_a_capacity_with_a_warning(self, cast: Cast, account: Account) -> None:
        """EC-34: who is full says so where a manager chooses; chosen nevertheless, they are over, and the list marks it."""
        limit(cast, capacity=1)
        write(account, a_text(a_phone()), a_text(a_phone()))
        talk = Waiting.objects.get()
        manager = Visitor(cast.manager)
        warned = text(manager.get(f"/contactos/{talk.contact_id}/encargado/opciones"))
        chosen = Chosen(person_ids=(cast.alba.person_id,))

        assign_conversation(talk.conversation_id or 0, chosen, actor=cast.manager, at=AT)

        assert (True, 2) == ("al límite" in warned, load(cast))
        assert "2 de 1" in text(Visitor(cast.admin).get("/disponibilidad")) or "2/1" in text(
            manager.get("/disponibilidad")
        )


class TestLimits:
    def test_hold_for_an_hour_of_the_clock(self, cast: Cast, account: Account) -> None:
        """UP-6: two an hour: the third waits, says until when, and is hers with the next hour, though nobody wakes it."""
        limit(cast, per_hour=2)
        write(account, *(a_text(a_phone()) for _ in range(3)))

        waiting = Waiting.objects.get()
        assert (2, AT + timedelta(minutes=5), {"at_hourly_limit"}) == (has(cast), waiting.due_at, refusals())
        work(cast.organization_id, at=AT + timedelta(minutes=59))
        assert AT + timedelta(hours=1) == Waiting.objects.get().due_at

        work(cast.organization_id, at=AT + timedelta(hours=1))
        assert (3, 0) == (has(cast), Waiting.objects.count())

    def test_hold_for_a_day_where_the_person_is(self, cast: Cast, account: Account) -> None:
        """UP-6, EC-35: one a day: the day ends at midnight in Mexico City, which is six hours later in the world's time."""
        limit(cast, per_day=1)
        midnight = AT.replace(hour=6) + timedelta(days=1)
        write(account, a_text(a_phone()), a_text(a_phone()))

        work(cast.organization_id, at=midnight - timedelta(seconds=1))
        before = has(cast)
        work(cast.organization_id, at=midnight)

        assert ("America/Mexico_City", 1, 2) == (find_person(cast.alba.person_id).time_zone, before, has(cast))

    def test_count_what_a_person_is_given_by_hand(self, cast: Cast, account: Account) -> None:
        """UP-6: a manager may give beyond a limit, and what they give counts for what the rules give after it."""
        limit(cast, per_hour=1)
        write(account, a_text(a_phone()), a_text(a_phone()))
        waits = Waiting.objects.get().conversation_id or 0
        given_at = AT + timedelta(hours=1)
        chosen = Chosen(person_ids=(cast.alba.person_id,))
        assign_conversation(waits, chosen, actor=cast.manager, at=given_at)

        write(account, a_text(a_phone()), at=given_at + timedelta(minutes=1))

        assert (2, {"at_hourly_limit"}) == (load(cast), refusals())
        assert 1 == Waiting.objects.filter(outcome="queued").count()

    def test_count_a_contact_once_and_no_undo(self, cast: Cast, account: Account) -> None:
        """UP-6: a contact given by hand is one, with no conversation or with two; taken back at once it is none."""
        other = an_account(admin=cast.admin, phone_number_id="206540352242922")
        phone = a_phone()
        for number in (account, other):
            write(number, a_text(phone))
        (talker,) = Contact.objects.all()
        alone = a_contact(admin=cast.admin)

        seen = []
        for contact in (talker, alone):
            given = assign_by_hand(contact.pk, owner_id=cast.bruno.person_id, actor=cast.admin, at=AT)
            seen.append(given_of_late(cast.bruno))
        assert given is not None
        undo_decision(given.pk, actor=cast.admin, at=AT + timedelta(seconds=5))
        keep_contact(a_contact(admin=cast.admin).pk, actor=cast.admin, at=AT)

        assert [(1, 1), (2, 2), (1, 1)] == [*seen, given_of_late(cast.bruno)]
        assert (2, (0, 0)) == (loads_of([cast.bruno.person_id])[cast.bruno.person_id], given_of_late(cast.admin))

    def test_let_what_waits_go_when_they_are_lifted(self, cast: Cast, account: Account) -> None:
        """INV-21: an administrator lifts a limit by API; what waits is tried at once, oldest first."""
        limit(cast, per_hour=0)
        write(account, a_text(a_phone()))
        assert 0 == has(cast)

        said = Caller(cast.admin).patch(f"/people/{cast.alba.person_id}", {"per_hour": None, "per_day": 9})
        wake_waiting(cast.organization_id, reason="people", at=AT)
        work(cast.organization_id)

        assert (None, 9, 1) == (said.body["per_hour"], said.body["per_day"], has(cast))

    def test_are_asked_on_the_page_of_a_person(self, cast: Cast) -> None:
        """UP-6: the page has capacity and both limits; a fault stands beside its field; blank is no limit."""
        visitor, url = Visitor(cast.admin), f"/agentes/{cast.alba.person_id}"
        alba = find_person(cast.alba.person_id)
        form = {"name": "Alba", "email": alba.email, "group_id": alba.group_id, "language": "es"}
        form |= {"time_zone": "America/Bogota", "role": "agent", "over": alba.group_id, "capacity": "12", "per_day": ""}

        wrong = visitor.post(url, **form, per_hour="muchas")
        visitor.post(url, **form, per_hour="6")

        alba.refresh_from_db()
        assert (422, True) == (wrong.status_code, "Nuevas por hora" in text(wrong))
        assert (12, 6, None) == (alba.capacity, alba.per_hour, alba.per_day)

    @pytest.mark.parametrize(
        ("limit_of", "said"), [("per_hour", "en el límite de la hora"), ("per_day", "en el límite del día")]
    )
    def test_warn_on_the_pages_of_the_person_and_of_the_rule(self, cast: Cast, limit_of: str, said: str) -> None:
        """UP-6: who has been given all of an hour or a day says so on their page, in the rule, and where one gives by hand."""
        contact, admin = a_contact(admin=cast.admin), Visitor(cast.admin)
        (rule,) = all_rules()
        pages = (f"/agentes/{cast.alba.person_id}", f"/reglas/{rule.pk}", f"/contactos/{contact.pk}/encargado/opciones")
        before = [said in text(admin.get(page)) for page in pages]
        limit(cast, **{limit_of: 0})

        assert ([False] * 3, [True] * 3) == (before, [said in text(admin.get(page)) for page in pages])
        assert "0/0" in text(admin.get(pages[0]))
