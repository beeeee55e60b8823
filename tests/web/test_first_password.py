"""Somebody who has no password, who comes in by a passkey, may set one; another one ends what the former opened."""

import pytest
from allauth.mfa.models import Authenticator

from reparto.people.authenticate_token import authenticate_token
from reparto.people.issue_token import issue_token
from reparto.people.queries import find_person
from tests.cast import AT, a_company
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db
PASSWORD = "una frase que solo yo diría"
FIRST = "/cuenta/clave/primera/"


@pytest.fixture
def alba() -> Visitor:
    """Alba, who has no password."""
    return Visitor(a_company().alba)


class TestAFirstPassword:
    def test_is_offered_and_set(self, alba: Visitor) -> None:
        """Where one is changed, one that is missing is asked for; faults stand beside the field, and it opens the door."""
        led = alba.get("/cuenta/clave/")
        offered = FIRST in text(alba.get("/perfil"))
        short = text(alba.post(FIRST, password1="corta", password2="corta"))
        alba.post(FIRST, password1=PASSWORD, password2=PASSWORD)
        person = find_person(alba.actor.person_id)

        assert (302, FIRST, True) == (led.status_code, led.headers["Location"], offered)
        assert ('aria-invalid="true"' in short, person.check_password(PASSWORD)) == (True, True)
        assert FIRST not in text(alba.get("/perfil"))

    def test_is_for_whoever_shows_that_it_is_them(self, alba: Visitor) -> None:
        """A session that was left open sets none for who has a passkey: it is asked for first."""
        person, key = find_person(alba.actor.person_id), Authenticator.Type.WEBAUTHN
        Authenticator.objects.create(user=person, type=key, data={"name": "Llave", "credential": {}})
        asked = alba.post(FIRST, password1=PASSWORD, password2=PASSWORD)

        assert 302 == asked.status_code
        assert not find_person(person.pk).has_usable_password()


class TestAnotherPassword:
    def test_ends_the_tokens(self, alba: Visitor) -> None:
        """INV-38: a new password ends one's API tokens, and says so beforehand; the first password ended nothing."""
        first = issue_token(alba.actor.person_id, name="Integración", at=AT)
        alba.post(FIRST, password1=PASSWORD, password2=PASSWORD)
        alive = authenticate_token(first, at=AT)
        said = text(alba.get("/cuenta/clave/"))
        another = f"{PASSWORD} otra vez"
        alba.post("/cuenta/clave/", oldpassword=PASSWORD, password1=another, password2=another)

        assert alba.actor == alive
        assert "tokens de API" in said
        assert find_person(alba.actor.person_id).check_password(another)
        assert authenticate_token(first, at=AT) is None
