"""The ways in which login sessions end while their streams are open (INV-38), each committed as elsewhere."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction

from reparto.kit.tenancy import in_organization
from reparto.people.actor import Actor
from reparto.people.remove_second_step import remove_second_step
from reparto.people.suspend_person import suspend_person
from tests.cast import AT, Cast
from tests.web.visitor import Visitor


def suspend(cast: Cast, actor: Actor) -> None:
    """Take somebody's access away, as an administrator elsewhere would."""
    with in_organization(cast.organization_id):
        suspend_person(actor.person_id, actor=cast.admin, at=AT)
    connection.close()


def change_password(cast: Cast, actor: Actor) -> None:
    """Keep a new password, as the person would in another browser."""
    words = "una frase que solo yo diría"
    with transaction.atomic():
        answer = Visitor(actor).post("/cuenta/clave/primera/", password1=words, password2=words)
    assert 302 == answer.status_code
    connection.close()


def list_sessions(actor: Actor) -> None:
    """Let every open session be known as this person's, as a sign-in by page would."""
    for session in SessionStore.get_model_class().objects.all():
        UserSession.objects.create(user_id=actor.person_id, session_key=session.pk, ip="127.0.0.1", user_agent="")


def end_others(cast: Cast, actor: Actor) -> None:
    """End the sessions of one's other browsers."""
    with in_organization(cast.organization_id):
        list_sessions(actor)
    with transaction.atomic():
        answer = Visitor(actor).post("/cuenta/sesiones/")
    assert 302 == answer.status_code
    connection.close()


def take_off_step(cast: Cast, actor: Actor) -> None:
    """Take a lost second step off, as an administrator would."""
    with in_organization(cast.organization_id):
        list_sessions(actor)
        Authenticator.objects.create(user_id=actor.person_id, type=Authenticator.Type.TOTP, data={})
        remove_second_step(actor.person_id, actor=cast.admin, at=AT)
    connection.close()
