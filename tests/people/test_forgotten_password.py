"""A forgotten password: a link by mail, good once for an hour; who asks learns nothing of who there is."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client

from reparto.kit.clock import now
from reparto.kit.models import AuditEntry, Outbox
from reparto.kit.outbox import send_outbox
from reparto.kit.tenancy import enter_organization
from reparto.people.mail_password_link import KIND
from reparto.people.queries import find_person
from reparto.people.suspend_person import suspend_person
from tests import cast
from tests.cast import Cast
from tests.web.test_sign_in import without_token

from .mail_server import MailServer
from .test_invitations import server

__all__ = ["server"]
pytestmark = pytest.mark.django_db
FORMER, NEW = "la frase que se me olvidó", "una frase que sí recuerdo"


@pytest.fixture
def company() -> Cast:
    """A company in which Alba has a password."""
    company = cast.a_company()
    alba = find_person(company.alba.person_id)
    alba.set_password(FORMER)
    alba.save(update_fields=["password"])
    return company


def email_of(company: Cast) -> str:
    """Return Alba's e-mail."""
    enter_organization(company.organization_id)
    return find_person(company.alba.person_id).email


def ask(email: str) -> HttpResponse:
    """Ask for a link from a browser that nobody is signed in with."""
    enter_organization(0)
    return Client(headers={"accept-language": "es"}).post("/cuenta/clave/olvidada/", {"email": email}, follow=True)


def the_link(company: Cast, server: MailServer) -> str:
    """Let the worker send, and return the path of the latest link that arrived."""
    enter_organization(company.organization_id)
    send_outbox(company.organization_id, at=now())
    return re.search(r"https?://[^/]+(/cuenta/clave/nueva/\S+)", server.arrived[-1].get_content())[1]  # type: ignore[index]


def choose(client: Client, link: str, password: str = NEW) -> HttpResponse:
    """Open a link and choose a password; return the last answer."""
    enter_organization(0)
    opened = client.get(link, follow=True)
    form = re.search(r'action="(/cuenta/clave/nueva/[^"]+)"', opened.content.decode())
    if form is None:
        return opened
    return client.post(form[1], {"password1": password, "password2": password}, follow=True)


def signs_in(company: Cast, password: str) -> bool:
    """Say whether Alba gets in with a password."""
    email, client = email_of(company), Client()
    client.post("/entrar/", {"login": email, "password": password})
    return client.get("/perfil").status_code == 200


class TestForgotten:
    def test_a_link_leads_to_a_new_password(self, company: Cast, server: MailServer) -> None:
        """INV-37: the mail brings a link, in the person's language; the new password opens, the former does not."""
        ask(f"  {email_of(company).upper()} ")
        link = the_link(company, server)

        page = choose(Client(headers={"accept-language": "es"}), link)

        assert "Tu contraseña cambió." in page.content.decode()
        assert (False, True) == (signs_in(company, FORMER), signs_in(company, NEW))
        assert "contraseña nueva" in server.arrived[0].get_content()
        enter_organization(company.organization_id)
        assert ("sent", False) == (Outbox.objects.get(kind=KIND).state, "sealed" in Outbox.objects.get(kind=KIND).body)
        acts = AuditEntry.objects.filter(object_id=company.alba.person_id).values_list("action", flat=True)
        assert {"person.forget_password", "person.new_password"} <= set(acts)

    def test_a_link_works_once_for_an_hour_and_the_latest_only(self, company: Cast, server: MailServer) -> None:
        """INV-37: used, replaced or an hour old, a link changes nothing and says that it cannot be used."""
        with time_machine.travel(now() - timedelta(minutes=1)):
            ask(email_of(company))
            first = the_link(company, server)
        ask(email_of(company))
        second = the_link(company, server)

        assert "no se puede usar" in choose(Client(headers={"accept-language": "es"}), first).content.decode()
        with time_machine.travel(now() + timedelta(minutes=61)):
            assert "no se puede usar" in choose(Client(headers={"accept-language": "es"}), second).content.decode()
        choose(Client(), second)
        again = choose(Client(headers={"accept-language": "es"}), second, "otra frase más para mí")

        assert "no se puede usar" in again.content.decode()
        assert signs_in(company, NEW)

    def test_the_answer_is_the_same_for_everybody(self, company: Cast, server: MailServer) -> None:
        """INV-39: unknown, suspended and never invited get the page that everybody gets, and no mail."""
        known = without_token(ask(email_of(company)).content.decode())
        enter_organization(company.organization_id)
        suspend_person(company.bruno.person_id, actor=company.admin, at=now())
        others = [find_person(one.person_id).email for one in (company.bruno, company.carla)]

        answers = [ask(email).content.decode() for email in (*others, "nobody@reparto.example.com")]

        assert {known} == {without_token(answer) for answer in answers}
        enter_organization(company.organization_id)
        assert 1 == Outbox.objects.filter(kind=KIND).count()

    def test_nobody_is_asked_after_too_often(self, company: Cast, server: MailServer) -> None:
        """After five requests in a quarter of an hour the sixth is refused, whoever it is for."""
        refused = [[ask(email).status_code for _ in range(6)] for email in (email_of(company), "x@reparto.example.com")]

        assert [[200] * 5 + [429]] * 2 == refused

    def test_without_mail_it_is_not_offered(self, company: Cast, settings: LazySettings) -> None:
        """An installation that sends no mail promises none."""
        client = Client(headers={"accept-language": "es"})

        assert "/cuenta/clave/olvidada/" not in client.get("/entrar/").content.decode()
        assert "no envía correo" in client.get("/cuenta/clave/olvidada/").content.decode()

    def test_whoever_is_locked_out_gets_in_again(self, company: Cast, server: MailServer) -> None:
        """After too many wrong passwords the new one opens at once, and a session opened by the former one ends."""
        email, open_session = email_of(company), Client()
        open_session.post("/entrar/", {"login": email, "password": FORMER})
        for _ in range(11):
            Client().post("/entrar/", {"login": email, "password": "wrong"})
        assert not signs_in(company, FORMER)
        ask(email)

        choose(Client(), the_link(company, server))

        assert signs_in(company, NEW)
        assert 302 == open_session.get("/perfil").status_code
