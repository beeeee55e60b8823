"""Agents and channels: people, their access, groups, campaigns, modes (AD-7)."""

import re
from typing import Any

import pytest
from django.test import Client

from reparto.assignment.work_handover import work_handover
from reparto.channels.queries import modes_of
from reparto.kit.audit import AuditEntry
from reparto.kit.tenancy import enter_organization
from reparto.people.models import Campaign, Person
from reparto.people.person_draft import GrantDraft
from reparto.people.queries import find_person, grants_of
from tests import cast
from tests.cast import Cast
from tests.web.visitor import Visitor, text, toast

pytestmark = pytest.mark.django_db
PAGES = ("/agentes", "/agentes/nueva", "/agentes/grupos", "/agentes/canales", "/agentes/campanas")


@pytest.fixture
def company() -> Cast:
    """A company, entered."""
    return cast.a_company()


def a_form(company: Cast, **more: Any) -> dict[str, Any]:
    """Return what the form of a person sends."""
    return {
        "name": "Dora Díaz",
        "email": cast.an_email("dora"),
        "group_id": company.north_id,
        "role": "agent",
        "over": company.north_id,
        "capacity": "",
        "language": "es",
        "time_zone": "America/Bogota",
    } | more


class TestWhoMay:
    """Only an administrator manages people."""

    @pytest.mark.parametrize("path", PAGES)
    def test_others_may_not(self, company: Cast, path: str) -> None:
        """An agent and a manager are refused, with the reason."""
        assert 403 == Visitor(company.alba).get(path).status_code
        assert 403 == Visitor(company.manager).get(path).status_code

    def test_strangers_get_404(self, company: Cast) -> None:
        """Another company's people, campaigns and groups do not exist."""
        campaign = Campaign(organization_id=company.organization_id, name="Otoño")
        campaign.save()
        stranger = Visitor(cast.a_stranger().admin)
        person = company.alba.person_id

        assert 404 == stranger.get(f"/agentes/{person}").status_code
        for act in ("", "/recibe", "/suspender", "/reactivar", "/invitar"):
            assert 404 == stranger.post(f"/agentes/{person}{act}", **a_form(company)).status_code
        assert 404 == stranger.post(f"/agentes/campanas/{campaign.pk}").status_code
        assert 404 == stranger.post("/agentes/grupos", name="Mío", group_id=company.north_id).status_code

    def test_signed_out(self) -> None:
        """Whoever is not signed in is asked to."""
        for path in PAGES:
            assert Client().get(path).headers["Location"].startswith("/entrar/")


class TestAdding:
    """A new person and their link."""

    def test_the_link_leads_in(self, company: Cast) -> None:
        """The page shows the link once; with it the new person comes in, and receives nothing yet (AD-7)."""
        form = a_form(company)
        page = text(Visitor(company.admin).post("/agentes/nueva", **form))
        link = re.search(r'id="the-link">https?://[^/]+([^<]+)<', page)
        assert link is not None
        newcomer = Client()

        assert 302 == newcomer.post(link[1], {"password": "una frase que solo yo diría"}).status_code
        assert 200 == newcomer.get("/perfil").status_code
        enter_organization(company.organization_id)
        assert not Person.objects.get(email=form["email"]).receives

    def test_all_faults_at_once(self, company: Cast) -> None:
        """What is wrong stands beside its field and what was typed stays."""
        wrong = a_form(company, name="", email="nadie", capacity="muchas", time_zone="Luna")
        answer = Visitor(company.admin).post("/agentes/nueva", **wrong)

        assert 422 == answer.status_code
        assert 4 == text(answer).count('aria-invalid="true"')
        assert 'value="nadie"' in text(answer)
        assert 'value="muchas"' in text(answer)

    def test_a_taken_e_mail(self, company: Cast) -> None:
        """An e-mail that signs somebody in already is refused beside its field."""
        taken = find_person(company.alba.person_id).email
        answer = Visitor(company.admin).post("/agentes/nueva", **a_form(company, email=taken))

        assert 422 == answer.status_code


