"""Changes of many contacts: done where one may, refused with a reason where not, in parcels, taken back as one."""

from datetime import timedelta

import pytest

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.models import Decision
from reparto.assignment.start_bulk import BulkChange, start_bulk, undo_bulk
from reparto.assignment.undo_decision import CannotUndo, undo_decision
from reparto.assignment.work_bulk import work_bulk
from reparto.contacts.choose_many import choose_many
from reparto.contacts.find_bulk_job import UnknownBulkJob, find_bulk_job
from reparto.contacts.models import BulkJob, Contact
from reparto.contacts.queries import UnknownContact, tags_of
from reparto.kit.faults import Invalid
from reparto.kit.tenancy import in_organization
from reparto.notifications.queries import notifications_of
from reparto.people.actor import Actor
from reparto.people.permissions import NotAllowed
from reparto.people.queries import find_person, load_actor
from reparto.people.replace_grants import replace_grants
from reparto.people.suspend_person import suspend_person
from tests.cast import AT, Cast, a_company, a_stranger
from tests.web.some_contacts import a_contact

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(seconds=5)


@pytest.fixture
def company(db: None) -> Cast:
    """A company."""
    return a_company()


def run(contacts: list[Contact], wanted: BulkChange, *, actor: Actor) -> BulkJob:
    """Choose, start and work until it is done."""
    job = choose_many([one.pk for one in contacts], actor=actor, at=AT)
    start_bulk(job.pk, wanted, actor=actor)
    return finish(job, actor=actor)


def finish(job: BulkJob, *, actor: Actor) -> BulkJob:
    """Work until nothing runs."""
    while work_bulk(actor.organization_id, at=AT):
        pass
    return find_bulk_job(job.pk, actor=actor)


def owners(*contacts: Contact) -> list[int | None]:
    """Return whose they are now."""
    for one in contacts:
        one.refresh_from_db()
    return [one.owner_id for one in contacts]


class TestGivingMany:
    def test_each_is_asked_by_itself(self, company: Cast) -> None:
        """LG-3: a manager's own are given; what another group has is refused with its reason, the rest is done."""
        mine, free = a_contact("De Alba", by=company.admin, owner=company.alba), a_contact("Libre", by=company.admin)
        foreign = a_contact("De Carla", by=company.admin, owner=company.carla)
        given = BulkChange("owner", person_id=company.bruno.person_id)
        job = run([mine, foreign, free], given, actor=company.manager)

        bruno = company.bruno.person_id
        assert ("done", [[foreign.pk, "unknown"]]) == (job.state, job.skipped)
        assert [bruno, bruno, company.carla.person_id] == owners(mine, free, foreign)

    def test_an_agent_takes_the_free_ones_only(self, company: Cast) -> None:
        """LG-2: what a colleague has stays theirs, and is named with the reason."""
        free, theirs = a_contact("Libre", by=company.admin), a_contact("Suyo", by=company.admin, owner=company.bruno)
        job = run([free, theirs], BulkChange("owner", company.alba.person_id), actor=company.alba)

        assert [[theirs.pk, "not_allowed"]] == job.skipped
        assert [company.alba.person_id, company.bruno.person_id] == owners(free, theirs)

    def test_an_agent_gives_to_nobody_else(self, company: Cast) -> None:
        """LG-2: refused before anything runs."""
        job = choose_many([a_contact("Libre", by=company.admin).pk], actor=company.alba, at=AT)
        with pytest.raises(NotAllowed):
            start_bulk(job.pk, BulkChange("owner", company.bruno.person_id), actor=company.alba)

        assert "chosen" == find_bulk_job(job.pk, actor=company.alba).state

    def test_what_stood_so_already_is_said(self, company: Cast) -> None:
        """Leaving with nobody what has nobody changes nothing and writes no decision."""
        free = a_contact("Libre", by=company.admin)
        job = run([free], BulkChange("owner"), actor=company.manager)

        assert ([], [[free.pk, "so_already"]]) == (job.done, job.skipped)
        assert 0 == Decision.objects.count()

    def test_the_entry_says_in_bulk(self, company: Cast) -> None:
        """Each contact has a decision of its own, by the way `bulk`, with who did it."""
        contact = a_contact("Libre", by=company.admin)
        run([contact], BulkChange("owner", company.alba.person_id), actor=company.manager)
        decision = Decision.objects.get(contact=contact)

        assert ("bulk", company.manager.person_id) == (decision.route, decision.actor_id)


