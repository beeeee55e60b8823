"""
A forgotten password, by the forms of the auth library: each first enters the organization behind e-mail or link.

Who asks learns nothing of whether there is such an e-mail (INV-39), and a link works once (INV-37).
"""

from allauth.account.forms import ResetPasswordForm, UserTokenForm

from reparto.kit.clock import now
from reparto.kit.door import open_door

from .mail_password_link import DOOR
from .models import Person


class AskForm(ResetPasswordForm):  # type: ignore[misc]  # the library is not typed
    """Whose password was forgotten."""

    def clean_email(self) -> str:
        """Find whoever may be mailed a link; nobody is no fault."""
        email = str(self.cleaned_data["email"]).strip().lower()
        behind = open_door("email", email, at=now())
        people = Person.objects.filter(pk=behind.target_id) if behind else Person.objects.none()
        self.users = [person for person in people if person.is_active]
        return email


class LinkForm(UserTokenForm):  # type: ignore[misc]  # the library is not typed
    """Whose link it is; the library then checks its token."""

    def _get_user(self, uidb36: str) -> Person | None:
        behind = open_door(DOOR, f"{uidb36}-{self.cleaned_data.get('key', '')}", at=now())
        person = Person.objects.filter(pk=behind.target_id).first() if behind else None
        return person if person is not None and person.is_active else None
