"""
Signing in by passkey alone: the key names its person and the organization to enter before they are looked up.

Whoever forges the names learns nothing: the signature is checked against the person's own keys afterwards.
"""

from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from fido2.utils import websafe_decode, websafe_encode

from reparto.kit.read_choice import is_id
from reparto.kit.tenancy import enter_organization

from .models import Person

#: Between the organization and the person in the name that a key keeps.
APART = "."
NOBODY = (0, 0)


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library is not typed
    """Keys keep whose they are as ORGANIZATION.PERSON."""

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Return what a new key keeps of its person."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"id": f"{user.organization_id}{APART}{user.pk}".encode(), "name": user.email}


class PasskeyForm(LoginWebAuthnForm):  # type: ignore[misc]  # the library is not typed
    """The library's form, after entering the organization that the key names."""

    def clean_credential(self) -> Authenticator:
        """Check the signature of whoever the key names."""
        credential = self.cleaned_data["credential"]
        auth.parse_authentication_response(credential)
        response = credential.get("response") or {}
        organization_id, person_id = _named(response.get("userHandle"))
        enter_organization(organization_id)
        # The library knows people by their number alone.
        self.cleaned_data["credential"] = credential | {
            "response": response | {"userHandle": websafe_encode(user_pk_to_url_str(Person(pk=person_id)).encode())}
        }
        authenticator: Authenticator = super().clean_credential()
        return authenticator


def _named(handle: Any) -> tuple[int, int]:
    """Return (organization, person); of nonsense, numbers that nobody has."""
    try:
        organization_id, person_id = (int(part) for part in websafe_decode(handle).decode("ascii").split(APART))
    except (ValueError, TypeError, AttributeError):
        return NOBODY
    return (organization_id, person_id) if is_id(organization_id) and is_id(person_id) else NOBODY
