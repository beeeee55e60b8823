"""
Sign-in, by the auth library: the e-mail opens the door to its organization, then the password is checked there.

It grants nothing; what a person may do is in `permissions.py`.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

from reparto.kit.audit import record_audit
from reparto.kit.clock import now
from reparto.kit.door import close_doors, open_door
from reparto.kit.live import publish

from .end_tokens import end_tokens
from .enter_request import SESSION_KEY
from .find_signed_in import find_signed_in
from .mail_password_link import DOOR, mail_password_link


class SignIn(AuthenticationBackend):  # type: ignore[misc]  # the library is not typed
    """The library's backend, after entering the organization behind the e-mail."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Return the person whose e-mail and password these are."""
        email = str(credentials.get("email") or "").strip().lower()
        behind = open_door("email", email, at=now())
        if behind is not None:
            # Two-step sign-in continues in later requests, which need the organization too.
            request.session[SESSION_KEY] = behind.organization_id
        person: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return person

    def get_user(self, user_id: Any) -> AbstractBaseUser | None:
        """Return the person of a login session with all that a request asks of them; nobody who was suspended."""
        person = find_signed_in(user_id)
        return person if person is not None and self.user_can_authenticate(person) else None


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library is not typed
    """Nobody signs up by themself; whoever signs in stays in their organization."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are added by an administrator."""
        return False

    def login(self, request: HttpRequest, user: Any) -> HttpResponse | None:
        """Keep the organization in the new login session."""
        answer: HttpResponse | None = super().login(request, user)
        request.session[SESSION_KEY] = user.organization_id
        return answer

    def set_password(self, user: Any, password: str) -> None:
        """
        Keep a new password; links for one work no more, and who failed to sign in too often may try with it.

        What another password opened is over: other sessions, streams, tokens (INV-38).
        """
        changes, at = user.has_usable_password(), now()
        super().set_password(user, password)
        close_doors(DOOR, organization_id=user.organization_id, target_id=user.pk)
        self._delete_login_attempts_cached_email(self.request, email=user.email)
        after = {"tokens_ended": end_tokens(user, at=at)} if changes else None
        record_audit(
            user.pk, "person.new_password", object_kind="person", object_id=user.pk, before=None, after=after, at=at
        )
        # Streams ask at once who they are.
        publish(user.organization_id, "people", [user.pk])

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """Mail the library's link by our outbox."""
        mail_password_link(user, f"{context['uid']}-{context['key']}", at=now())
