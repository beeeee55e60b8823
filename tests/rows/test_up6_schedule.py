"""UP-6: whoever is chosen is at work: hours of the week and leave, in the person's own time zone, by page and by API."""

from datetime import UTC, datetime, timedelta

import pytest

from reparto.assignment.models import Waiting
from reparto.channels.models import Account
from reparto.contacts.models import Contact
from reparto.people.add_absence import AbsenceDraft, add_absence
from reparto.people.change_settings import change_settings
from reparto.people.models import Absence
from reparto.people.schedule_of import absences_of, hours_of, show_hours
from reparto.people.set_hours import HoursDraft, set_hours
from tests.api.caller import Caller
from tests.cast import AT, Cast, a_company, a_phone, a_rule, a_stranger, a_whatsapp_account
from tests.road import a_text, work, write
from tests.web.visitor import Visitor, text

#: Mexico City is six hours behind: 15:00 there.
NINE_TO_THREE = {"weekday": "tuesday", "since": "09:00", "until": "15:00"}
THREE_THERE = datetime(2026, 11, 17, 21, 0, tzinfo=UTC)


@pytest.fixture
def cast(db: None) -> Cast:
    """A company that deals to Alba and Bruno in turn, asks for no sign of life, and waits when neither can."""
    cast = a_company()
    change_settings("presence", {"sign_of_life": False}, actor=cast.admin, at=AT)
    a_rule(cast.alba, cast.bruno, admin=cast.admin, if_nobody="wait")
    return cast


@pytest.fixture
def account(cast: Cast) -> Account:
    """A WhatsApp number on which both receive."""
    return a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno))


def owners() -> list[int | None]:
    """Return whose each contact is, in the order of their coming."""
    return list(Contact.objects.order_by("id").values_list("owner_id", flat=True))


class TestHours:
    def test_let_nobody_receive_outside_them(self, cast: Cast, account: Account) -> None:
        """UP-6, EC-35: Alba's Tuesday ends at three where she is; the next one is Bruno's, twice."""
        set_hours(cast.alba.person_id, [HoursDraft(**NINE_TO_THREE)], actor=cast.manager, at=AT)

        for at in (THREE_THERE - timedelta(minutes=1), THREE_THERE, THREE_THERE):
            write(account, a_text(a_phone()), at=at)

        assert [cast.alba.person_id, cast.bruno.person_id, cast.bruno.person_id] == owners()

    def test_are_replaced_whole_by_api(self, cast: Cast) -> None:
        """UP-6: a manager reads and replaces the week of whom they lead; over midnight and a pause are stretches."""
        path = f"/people/{cast.alba.person_id}/schedule"
        week = [
            {"weekday": "monday", "since": "09:00", "until": "13:00"},
            {"weekday": "monday", "since": "14:00", "until": "18:00"},
            {"weekday": "sunday", "since": "22:00", "until": "06:00"},
        ]

        said = Caller(cast.manager).put(path, {"hours": week})
        read = Caller(cast.admin).get(path)

        assert (200, week, "America/Mexico_City") == (said.status, read.body["hours"], read.body["time_zone"])
        assert [] == Caller(cast.manager).put(path, {"hours": []}).body["hours"]

    def test_name_all_faults_at_once(self, cast: Cast) -> None:
        """UP-6: times that are none and stretches that overlap, also from Sunday into Monday, come in one answer."""
        path = f"/people/{cast.alba.person_id}/schedule"
        week = [
            {"weekday": "sunday", "since": "22:00", "until": "06:00"},
            {"weekday": "monday", "since": "05:00", "until": "09:00"},
            {"weekday": "friday", "since": "nueve", "until": "25:00"},
        ]

        said = Caller(cast.admin).put(path, {"hours": week})

        assert {"hours[1]": "overlaps", "hours[2].since": "not_a_time", "hours[2].until": "not_a_time"} == said.codes
        assert not hours_of(cast.alba.person_id).exists()

    def test_are_for_whoever_leads_the_person(self, cast: Cast) -> None:
        """UP-6: an agent writes nobody's hours, a manager none of another group, a stranger finds nobody."""
        path, body = f"/people/{cast.carla.person_id}/schedule", {"hours": list[str]()}

        said = [
            Caller(one).put(path, body).status for one in (cast.carla, cast.manager, a_stranger().admin, cast.admin)
        ]

        assert [403, 403, 404, 200] == said

    def test_are_written_on_a_page(self, cast: Cast) -> None:
        """UP-6: *Horario* shows the week with what was typed; a fault stands in its line, and nothing is saved."""
        visitor, url = Visitor(cast.manager), f"/agentes/{cast.alba.person_id}/horario"
        form = {"since-tuesday": ["09:00", ""], "until-tuesday": ["15:00", ""]}

        wrong = visitor.post(url, **form, **{"since-monday": ["09:00", "10:00"], "until-monday": ["11:00", "12:00"]})
        unsaved = hours_of(cast.alba.person_id).exists()
        visitor.post(url, **form)

        assert (422, True, False) == (wrong.status_code, "se solapa" in text(wrong), unsaved)
        assert [NINE_TO_THREE] == [show_hours(one) for one in hours_of(cast.alba.person_id)]
        assert 'value="15:00"' in text(visitor.get(url))


