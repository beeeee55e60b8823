"""Availability on screen: one's own in the corner of every page, and that of those whom one leads."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict

from reparto.assignment.models import Waiting
from reparto.conversations.models import Conversation
from reparto.kit.clock import now
from reparto.kit.faults import Invalid
from reparto.kit.tenancy import enter_organization
from reparto.people.edit_person import edit_person
from reparto.people.queries import find_person
from reparto.people.set_availability import set_availability
from reparto.web.availability.read_until import read_until
from tests import cast
from tests.api.caller import Caller
from tests.cast import Cast
from tests.road import a_text, write
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 17, 16, 0, tzinfo=UTC)  #: ten in the morning in Mexico City


@pytest.fixture
def company() -> Cast:
    """A company, entered."""
    return cast.a_company()


class TestReadUntil:
    """Until when."""

    @pytest.mark.parametrize(
        ("sent", "until"),
        [
            ("minutes=30", AT + timedelta(minutes=30)),
            ("until=14:30", AT + timedelta(hours=4, minutes=30)),
            ("until=09:00", AT + timedelta(hours=23)),
            ("until=10:00", AT + timedelta(days=1)),
            ("ends=never&until=14:30", None),
            ("", None),
        ],
    )
    def test_minutes_or_a_time_of_day(self, sent: str, until: datetime | None) -> None:
        """BY-21: a time that has passed is tomorrow's, in the person's own zone; nobody need name one."""
        assert until == read_until(QueryDict(sent), at=AT, time_zone="America/Mexico_City")

    @pytest.mark.parametrize(
        "sent", ["until=tarde", "ends=until", "ends=until&until=25:00", "minutes=0", "minutes=9999"]
    )
    def test_nonsense_is_a_fault(self, sent: str) -> None:
        """BY-21: who wanted an end is never set away without one."""
        with pytest.raises(Invalid):
            read_until(QueryDict(sent), at=AT, time_zone="America/Mexico_City")


class TestOnesOwn:
    """The corner of every page."""

    def test_away_with_reason_and_end(self, company: Cast) -> None:
        """BY-21: the menu takes a reason and how long; the corner says until when, and that it counts no new work."""
        visitor = Visitor(company.alba)
        visitor.post("/availability", availability="away", minutes="30", reason="comida")
        enter_organization(company.organization_id)
        person = find_person(company.alba.person_id)

        assert ("away", "comida") == (person.availability, person.availability_reason)
        assert person.availability_until is not None
        assert timedelta(minutes=29) < person.availability_until - now() <= timedelta(minutes=30)
        assert "Ausente hasta" in text(visitor.get("/contactos")).replace("\n", "")

    @pytest.mark.parametrize(("capacity", "said"), [(None, ">1 abierta<"), (0, ">1 de 0<"), (5, ">1 de 5<")])
    def test_load_and_capacity(self, company: Cast, capacity: int | None, said: str) -> None:
        """UP-6: the corner of every page says how much one has open, also where no capacity is set, and stays true."""
        write(cast.a_whatsapp_account(admin=company.admin), a_text(cast.a_phone()))
        edit_person(company.alba.person_id, {"capacity": capacity}, actor=company.admin, at=AT)
        Visitor(company.admin).by_htmx.post(
            f"/bandeja/{Conversation.objects.get().pk}/asignado", add_person=company.alba.person_id
        )
        visitor = Visitor(company.alba)

        assert said in text(visitor.get("/contactos")).replace("\n", "")
        assert said in text(visitor.by_htmx.get("/nav?active=contacts")).replace("\n", "")

    def test_an_end_on_another_day_names_the_day(self, company: Cast) -> None:
        """BY-21: away until a day after this one, the corner does not say the hour alone."""
        until = now() + timedelta(days=3)
        set_availability(company.alba.person_id, status="away", until=until, actor=company.alba, at=now())
        day = until.astimezone(ZoneInfo("America/Mexico_City")).day

        assert f"Ausente hasta {day} " in text(Visitor(company.alba).get("/contactos")).replace("\n", "")

    def test_replies(self, company: Cast) -> None:
        """UX-24: *Reasignar respuestas mientras no estoy* is on until one switches it off; the number concerned is shown."""
        account = cast.a_whatsapp_account(admin=company.admin, auto=(company.alba,))
        cast.a_rule(company.alba, admin=company.admin)
        write(account, a_text(cast.a_phone()))
        visitor = Visitor(company.alba)
        before = text(visitor.get("/contactos"))
        visitor.post("/availability", reassign="off")
        after = text(visitor.get("/contactos"))
        enter_organization(company.organization_id)

        assert find_person(company.alba.person_id).reassign_replies is False
        assert "Carga de trabajo 1: si un contacto escribe mientras tanto, responde otra persona." in before
        assert "Carga de trabajo 1: espera el regreso." in after

    @pytest.mark.parametrize("path", ["/availability", "/disponibilidad/{alba}"])
    def test_what_cannot_be_kept_is_asked_again(self, company: Cast, path: str) -> None:
        """BY-21: too long a reason and no time: each is said beside its field, what was typed stays, nothing changes."""
        who = Visitor(company.alba if path == "/availability" else company.manager).by_htmx
        url, typed = path.format(alba=company.alba.person_id), "x" * 201
        long = who.post(url, availability="offline", reason=typed, minutes="30")
        timeless = who.post(url, availability="offline", reason="comida", ends="until")
        enter_organization(company.organization_id)

        assert [422, 422] == [long.status_code, timeless.status_code]
        assert f'value="{typed}"' in text(long)
        assert 'value="comida"' in text(timeless)
        assert 'value="offline" checked' in text(timeless)
        assert "Escribe a qué hora termina" in text(timeless)
        assert "available" == find_person(company.alba.person_id).availability

    def test_off_shift_with_reason_and_end(self, company: Cast) -> None:
        """BY-21: off shift, too, takes a reason and comes back by itself."""
        Visitor(company.alba).post("/availability", availability="offline", minutes="60", reason="médico")
        enter_organization(company.organization_id)
        person = find_person(company.alba.person_id)

        assert ("offline", "médico", True) == (
            person.availability,
            person.availability_reason,
            person.availability_until is not None,
        )


class TestTheTeam:
    """Those whom one leads."""

    def test_a_manager_sees_their_own(self, company: Cast) -> None:
        """LG-1: who is there and how much each carries, of the subtree only; an agent has no such page."""
        page = text(Visitor(company.manager).get("/disponibilidad"))

        assert ">Alba<" in page
        assert ">Carla<" not in page
        assert ">Carla<" in text(Visitor(company.admin).get("/disponibilidad"))
        assert 403 == Visitor(company.alba).get("/disponibilidad").status_code

    def test_away_and_back(self, company: Cast) -> None:
        """BY-21: a manager sets somebody away, with reason and end, and back."""
        path = f"/disponibilidad/{company.alba.person_id}"
        Visitor(company.manager).post(path, availability="away", minutes="60", reason="capacitación")
        enter_organization(company.organization_id)
        away = find_person(company.alba.person_id)
        page = text(Visitor(company.manager).get("/disponibilidad"))
        Visitor(company.manager).post(path, availability="available")
        enter_organization(company.organization_id)

        assert ("away", "capacitación") == (away.availability, away.availability_reason)
        assert "capacitación" in page
        assert "available" == find_person(company.alba.person_id).availability

    def test_nobody_elses(self, company: Cast) -> None:
        """LG-3: outside the subtree it is refused, a stranger does not exist, and nothing changes."""
        path = f"/disponibilidad/{company.carla.person_id}"
        refused = [Visitor(who).post(path, availability="away") for who in (company.manager, company.bruno)]
        stranger = Visitor(cast.a_stranger().admin).post(path, availability="away")
        enter_organization(company.organization_id)

        assert [403, 403, 404] == [answer.status_code for answer in (*refused, stranger)]
        assert "available" == find_person(company.carla.person_id).availability

    def test_by_the_api(self, company: Cast) -> None:
        """BY-21: the same by a program, replies included; outside the scope 403."""
        body = {"status": "away", "reason": "comida", "reassign_replies": False}
        done = Caller(company.manager).put(f"/people/{company.alba.person_id}/availability", body)
        other = Caller(company.manager).put(f"/people/{company.carla.person_id}/availability", body)

        assert (200, "away", False) == (done.status, done.body["availability"], done.body["reassign_replies"])
        assert 403 == other.status

    def test_what_waits_is_tried_when_somebody_comes_back(self, company: Cast) -> None:
        """EC-30: setting somebody back makes what waits due at once."""
        account = cast.a_whatsapp_account(admin=company.admin, auto=(company.alba,))
        cast.a_rule(company.alba, admin=company.admin)
        set_availability(company.alba.person_id, status="away", actor=company.alba, at=cast.AT)
        write(account, a_text(cast.a_phone()))
        Visitor(company.manager).post(f"/disponibilidad/{company.alba.person_id}", availability="available")
        enter_organization(company.organization_id)

        due_at = Waiting.objects.get().due_at
        assert due_at is not None
        assert now() - timedelta(minutes=5) < due_at <= now()