class TestChanging:
    """A person's page and row."""

    def test_receives_is_audited_and_undone(self, company: Cast) -> None:
        """The switch of a row enables and disables, with undo, and the audit says who."""
        visitor, person = Visitor(company.admin).by_htmx, company.alba.person_id
        answer = visitor.post(f"/agentes/{person}/recibe")

        enter_organization(company.organization_id)
        assert not find_person(person).receives
        assert AuditEntry.objects.filter(
            object_id=person, action="person.edit", actor_id=company.admin.person_id
        ).exists()
        visitor.post(toast(answer)["undo"])
        enter_organization(company.organization_id)
        assert find_person(person).receives

    def test_roles_over_several_groups(self, company: Cast) -> None:
        """LG-3: a role over each of several groups is given, shown and taken away in one form; a blank line is none."""
        visitor, person = Visitor(company.admin), company.alba.person_id
        given = {"role": ["manager", "operator", ""], "over": [company.north_id, company.south_id, company.root_id]}
        answer = visitor.post(f"/agentes/{person}", **a_form(company, **given))

        enter_organization(company.organization_id)
        both = {GrantDraft("manager", company.north_id), GrantDraft("operator", company.south_id)}
        assert 302 == answer.status_code
        assert both == set(grants_of(find_person(person)))
        assert 2 == text(visitor.get(f"/agentes/{person}")).split("<noscript", 1)[0].count('class="inp-row grant"')
        visitor.post(f"/agentes/{person}", **a_form(company, role="operator", over=company.south_id))
        enter_organization(company.organization_id)
        assert (GrantDraft("operator", company.south_id),) == grants_of(find_person(person))

    def test_a_wrong_role_is_said_on_its_line(self, company: Cast) -> None:
        """What cannot be granted is said beside the line that asked for it, and nothing changes."""
        wrong = a_form(company, role=["agent", "boss"], over=[company.north_id, 999_999])
        answer = Visitor(company.admin).post(f"/agentes/{company.alba.person_id}", **wrong)

        assert 422 == answer.status_code
        assert 2 == text(answer).count('class="fault"')

    def test_the_last_administrator(self, company: Cast) -> None:
        """The last administrator can neither be suspended nor lose the role; the page says why."""
        visitor, person = Visitor(company.admin), company.admin.person_id
        refused = visitor.post(f"/agentes/{person}", **a_form(company, role="agent"))
        visitor.post(f"/agentes/{person}/suspender")

        assert 422 == refused.status_code
        enter_organization(company.organization_id)
        assert find_person(person).suspended_at is None

    def test_suspended_and_back(self, company: Cast) -> None:
        """A suspended person is out at once; reactivated, they may sign in and still receive nothing."""
        alba, admin = Visitor(company.alba), Visitor(company.admin)
        assert 200 == alba.get("/perfil").status_code
        admin.post(f"/agentes/{company.alba.person_id}/suspender")
        assert 302 == alba.get("/perfil").status_code
        admin.post(f"/agentes/{company.alba.person_id}/reactivar")

        enter_organization(company.organization_id)
        assert (None, False) == (
            find_person(company.alba.person_id).suspended_at,
            find_person(company.alba.person_id).receives,
        )

    def test_somebody_was_faster(self, company: Cast) -> None:
        """A person who was changed meanwhile is not overwritten unknowingly."""
        visitor, person = Visitor(company.admin), company.alba.person_id
        visitor.post(f"/agentes/{person}/recibe")

        assert 412 == visitor.post(f"/agentes/{person}", **a_form(company, version="1")).status_code


