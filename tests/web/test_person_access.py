"""What a person may do, and how they get in: what the forms of people preset, and what an administrator takes off."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession

from reparto.kit.clock import now
from reparto.kit.models import AuditEntry
from reparto.kit.outbox import send_outbox
from reparto.kit.tenancy import enter_organization
from reparto.notifications.queries import notifications_of
from reparto.people.models import Person
from reparto.people.person_draft import GrantDraft
from reparto.people.queries import find_person, grants_of
from reparto.people.remove_second_step import has_second_step
from tests import cast
from tests.api.caller import Caller
from tests.cast import Cast
from tests.people.mail_server import MailServer
from tests.people.test_invitations import server
from tests.web.visitor import Visitor, text

__all__ = ["server"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Cast:
    """A company, entered."""
    return cast.a_company()


def chosen(page: str, name: str) -> list[str]:
    """Return what each select of a name sends while nobody touches it."""
    selects = re.findall(rf'<select[^>]*name="{name}"[^>]*>(.*?)</select>', page, re.DOTALL)
    return [(re.findall(r'value="(\w*)" selected', one) or re.findall(r'value="(\w*)"', one))[0] for one in selects]


class TestTheFormOfANewPerson:
    def test_opens_the_company_to_nobody_by_itself(self, company: Cast) -> None:
        """LG, whose a contact is to see: the group is asked for, and a role is over it unless another is chosen."""
        admin = Visitor(company.admin)
        page = text(admin.get("/agentes/nueva"))
        assert [""] == chosen(page, "group_id")
        assert {""} == set(chosen(page, "over"))
        form = {"name": "Dora", "email": cast.an_email("dora"), "role": "agent", "over": "", "language": "es"}
        form |= {"time_zone": "America/Bogota", "capacity": ""}

        refused = admin.post("/agentes/nueva", **form, group_id="")
        admin.post("/agentes/nueva", **form, group_id=company.north_id)

        assert (422, [""]) == (refused.status_code, chosen(text(refused), "group_id"))
        assert (GrantDraft("agent", company.north_id),) == grants_of(Person.objects.get(name="Dora"))


class TestALostSecondStep:
    @pytest.fixture
    def alba(self, company: Cast) -> Person:
        """Alba, who signs in with an app, and could with a key."""
        alba = find_person(company.alba.person_id)
        TOTP.activate(alba, "JBSWY3DPEHPK3PXP")
        Authenticator.objects.create(user=alba, type=Authenticator.Type.WEBAUTHN, data={})
        return alba

    def test_is_taken_off_by_an_administrator_who_says_so(
        self, company: Cast, alba: Person, server: MailServer
    ) -> None:
        """INV-38, 70: app and keys go, every sign-in ends, one line of the audit says who, and the person is told."""
        page, theirs = f"/agentes/{alba.pk}", Visitor(company.alba)
        assert 200 == theirs.get("/perfil").status_code
        key = theirs.client.session.session_key
        UserSession.objects.create(user=alba, session_key=key, ip="127.0.0.1", user_agent="browser")
        admin = Visitor(company.admin)
        assert f"{page}/segundo-paso" in text(admin.get(page))

        assert 302 == admin.post(f"{page}/segundo-paso").status_code
        again = admin.post(f"{page}/segundo-paso")
        enter_organization(company.organization_id)
        send_outbox(company.organization_id, at=now())

        assert 302 == theirs.get("/perfil").status_code
        enter_organization(company.organization_id)
        entry = AuditEntry.objects.get(action="person.remove_second_step")
        assert (302, False, company.admin.person_id) == (again.status_code, has_second_step(alba), entry.actor_id)
        assert {"second_step": ["totp", "webauthn"]} == entry.before
        assert ["second_step"] == [one.kind for one in notifications_of(alba.pk, at=now())]
        (mail,) = server.arrived
        assert (alba.email, True) == (mail["To"], "Ada" in mail.get_content())
        assert "segundo paso" in text(Visitor(company.alba).get("/notificaciones"))
        assert "segundo-paso" not in text(admin.get(page))

    def test_is_taken_off_by_the_api(self, company: Cast, alba: Person) -> None:
        """INV-31: the same by a program of an administrator; a manager is refused, and nobody takes off their own."""
        path = f"/people/{alba.pk}/second-step"
        TOTP.activate(find_person(company.admin.person_id), "JBSWY3DPEHPK3PXP")

        assert 403 == Caller(company.manager).delete(path).status
        own = Caller(company.admin).delete(f"/people/{company.admin.person_id}/second-step")
        assert {"person_id": "own_second_step"} == own.codes
        assert (
            422 == Visitor(company.admin).by_htmx.post(f"/agentes/{company.admin.person_id}/segundo-paso").status_code
        )
        assert 204 == Caller(company.admin).delete(path).status
        enter_organization(company.organization_id)
        assert (False, True) == (has_second_step(alba), has_second_step(find_person(company.admin.person_id)))