class TestLeave:
    def test_lets_nobody_receive_until_its_end(self, cast: Cast, account: Account) -> None:
        """UP-6, EC-35: with both on leave it waits and says until when; it goes to whoever is back first, unasked."""
        back = AT + timedelta(hours=3)
        for person, until in ((cast.alba, back), (cast.bruno, back + timedelta(days=1))):
            add_absence(person.person_id, AbsenceDraft(AT, until, "Médico"), actor=cast.manager, at=AT)
        write(account, a_text(a_phone()), at=back - timedelta(minutes=2))

        due = Waiting.objects.get().due_at
        work(cast.organization_id, at=back)

        assert (back, [cast.alba.person_id]) == (due, owners())

    def test_brings_no_flood_afterwards(self, cast: Cast, account: Account) -> None:
        """EC-4, BY-10: Alba misses four while on leave and is given every other one from then on, not the next four."""
        absence = AbsenceDraft(AT, AT + timedelta(hours=1))
        add_absence(cast.alba.person_id, absence, actor=cast.admin, at=AT)
        for hour in (0, 0, 0, 0, 2, 2, 2, 2):
            write(account, a_text(a_phone()), at=AT + timedelta(hours=hour))

        alba, bruno = cast.alba.person_id, cast.bruno.person_id
        assert [bruno] * 4 == owners()[:4]
        assert [alba, bruno, alba, bruno] == owners()[4:]

    def test_is_added_and_taken_off_by_api(self, cast: Cast) -> None:
        """UP-6: leave is written with its offset, listed with the schedule, and taken off; it never ends before it begins."""
        path = f"/people/{cast.alba.person_id}"
        body = {"since": "2026-12-24T12:00:00-06:00", "until": "2026-12-27T00:00:00-06:00", "reason": "Navidad"}

        wrong = Caller(cast.manager).post(f"{path}/absences", {**body, "until": body["since"]})
        made = Caller(cast.manager).post(f"{path}/absences", body)
        listed = Caller(cast.manager).get(f"{path}/schedule").body["absences"]
        gone = [Caller(cast.manager).send("DELETE", f"{path}/absences/{made.body['id']}").status for _ in range(2)]

        assert ({"until": "not_after"}, 201) == (wrong.codes, made.status)
        assert ([made.body], [204, 404]) == (listed, gone)

    def test_is_written_on_a_page_where_the_person_is(self, cast: Cast) -> None:
        """UP-6: *Ausencias* reads days and times in the person's zone, keeps what was typed at a fault, and takes off."""
        visitor, url = Visitor(cast.admin), f"/agentes/{cast.alba.person_id}"
        typed = {"since": "2030-12-24T12:00", "until": "2030-12-27T00:00", "reason": "Navidad"}

        wrong = visitor.post(f"{url}/ausencias", **{**typed, "until": "2030-12-01T00:00"})
        visitor.post(f"{url}/ausencias", **typed)
        (absence,) = absences_of(cast.alba.person_id)
        shown = text(visitor.get(f"{url}/horario"))
        visitor.post(f"{url}/ausencias/{absence.pk}/quitar")

        assert (422, True) == (wrong.status_code, "Navidad" in text(wrong))
        assert datetime(2030, 12, 24, 18, 0, tzinfo=UTC) == absence.since
        assert "24/12/2030" in shown or "24-12-2030" in shown
        assert not Absence.objects.exists()
