"""
Take somebody's second step off, for whoever lost phone, passkey and codes: the password opens again, until they set
up another.

It tells nobody who could act on it: the person hears of it by mail, and in the notification centre by whoever asked.
"""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext

from reparto.kit.audit import record_audit
from reparto.kit.faults import Fault, Invalid
from reparto.kit.live import publish

from .actor import Actor
from .mail_second_step import mail_second_step
from .models import Person
from .permissions import check
from .queries import lock_person


def remove_second_step(person_id: int, *, actor: Actor, at: datetime) -> Person | None:
    """
    Remove app, codes and passkeys of another person and end their sign-ins; None when there was nothing to remove.

    Raises:
        NotAllowed: The actor does not manage people.
        UnknownPerson: There is no such person here.
        Invalid: It is the actor's own, which asks for the step itself: in the profile.

    """
    check(actor, "people.manage")
    person = lock_person(person_id)
    if person.pk == actor.person_id:
        said = gettext("Your own second step you change in your profile, after using it.")
        raise Invalid((Fault("person_id", "own_second_step", said),))
    removed = list(Authenticator.objects.filter(user_id=person.pk).values_list("type", flat=True))
    if not removed:
        return None
    Authenticator.objects.filter(user_id=person.pk).delete()
    for session in UserSession.objects.filter(user_id=person.pk):
        session.end()
    before = {"second_step": sorted(set(removed))}
    record_audit(
        actor.person_id,
        "person.remove_second_step",
        object_kind="person",
        object_id=person.pk,
        before=before,
        after={"second_step": []},
        at=at,
    )
    mail_second_step(person, actor=actor, at=at)
    # Their streams ask at once who they are: the sessions are over (INV-38).
    publish(person.organization_id, "people", [person.pk])
    return person


def has_second_step(person: Person) -> bool:
    """Say whether a person signs in with more than a password, or by passkey."""
    return bool(Authenticator.objects.filter(user_id=person.pk).exists())