class TestParcels:
    def test_the_desk_is_free_between_them(self, company: Cast) -> None:
        """One parcel is so many and no more; the job goes on where it stood."""
        contacts = [a_contact(f"Libre {number}", by=company.admin) for number in range(5)]
        job = choose_many([one.pk for one in contacts], actor=company.manager, at=AT)
        start_bulk(job.pk, BulkChange("owner", company.alba.person_id), actor=company.manager)
        first = work_bulk(company.organization_id, at=AT, limit=2)

        assert first
        assert (2, "running") == (first.worked, first.state)
        assert 3 == owners(*contacts).count(None)
        assert (5, "done") == ((done := finish(job, actor=company.manager)).worked, done.state)

    def test_the_set_is_fixed_at_the_click(self, company: Cast) -> None:
        """UX-13: what matches later is not in it, and a second press of the button starts nothing anew."""
        contact, late = a_contact("Uno", by=company.admin), a_contact("Dos", by=company.admin)
        job = run([contact], BulkChange("owner", company.alba.person_id), actor=company.manager)
        start_bulk(job.pk, BulkChange("owner"), actor=company.manager)
        finish(job, actor=company.manager)

        assert [company.alba.person_id, None] == owners(contact, late)

    def test_leaves_what_somebody_gave_away_after_the_click(self, company: Cast) -> None:
        """INV-16, UX-5: what another chose for a contact meanwhile stays, and it is named with the reason."""
        chosen = [a_contact(f"De Alba {number}", by=company.admin, owner=company.alba) for number in range(4)]
        job = choose_many([one.pk for one in chosen], actor=company.admin, at=AT)
        given, freed, left, _ = chosen
        assign_by_hand(given.pk, owner_id=company.carla.person_id, actor=company.admin, at=AT)
        narrowed = choose_many([given.pk, freed.pk, left.pk], actor=company.admin, at=AT, former=job)
        start_bulk(narrowed.pk, BulkChange("owner", company.bruno.person_id), actor=company.admin)
        work_bulk(company.organization_id, at=AT, limit=1)
        assign_by_hand(freed.pk, owner_id=None, actor=company.manager, at=AT)

        done = finish(narrowed, actor=company.admin)
        assert [[given.pk, "changed_since"], [freed.pk, "changed_since"]] == done.skipped
        assert [company.carla.person_id, None, company.bruno.person_id] == owners(given, freed, left)

    def test_who_was_suspended_meanwhile_changes_nothing_more(self, company: Cast) -> None:
        """Rights are read anew for each parcel."""
        contact = a_contact("Libre", by=company.admin)
        job = choose_many([contact.pk], actor=company.manager, at=AT)
        start_bulk(job.pk, BulkChange("owner", company.alba.person_id), actor=company.manager)
        suspend_person(company.manager.person_id, actor=company.admin, at=AT)

        assert "stopped" == finish(job, actor=company.manager).state
        assert [None] == owners(contact)

    def test_nothing_chosen_is_refused(self, company: Cast) -> None:
        """An empty set says so."""
        with pytest.raises(Invalid):
            choose_many([], actor=company.manager, at=AT)


class TestChoosing:
    def test_in_a_second_tab_leaves_the_first_tabs_choice(self, company: Cast) -> None:
        """Each tab starts what was chosen in it; of choices that never ran the last few are kept."""
        first, second = (a_contact(name, by=company.admin).pk for name in ("Uno", "Dos"))
        jobs = [choose_many([one], actor=company.manager, at=AT) for one in (first, second)]
        start_bulk(jobs[0].pk, BulkChange("owner", company.alba.person_id), actor=company.manager)
        for _ in range(20):
            choose_many([first], actor=company.manager, at=AT)

        assert [[first, "running"]] == [
            [*job.contact_ids, job.state] for job in BulkJob.objects.filter(state="running")
        ]
        assert 10 == BulkJob.objects.filter(state="chosen").count()


class TestTags:
    def test_are_put_on_and_taken_off(self, company: Cast) -> None:
        """Those that have it already are left out of the count."""
        one, other = a_contact("Uno", by=company.admin, tags=("vip",)), a_contact("Dos", by=company.admin)
        put = run([one, other], BulkChange("tag", tag="VIP"), actor=company.manager)
        assert {one.pk: ["vip"], other.pk: ["vip"]} == tags_of([one.pk, other.pk])
        assert [[other.pk, None]] == put.done
        run([one], BulkChange("untag", tag="vip"), actor=company.manager)

        assert {other.pk: ["vip"]} == tags_of([one.pk, other.pk])

    def test_ask_who_may_edit(self, company: Cast) -> None:
        """An agent marks no contact of a colleague."""
        theirs = a_contact("Suyo", by=company.admin, owner=company.bruno)
        job = run([theirs], BulkChange("tag", tag="vip"), actor=company.alba)

        assert [[theirs.pk, "not_allowed"]] == job.skipped

    def test_without_a_name_are_refused(self, company: Cast) -> None:
        """Blanks are no tag."""
        job = choose_many([a_contact("Uno", by=company.admin).pk], actor=company.manager, at=AT)
        with pytest.raises(Invalid):
            start_bulk(job.pk, BulkChange("tag", tag="  "), actor=company.manager)


