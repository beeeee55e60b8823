"""Work on many contacts of the list: what is chosen, what is done, what is left out and why, taken back as one."""

import json

import pytest
from django.http import HttpResponse

from reparto.contacts.models import BulkJob, Contact
from reparto.contacts.queries import find_contact, tags_of
from reparto.web.contacts import bulk
from tests.cast import Cast, a_company, a_stranger
from tests.web.some_contacts import a_contact
from tests.web.visitor import Visitor, text, toast

URL = "/contactos/en-lote"


@pytest.fixture
def cast(db: None) -> Cast:
    """The company of these tests."""
    return a_company()


def owner_of(contact: Contact, cast: Cast) -> int | None:
    """Return who owns a contact now."""
    return find_contact(contact.pk, actor=cast.admin).owner_id


def give(who: Visitor, contacts: list[Contact], person: int | str) -> HttpResponse:
    """Send the bar with these ticked."""
    return who.by_htmx.post(URL, ids=[one.pk for one in contacts], person=person)


class TestTheBar:
    def test_offers_what_the_role_may(self, cast: Cast) -> None:
        """A manager assigns, takes, releases and tags; an agent takes and tags; nobody is shown what they may not."""
        a_contact("Libre", by=cast.admin)
        manager, agent = (text(Visitor(one).get("/contactos")) for one in (cast.manager, cast.alba))

        assert "Asignar encargado" in manager
        assert "Liberar" in manager
        assert "Asignar encargado" not in agent
        assert "Tomar" in agent

    def test_offers_those_to_whom_one_may_give(self, cast: Cast) -> None:
        """The same picker as everywhere, with the manager's own people (UX-6)."""
        shown = text(Visitor(cast.manager).by_htmx.get(f"{URL}/encargado"))

        assert 'data-name="Bruno"' in shown
        assert 'data-name="Carla"' not in shown


class TestGivingMany:
    def test_says_how_many_and_offers_one_undo(self, cast: Cast) -> None:
        """All are Alba's; one press takes all of them back (UX-13)."""
        one, other = a_contact("Uno", by=cast.admin, owner=cast.bruno), a_contact("Dos", by=cast.admin)
        manager = Visitor(cast.manager)
        answer = give(manager, [one, other], cast.alba.person_id)
        assert "2 contactos cambiados" == toast(answer)["text"]
        assert "contacts-changed" in json.loads(answer.headers["HX-Trigger"])
        assert {cast.alba.person_id} == {owner_of(one, cast), owner_of(other, cast)}
        undone = manager.by_htmx.post(toast(answer)["undo"])

        assert "2 contactos devueltos" == toast(undone)["text"]
        assert [cast.bruno.person_id, None] == [owner_of(one, cast), owner_of(other, cast)]

    def test_names_those_left_out_with_the_reason(self, cast: Cast) -> None:
        """Alba may not take what Bruno has; the free one is hers, and the sentence stands beside his."""
        free, theirs = a_contact("Libre", by=cast.admin), a_contact("De Bruno", by=cast.admin, owner=cast.bruno)
        answer = give(Visitor(cast.alba), [free, theirs], cast.alba.person_id)

        assert "1 contacto cambiado · 1 omitido" == toast(answer)["text"]
        assert "De Bruno" in text(answer)
        assert "Tu rol no te deja cambiar este contacto." in text(answer)

    def test_never_names_what_is_not_to_be_seen(self, cast: Cast) -> None:
        """A forged id of another group's contact is counted, without its name."""
        foreign = a_contact("Secreta", by=cast.admin, owner=cast.carla)
        answer = give(Visitor(cast.manager), [foreign], cast.alba.person_id)

        assert "Secreta" not in text(answer)
        assert cast.carla.person_id == owner_of(foreign, cast)

    def test_releases_with_an_empty_choice_only(self, cast: Cast) -> None:
        """*Liberar* sends an empty person; a form without any choice changes nothing."""
        owned = a_contact("Suyo", by=cast.admin, owner=cast.alba)
        manager = Visitor(cast.manager)
        refused = manager.by_htmx.post(URL, ids=[owned.pk])
        assert (400, cast.alba.person_id) == (refused.status_code, owner_of(owned, cast))
        plain = manager.client.post(URL, {"ids": [owned.pk]}, follow=True)
        assert 'class="toast error"' in plain.content.decode()
        give(manager, [owned], "")

        assert owner_of(owned, cast) is None

    def test_an_agent_who_forges_a_person_is_refused(self, cast: Cast) -> None:
        """403, and nothing is changed (LG-2)."""
        free = a_contact("Libre", by=cast.admin)

        assert 403 == give(Visitor(cast.alba), [free], cast.bruno.person_id).status_code
        assert owner_of(free, cast) is None

    def test_without_javascript_leads_back_with_a_message(self, cast: Cast) -> None:
        """A plain form does the same and comes back to the list."""
        free = a_contact("Libre", by=cast.admin)
        answer = Visitor(cast.manager).post(URL, ids=[free.pk], person=cast.alba.person_id)

        assert (302, "/contactos") == (answer.status_code, answer.headers["Location"])
        assert cast.alba.person_id == owner_of(free, cast)


