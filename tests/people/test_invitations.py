"""Invitations: mailed by the outbox through SMTP, good once for 72 hours, sent again, withdrawn."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import LazySettings

from reparto.config.environment import BadSetting, mailers, sender
from reparto.kit.clock import now
from reparto.kit.models import Outbox
from reparto.kit.outbox import send_outbox
from reparto.kit.tenancy import enter_organization
from reparto.people.accept_invitation import UnknownInvitation, find_invited
from reparto.people.invite_person import VALID, invite_person
from reparto.people.mail_invitation import KIND, state_of_mail
from reparto.people.permissions import NotAllowed
from reparto.people.queries import find_person
from reparto.people.revoke_invitation import revoke_invitation
from tests import cast
from tests.api.caller import Caller
from tests.cast import Cast
from tests.web.visitor import Visitor, text

from .mail_server import MailServer, mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Cast:
    """A company, entered."""
    return cast.a_company()


@pytest.fixture
def server(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """An installation that sends mail, and where it arrives."""
    with mail_server() as found:
        monkeypatch.setenv("REPARTO_MAIL_URL", f"smtp+plain://127.0.0.1:{found.port}")
        settings.MAILERS = mailers("REPARTO_MAIL_URL")
        settings.DEFAULT_FROM_EMAIL = "Reparto <avisos@reparto.example.com>"
        yield found


def key_of(url: str) -> str:
    """Return the key in a link."""
    return url.rstrip("/").rsplit("/", 1)[1]


def invite(company: Cast) -> str:
    """Invite Alba; return her link."""
    return invite_person(company.alba.person_id, at=now(), actor=company.admin)


def send(company: Cast) -> Outbox:
    """Let the worker send; return the row."""
    send_outbox(company.organization_id, at=now())
    enter_organization(company.organization_id)
    return Outbox.objects.filter(kind=KIND).latest("id")


class TestMail:
    def test_the_link_arrives(self, company: Cast, server: MailServer) -> None:
        """INV-37: the mail carries the very link, in the person's language; afterwards the outbox knows no key."""
        url = invite(company)
        assert key_of(url) not in str(Outbox.objects.get(kind=KIND).body)

        row = send(company)

        (mail,) = server.arrived
        body = mail.get_content()
        assert url in body
        assert "Elige tu contraseña" in body
        assert find_person(company.alba.person_id).email == mail["To"]
        assert ("sent", False) == (row.state, "sealed" in row.body)

    def test_a_withdrawn_one_is_not_sent(self, company: Cast, server: MailServer) -> None:
        """What was withdrawn before the mail left leaves no more."""
        invite(company)
        revoke_invitation(company.alba.person_id, actor=company.admin, at=now())

        assert "failed" == send(company).state
        assert [] == server.arrived

    def test_a_server_that_is_away_is_tried_again(self, company: Cast, server: MailServer) -> None:
        """4xx and no answer at all mean later; 5xx means never, and the person's page says so."""
        server.to_recipients = "451 not now"
        invite(company)
        assert "pending" == send(company).state
        server.to_recipients = "550 nobody here"
        send_outbox(company.organization_id, at=now() + timedelta(minutes=1))

        enter_organization(company.organization_id)
        assert "failed" == state_of_mail(find_person(company.alba.person_id))
        page = text(Visitor(company.admin).get(f"/agentes/{company.alba.person_id}"))
        assert "No se pudo enviar el correo" in page

    def test_without_a_server_nothing_waits_to_be_sent(self, company: Cast) -> None:
        """An installation that sends no mail promises none."""
        invite(company)

        assert not Outbox.objects.filter(kind=KIND).exists()
        page = text(Visitor(company.admin).post(f"/agentes/{company.alba.person_id}/invitar"))
        assert "no envía correo" in page


class TestLink:
    def test_it_ends_by_itself(self, company: Cast) -> None:
        """INV-37: after 72 hours a link leads nowhere."""
        key = key_of(invite(company))
        find_invited(key, at=now() + VALID - timedelta(minutes=1))

        with pytest.raises(UnknownInvitation):
            find_invited(key, at=now() + VALID + timedelta(seconds=1))

    def test_again_and_withdrawn(self, company: Cast) -> None:
        """A newer link ends the former; withdrawn, none works, and only an administrator withdraws."""
        first, second = key_of(invite(company)), key_of(invite(company))
        with pytest.raises(UnknownInvitation):
            find_invited(first, at=now())
        find_invited(second, at=now())
        with pytest.raises(NotAllowed):
            revoke_invitation(company.alba.person_id, actor=company.manager, at=now())
        Visitor(company.admin).post(f"/agentes/{company.alba.person_id}/retirar-invitacion")
        with pytest.raises(UnknownInvitation):
            find_invited(second, at=now())

    def test_by_the_api(self, company: Cast) -> None:
        """A program invites and withdraws under the same permission."""
        admin, path = Caller(company.admin), f"/people/{company.alba.person_id}/invitation"
        said = admin.post(path)

        assert (201, False) == (said.status, said.body["mailed"])
        assert 403 == Caller(company.manager).post(path).status
        assert 204 == admin.delete(path).status
        with pytest.raises(UnknownInvitation):
            find_invited(key_of(said.body["url"]), at=now())


class TestSettings:
    def test_nonsense_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A server without encryption is taken on this machine only; whom mail comes from must be said."""
        for wrong in ("smtp+plain://mail.example.com", "http://mail.example.com", "smtp://"):
            monkeypatch.setenv("REPARTO_MAIL_URL", wrong)
            with pytest.raises(BadSetting):
                mailers("REPARTO_MAIL_URL")
        with pytest.raises(BadSetting):
            sender("REPARTO_MAIL_FROM", needed_by="REPARTO_MAIL_URL")

    def test_what_is_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """User and password may hold any sign; smtp:// is encrypted before anything is said."""
        monkeypatch.setenv("REPARTO_MAIL_URL", "smtp://yo%40x.mx:p%3Aw@mail.example.com:587")
        options = mailers("REPARTO_MAIL_URL")["default"]["OPTIONS"]

        read = [options[name] for name in ("host", "port", "username", "password", "use_tls", "use_ssl")]
        assert ["mail.example.com", 587, "yo@x.mx", "p:w", True, False] == read