class TestTakingBack:
    def test_restores_each_former_owner_and_tells_nobody(self, company: Cast) -> None:
        """UX-13: one undo for the whole; what somebody changed since stays as it is now."""
        free, owned = a_contact("Libre", by=company.admin), a_contact("Suyo", by=company.admin, owner=company.bruno)
        since = a_contact("Cambiado", by=company.admin)
        job = run([free, owned, since], BulkChange("owner", company.alba.person_id), actor=company.manager)
        run([since], BulkChange("owner", company.bruno.person_id), actor=company.admin)
        back = finish(undo_bulk(job.pk, actor=company.manager, at=LATER), actor=company.manager)

        bruno = company.bruno.person_id
        assert [None, bruno, bruno] == owners(free, owned, since)
        assert [[since.pk, "changed_since"]] == back.skipped
        told = notifications_of(company.alba.person_id, at=LATER + timedelta(hours=1))
        assert [since.pk] == [one.contact_id for one in told]

    def test_of_tags_leaves_those_that_had_it(self, company: Cast) -> None:
        """Only what the job put on goes off again."""
        one, other = a_contact("Uno", by=company.admin, tags=("vip",)), a_contact("Dos", by=company.admin)
        job = run([one, other], BulkChange("tag", tag="vip"), actor=company.manager)
        finish(undo_bulk(job.pk, actor=company.manager, at=LATER), actor=company.manager)

        assert {one.pk: ["vip"]} == tags_of([one.pk, other.pk])

    def test_happens_once_and_in_time(self, company: Cast) -> None:
        """A second undo, one too late and one of an undo are refused, each with its code."""
        job = run(
            [a_contact("Libre", by=company.admin)], BulkChange("owner", company.alba.person_id), actor=company.admin
        )
        with pytest.raises(CannotUndo, match="too_late"):
            undo_bulk(job.pk, actor=company.admin, at=AT + timedelta(minutes=2))
        back = undo_bulk(job.pk, actor=company.admin, at=LATER)
        with pytest.raises(CannotUndo, match="changed_since"):
            undo_bulk(job.pk, actor=company.admin, at=LATER)
        with pytest.raises(CannotUndo, match="not_by_hand"):
            undo_bulk(back.pk, actor=company.admin, at=LATER)

    def test_is_for_who_did_it(self, company: Cast) -> None:
        """Neither a colleague nor a stranger finds the job."""
        job = run(
            [a_contact("Libre", by=company.admin)], BulkChange("owner", company.alba.person_id), actor=company.admin
        )
        for other in (company.manager, a_stranger().admin):
            with in_organization(other.organization_id), pytest.raises(UnknownBulkJob):
                undo_bulk(job.pk, actor=other, at=LATER)

    def test_gives_nothing_to_who_was_suspended_meanwhile(self, company: Cast) -> None:
        """What somebody had who is suspended now stays where it is, with the reason; so does a single undo."""
        contact = a_contact("Suyo", by=company.admin, owner=company.bruno)
        job = run([contact], BulkChange("owner", company.alba.person_id), actor=company.manager)
        other = a_contact("De uno", by=company.admin, owner=company.bruno)
        single = assign_by_hand(other.pk, owner_id=company.alba.person_id, actor=company.manager, at=AT)
        suspend_person(company.bruno.person_id, actor=company.admin, at=AT)
        back = finish(undo_bulk(job.pk, actor=company.manager, at=LATER), actor=company.manager)

        assert [[contact.pk, "former_suspended"]] == back.skipped
        assert single
        with pytest.raises(CannotUndo, match="former_suspended"):
            undo_decision(single.pk, actor=company.manager, at=LATER)
        assert [company.alba.person_id] * 2 == owners(contact, other)

    def test_asks_who_takes_back_for_their_rights_of_now(self, company: Cast) -> None:
        """Whoever may give no contacts any more takes none back either."""
        contact = a_contact("Suyo", by=company.admin, owner=company.bruno)
        job = run([contact], BulkChange("owner", company.alba.person_id), actor=company.manager)
        other = a_contact("De uno", by=company.admin, owner=company.bruno)
        single = assign_by_hand(other.pk, owner_id=company.alba.person_id, actor=company.manager, at=AT)
        replace_grants(find_person(company.manager.person_id), [])
        now_agent = load_actor(find_person(company.manager.person_id))
        back = finish(undo_bulk(job.pk, actor=now_agent, at=LATER), actor=now_agent)

        assert [[contact.pk, "not_allowed"]] == back.skipped
        assert single
        with pytest.raises((NotAllowed, UnknownContact)):
            undo_decision(single.pk, actor=now_agent, at=LATER)
        assert [company.alba.person_id] * 2 == owners(contact, other)

    def test_leaves_again_what_one_took(self, company: Cast) -> None:
        """An agent who took a free contact by mistake leaves it again, though they may give none away."""
        contact = a_contact("Libre", by=company.admin)
        taken = assign_by_hand(contact.pk, owner_id=company.alba.person_id, actor=company.alba, at=AT)
        assert taken
        undo_decision(taken.pk, actor=company.alba, at=LATER)

        assert [None] == owners(contact)