class TestAllThatMatch:
    def test_are_fixed_at_the_click_but_for_those_unticked(self, cast: Cast) -> None:
        """What the filter finds later is not in it; what was unticked on the page is left out (UX-13)."""
        kept, unticked = a_contact("Ana Uno", by=cast.admin), a_contact("Ana Dos", by=cast.admin)
        a_contact("Otra", by=cast.admin)
        manager = Visitor(cast.manager).by_htmx
        bar = text(manager.post(f"{URL}/todos", q="ana", shown=f"{kept.pk},{unticked.pk}"))
        late = a_contact("Ana Tres", by=cast.admin)
        job = BulkJob.objects.get()
        assert f'name="job" value="{job.pk}"' in bar
        shown = f"{kept.pk},{unticked.pk}"
        manager.post(URL, job=job.pk, shown=shown, ids=[kept.pk], person=cast.alba.person_id)

        assert [cast.alba.person_id, None, None] == [owner_of(one, cast) for one in (kept, unticked, late)]

    def test_are_asked_about_when_they_are_many(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        """Beyond the limit the number is said first; the button then does it."""
        monkeypatch.setattr(bulk, "ASK_BEYOND", 1)
        contacts = [a_contact("Uno", by=cast.admin), a_contact("Dos", by=cast.admin)]
        manager = Visitor(cast.manager)
        question = text(give(manager, contacts, cast.alba.person_id))
        assert "Cambiar 2" in question
        assert owner_of(contacts[0], cast) is None
        manager.by_htmx.post(URL, job=BulkJob.objects.get().pk, sure="1", person=cast.alba.person_id)

        assert cast.alba.person_id == owner_of(contacts[0], cast)


class TestLongWork:
    def test_shows_how_far_it_is_and_can_be_stopped(self, cast: Cast) -> None:
        """The first parcel is done at once; the card says how many of all, also on the next page one opens."""
        contacts = [a_contact(f"Libre {number}", by=cast.admin) for number in range(52)]
        manager = Visitor(cast.manager)
        card = text(give(manager, contacts, cast.alba.person_id))
        job = BulkJob.objects.get()
        assert "50 de 52" in card
        for page in ("/contactos", "/notificaciones"):
            assert f'id="bulk-work" hx-get="/contactos/en-lote/{job.pk}"' in text(manager.get(page))
        assert "50 de 52" in text(manager.by_htmx.get(f"/contactos/en-lote/{job.pk}"))
        stopped = manager.by_htmx.post(f"{URL}/{job.pk}")

        assert "50 contactos cambiados" == toast(stopped)["text"]
        assert 2 == [owner_of(one, cast) for one in contacts].count(None)

    def test_is_nobody_elses(self, cast: Cast) -> None:
        """A colleague and a stranger get 404 for the card, the stop and the undo."""
        give(Visitor(cast.manager), [a_contact("Libre", by=cast.admin)], cast.alba.person_id)
        job = BulkJob.objects.get()
        statuses = set()
        for other in (cast.admin, a_stranger().admin):
            visitor = Visitor(other)
            statuses |= {visitor.get(f"{URL}/{job.pk}").status_code, visitor.post(f"{URL}/{job.pk}").status_code}
            statuses.add(visitor.post(f"{URL}/{job.pk}/deshacer").status_code)

        assert {404} == statuses


class TestTags:
    def test_are_put_on_and_taken_off(self, cast: Cast) -> None:
        """The name is typed once; who may not edit a contact is left out."""
        one, theirs = a_contact("Uno", by=cast.admin), a_contact("Suyo", by=cast.admin, owner=cast.bruno)
        alba = Visitor(cast.alba).by_htmx
        alba.post(URL, ids=[one.pk, theirs.pk], act="tag", tag="feria")
        assert {one.pk: ["feria"]} == tags_of([one.pk, theirs.pk])
        alba.post(URL, ids=[one.pk], act="untag", tag="Feria")

        assert {} == tags_of([one.pk])
