"""BY-36: whoever is given much in one go hears of it once, and finds just those contacts behind it."""

from datetime import timedelta

import pytest

from reparto.assignment.answer_halt import answer_halt
from reparto.assignment.hand_over import Heirs, hand_over
from reparto.assignment.models import Halt
from reparto.assignment.start_bulk import BulkChange, start_bulk, undo_bulk
from reparto.assignment.work_bulk import work_bulk
from reparto.assignment.work_handover import work_handover
from reparto.contacts.choose_many import choose_many
from reparto.contacts.find_bulk_job import find_bulk_job
from reparto.contacts.models import BulkJob, Contact
from reparto.notifications.mark_read import mark_read
from reparto.notifications.models import Notification
from reparto.notifications.notify_assignees import MOST_APART, Told, notify_assignees
from reparto.notifications.queries import notifications_of
from reparto.people.actor import Actor
from tests.api.caller import Caller
from tests.cast import AT, Cast, a_company
from tests.cast import a_contact as one_contact
from tests.rows import late
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=5)
MANY = 230


@pytest.fixture
def company() -> Cast:
    """A company."""
    return a_company()


def contacts(company: Cast, number: int = MANY, *, owner: Actor | None = None) -> list[int]:
    """Return the ids of so many contacts."""
    rows = [
        Contact(
            organization_id=company.organization_id,
            name=f"Contacto {place}",
            owner_id=owner.person_id if owner else None,
            created_at=AT,
            updated_at=AT,
        )
        for place in range(number)
    ]
    return [one.pk for one in Contact.objects.bulk_create(rows)]


def give(company: Cast, ids: list[int]) -> BulkJob:
    """Begin to give them to Alba, as the manager."""
    job = choose_many(ids, actor=company.manager, at=AT)
    return start_bulk(job.pk, BulkChange("owner", company.alba.person_id), actor=company.manager)


def work(company: Cast) -> None:
    """Work until nothing runs."""
    while work_bulk(company.organization_id, at=AT):
        pass


def told(person: Actor) -> list[tuple[int, int | None]]:
    """Return what somebody was told: of how many contacts, and of which if it is one."""
    return [(one.number, one.contact_id) for one in notifications_of(person.person_id, at=LATER)]


class TestABulk:
    def test_tells_its_receiver_once(self, company: Cast) -> None:
        """BY-36: parcel by parcel one notification counts up; page and API list just what it tells of."""
        ids, other = contacts(company), one_contact("Aparte", admin=company.admin, owner=company.alba)
        give(company, ids)
        work_bulk(company.organization_id, at=AT)
        assert [(50, None), (1, other.pk)] == told(company.alba)
        work(company)

        notice = Notification.objects.get(number=MANY)
        assert [(MANY, None), (1, other.pk)] == told(company.alba)
        alba = Visitor(company.alba)
        assert f"Te asignaron <b>{MANY}</b> contactos" in (page := text(alba.get("/notificaciones")))
        assert f"/contactos?notice={notice.pk}" in page
        shown = text(alba.get("/contactos", notice=notice.pk))
        assert f"de {MANY}" in shown
        assert "Aparte" not in shown
        listed = Caller(company.alba).get(f"/contacts?notification={notice.pk}&limit=200").body["items"]
        assert set(ids) > {one["id"] for one in listed} > set()
        assert [] == Caller(company.bruno).get(f"/contacts?notification={notice.pk}").body["items"]

    def test_tells_nobody_while_it_goes_on(self, company: Cast) -> None:
        """UX-2: a notice leaves 8 s after the last parcel, not after the first: until then the job can be undone."""
        give(company, contacts(company, 60))
        end = AT + timedelta(seconds=20)
        for at in (AT, end):
            work_bulk(company.organization_id, at=at)
        seen = [len(notifications_of(company.alba.person_id, at=end + timedelta(seconds=late))) for late in (0, 7, 8)]

        assert [0, 0, 1] == seen

    def test_what_is_taken_back_is_told_no_more(self, company: Cast) -> None:
        """BY-26: an undo counts down, and takes the notification away with the last; one that was read stays."""
        job = give(company, contacts(company, 60))
        work(company)
        undo_bulk(job.pk, actor=company.manager, at=AT)
        work_bulk(company.organization_id, at=AT)
        assert [(10, None)] == told(company.alba)
        work(company)
        assert [] == told(company.alba)

        again = give(company, contacts(company, 12))
        work(company)
        mark_read(actor=company.alba, at=LATER)
        undo_bulk(again.pk, actor=company.manager, at=AT)
        work(company)
        assert "done" == find_bulk_job(again.pk, actor=company.manager).state
        assert [(12, None)] == told(company.alba)

    def test_of_one_names_it(self, company: Cast) -> None:
        """A job that gave one contact is told of as any other assignment."""
        ids = contacts(company, 1)
        give(company, ids)
        work(company)

        assert [(1, ids[0])] == told(company.alba)
        assert "Contacto 0" in text(Visitor(company.alba).get("/notificaciones"))


class TestOtherJobs:
    def test_a_handover_tells_the_heir_once(self, company: Cast) -> None:
        """EC-54: whoever inherits from a colleague hears of the whole."""
        contacts(company, 70, owner=company.alba)
        hand_over(company.alba.person_id, Heirs(company.bruno.person_id), actor=company.admin, at=AT)
        while work_handover(company.organization_id, at=AT):
            pass

        assert [(70, None)] == told(company.bruno)

    def test_a_sitting_tells_of_few_apart_and_of_many_together(self, company: Cast) -> None:
        """BY-36: more than ten at once are one notification; what comes after it was read makes it unread again."""
        alba, bruno = company.alba.person_id, company.bruno.person_id
        much = [Told((alba,), place, None, place) for place in range(1, MOST_APART + 2)]
        notify_assignees(company.organization_id, [*much, Told((bruno,), 1, None, 1)], at=AT)
        assert [(MOST_APART + 1, None)] == told(company.alba)
        assert [(1, 1)] == told(company.bruno)
        mark_read(actor=company.alba, at=AT)

        more = [Told((alba,), 100 + place, None, 100 + place) for place in range(MOST_APART + 1)]
        notify_assignees(company.organization_id, [*more, much[0]], at=AT)
        assert [(2 * MOST_APART + 2, None)] == told(company.alba)
        assert notifications_of(alba, at=AT).get().read_at is None


class TestASweep:
    """Rules that wait for a time."""

    def test_tells_its_receiver_once(self, company: Cast) -> None:
        """BY-36, UP-5: a look of the worker that gives somebody more than ten tells them once, parcel by parcel."""
        late.a_rule(company, company.bruno)
        given = {late.a_contact(company).pk for _ in range(MOST_APART + 5)}
        assert 0 == late.sweep(company, at=AT + 3 * late.HOUR)
        answer_halt(Halt.objects.get().pk, "go_on", actor=company.admin, at=AT + 3 * late.HOUR)
        assert len(given) == late.sweep(company, at=AT + 3 * late.HOUR)

        (notice,) = notifications_of(company.bruno.person_id, at=AT + 4 * late.HOUR)
        assert len(given) == notice.number
        assert given == {
            one["id"] for one in Caller(company.bruno).get(f"/contacts?notification={notice.pk}").body["items"]
        }
