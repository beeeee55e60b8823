"""
Say whether somebody must set up a second step before any page opens: REPARTO_SECOND_STEP asks it of nobody, of
administrators, or of all.

It asks nothing of programs: a token is a secret of its own.
"""

from allauth.mfa.models import Authenticator
from django.conf import settings

from .actor import Actor

#: Recovery codes alone are none: they come with one of these.
STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def lacks_second_step(actor: Actor) -> bool:
    """Say so; no query where none is required."""
    if settings.SECOND_STEP == "optional" or (settings.SECOND_STEP == "admins" and not actor.is_admin):
        return False
    return not Authenticator.objects.filter(user_id=actor.person_id, type__in=STEPS).exists()