class TestSuspending:
    """Suspending asks who inherits (UX-27)."""

    def test_it_asks_before_it_suspends(self, company: Cast) -> None:
        """UX-27: with open work, nobody is suspended until somebody said who inherits."""
        cast.a_contact(admin=company.admin, owner=company.alba)
        visitor, path = Visitor(company.admin), f"/agentes/{company.alba.person_id}/suspender"
        asked, refused = visitor.get(path), visitor.post(path)

        assert (200, 422) == (asked.status_code, refused.status_code)
        assert 'aria-invalid="true"' in text(refused)
        assert f'value="{company.alba.person_id}"' not in text(asked)
        enter_organization(company.organization_id)
        assert find_person(company.alba.person_id).suspended_at is None

    def test_the_heir_gets_it_and_the_page_says_how_far(self, company: Cast) -> None:
        """UX-27: the work moves as one job of the system's; the person's page shows its progress and its end."""
        contact = cast.a_contact(admin=company.admin, owner=company.alba)
        visitor, page = Visitor(company.admin), f"/agentes/{company.alba.person_id}"
        visitor.post(f"{page}/suspender", heir=company.bruno.person_id)
        running = text(visitor.get(page))
        enter_organization(company.organization_id)
        work_handover(company.organization_id, at=cast.AT)

        contact.refresh_from_db()
        assert company.bruno.person_id == contact.owner_id
        assert "<progress" in running
        assert "<progress" not in text(visitor.get(f"{page}/traspaso"))

    def test_they_leave_the_pickers_and_not_the_history(self, company: Cast) -> None:
        """
        EC-23, UX-27: a suspended person is in no list to choose from; what they did still bears their name.

        EC-54: the history signs what went to the heir as the system's.
        """
        contact = cast.a_contact(admin=company.admin, owner=company.alba)
        visitor = Visitor(company.admin)
        visitor.post(f"/agentes/{company.alba.person_id}/suspender", heir=company.bruno.person_id)
        enter_organization(company.organization_id)
        work_handover(company.organization_id, at=cast.AT)
        options = text(visitor.by_htmx.get(f"/contactos/{contact.pk}/encargado/opciones"))
        profile = text(visitor.get(f"/contactos/{contact.pk}"))

        assert "Carla" in options
        assert "Alba" not in options
        assert "Alba" in profile
        assert ("Traspaso del sistema" in profile, "por las reglas" in profile) == (True, False)


class TestModes:
    """The table of account × person (AD-7)."""

    def test_applied_together(self, company: Cast) -> None:
        """Changes apply on saving, all at once; what was not changed leaves no trace in the audit."""
        account = cast.an_account(admin=company.admin)
        cells = {f"mode-{who.person_id}-{account.pk}": "auto" for who in (company.alba, company.bruno)}
        Visitor(company.admin).post("/agentes/canales", **cells)

        enter_organization(company.organization_id)
        assert {account.pk: "auto"} == modes_of(company.alba.person_id)
        assert {} == modes_of(company.carla.person_id)
        assert 2 == AuditEntry.objects.filter(action="account.mode").count()

    def test_what_is_no_number_is_said_beside_its_box(self, company: Cast) -> None:
        """A wrong most-at-once refuses all together, and every box keeps what was typed."""
        account, who = cast.an_account(admin=company.admin), company.alba.person_id
        wrong = {f"mode-{who}-{account.pk}": "auto", f"cap-{who}-{account.pk}": "pocos"}
        answer = Visitor(company.admin).post("/agentes/canales", **wrong)

        enter_organization(company.organization_id)
        assert {} == modes_of(who)
        assert (422, 1) == (answer.status_code, text(answer).count('aria-invalid="true"'))
        assert ('value="pocos"' in text(answer), 'value="auto" selected' in text(answer)) == (True, True)

    def test_nonsense_changes_nothing(self, company: Cast) -> None:
        """A mode that does not exist is not stored."""
        account = cast.an_account(admin=company.admin)
        Visitor(company.admin).post("/agentes/canales", **{f"mode-{company.alba.person_id}-{account.pk}": "always"})

        enter_organization(company.organization_id)
        assert {} == modes_of(company.alba.person_id)
