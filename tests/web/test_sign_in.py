"""Coming in: the invitation, the password, the second step, one's own profile."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import LazySettings
from django.test import Client

from reparto.kit.clock import now
from reparto.kit.tenancy import in_organization
from reparto.people.found_company import Founded, found_company
from reparto.people.invite_person import invite_person
from reparto.people.queries import find_person
from reparto.people.suspend_person import suspend_person
from tests import cast
from tests.web.visitor import Visitor

PASSWORD = "una frase que solo yo diría"
pytestmark = pytest.mark.django_db


def a_link(path_of: str) -> str:
    """Return the path of a link as the command prints it."""
    return re.sub(r"^https?://[^/]+", "", path_of)


@pytest.fixture
def founded() -> Founded:
    """A company founded just now, by the clock of the pages."""
    return found_company(name="Cordillera", admin_email=cast.an_email("admin"), at=now(), admin_name="Ada")


@pytest.fixture
def client() -> Client:
    """A browser that checks tokens of forms, as browsers must."""
    return Client(headers={"accept-language": "en"})


def email_of(founded: Founded) -> str:
    """Return the administrator's e-mail."""
    with in_organization(founded.organization_id):
        return find_person(founded.person_id).email


def accept(client: Client, founded: Founded, password: str = PASSWORD) -> None:
    """Use the link of a new company and leave again."""
    client.post(a_link(founded.sign_in_url), {"password": password})
    client.post("/salir/")


class TestInvitation:
    """The link that `reparto company create` prints."""

    def test_from_the_link_to_the_contacts(self, client: Client, founded: Founded) -> None:
        """The link asks for a password, signs in, and leads to pages that only people of the company see."""
        asked = client.get(a_link(founded.sign_in_url))
        done = client.post(a_link(founded.sign_in_url), {"password": PASSWORD})

        assert (200, 302) == (asked.status_code, done.status_code)
        assert "Ada" in asked.content.decode()
        assert 200 == client.get("/contactos").status_code

    def test_asks_how_they_are_called(self, client: Client) -> None:
        """Nobody is greeted by a piece of their e-mail: the page asks for the name, and takes no blank one."""
        link = a_link(found_company(name="Andes", admin_email="t@andes.example", at=now()).sign_in_url)
        assert "<h1>Te damos la bienvenida</h1>" in client.get(link).content.decode()
        assert 422 == client.post(link, {"name": " ", "password": PASSWORD}).status_code
        client.post(link, {"name": " Tania  Rojas", "password": PASSWORD})

        assert "Tania Rojas" in client.get("/perfil").content.decode()

    def test_works_once(self, client: Client, founded: Founded) -> None:
        """A used link says so, changes nothing and signs nobody in (INV-37)."""
        accept(client, founded)
        again = client.post(a_link(founded.sign_in_url), {"password": "another password of mine"})

        assert 404 == again.status_code
        assert 302 == client.get("/perfil").status_code
        assert 302 == client.post("/entrar/", {"login": email_of(founded), "password": PASSWORD}).status_code

    def test_looking_does_not_use_it_up(self, client: Client, founded: Founded) -> None:
        """Mail programs may open the link before the person does."""
        for _ in range(3):
            assert 200 == client.get(a_link(founded.sign_in_url)).status_code

    def test_unknown_and_withdrawn_look_alike(self, client: Client, founded: Founded) -> None:
        """A mistyped link and one replaced by a newer one give the same page."""
        with in_organization(founded.organization_id):
            invite_person(founded.person_id, at=now())

        gone, never = client.get(a_link(founded.sign_in_url)), client.get("/invitations/nothing/")

        assert (404, 404) == (gone.status_code, never.status_code)
        assert without_token(gone.content.decode()) == without_token(never.content.decode())

    def test_a_weak_password_says_why(self, client: Client, founded: Founded) -> None:
        """A password that is too short is refused beside its field, and the link can still be used."""
        refused = client.post(a_link(founded.sign_in_url), {"password": "corta"})

        assert 422 == refused.status_code
        assert 'aria-invalid="true"' in refused.content.decode()
        assert 302 == client.post(a_link(founded.sign_in_url), {"password": PASSWORD}).status_code

    def test_somebody_else_is_signed_out(self, client: Client, founded: Founded) -> None:
        """Whoever opens a link in a browser where somebody else is signed in becomes the invited one."""
        other = found_company(name="Otra", admin_email=cast.an_email("other"), at=now(), admin_name="Otto")
        client.post(a_link(other.sign_in_url), {"password": PASSWORD})
        client.post(a_link(founded.sign_in_url), {"password": PASSWORD})

        assert "Ada" in client.get("/perfil").content.decode()


class TestSignIn:
    """E-mail and password, by the library."""

    def test_a_wrong_password_says_nothing_of_the_e_mail(self, client: Client, founded: Founded) -> None:
        """A wrong password and an unknown e-mail give the same answer."""
        accept(client, founded)
        answers = [
            client.post("/entrar/", {"login": email, "password": "wrong password"}).content.decode()
            for email in (email_of(founded), "nobody@reparto.example.com")
        ]

        known, unknown = (without_token(re.sub(r'value="[^"]*@[^"]*"', "", answer)) for answer in answers)
        assert known == unknown

    def test_a_suspended_person_stays_out(self, client: Client, founded: Founded) -> None:
        """Suspension ends access at once: neither the password nor an open session works any more."""
        accept(client, founded)
        with in_organization(founded.organization_id):
            admin = cast.actor(founded.person_id)
            other = cast.a_person("Beto", role="admin", group_id=admin.group_id, admin=admin)
            suspend_person(founded.person_id, actor=other, at=now())

        client.post("/entrar/", {"login": email_of(founded), "password": PASSWORD})

        assert 302 == client.get("/perfil").status_code

    def test_nobody_signs_up(self, client: Client) -> None:
        """There is no sign-up, and the address that the library knows leads to the sign-in."""
        assert "/entrar/" == client.get("/cuenta/alta/").headers["Location"]

    def test_it_leads_back(self, client: Client, founded: Founded) -> None:
        """Whoever was asked to sign in arrives where they wanted to go."""
        accept(client, founded)
        asked = client.get("/perfil")
        form = {"login": email_of(founded), "password": PASSWORD, "next": "/perfil"}
        answer = client.post(asked.headers["Location"], form)

        assert "/perfil" == answer.headers["Location"]


class TestSecondStep:
    """An authenticator app, recovery codes."""

    def test_the_code_is_asked(self, client: Client, founded: Founded) -> None:
        """With an app switched on, the password alone opens nothing, and the code opens all."""
        accept(client, founded)
        with in_organization(founded.organization_id):
            secret = "JBSWY3DPEHPK3PXP"
            TOTP.activate(find_person(founded.person_id), secret)
        client.post("/entrar/", {"login": email_of(founded), "password": PASSWORD})

        assert 302 == client.get("/perfil").status_code
        assert 200 == client.get("/cuenta/dos-pasos/authenticate/").status_code
        _, counter, _ = yield_hotp_counters_from_time()
        client.post("/cuenta/dos-pasos/authenticate/", {"code": format_hotp_value(hotp_value(secret, counter))})
        assert 200 == client.get("/perfil").status_code

    def test_an_invitation_does_not_go_around_it(self, client: Client, founded: Founded) -> None:
        """A new link sets a password, yet the second step is still asked."""
        accept(client, founded)
        with in_organization(founded.organization_id):
            TOTP.activate(find_person(founded.person_id), "JBSWY3DPEHPK3PXP")
            url = invite_person(founded.person_id, at=now())
        answer = client.post(a_link(url), {"password": PASSWORD})

        assert "/cuenta/dos-pasos/authenticate/" == answer.headers["Location"]
        assert 302 == client.get("/perfil").status_code

    @pytest.mark.parametrize(
        "path",
        [
            "/cuenta/dos-pasos/",
            "/cuenta/dos-pasos/totp/activate/",
            "/cuenta/dos-pasos/webauthn/add/",
            "/cuenta/dos-pasos/webauthn/",
            "/cuenta/clave/",
            "/cuenta/sesiones/",
            "/salir/",
            "/cuenta/confirmar/",
        ],
    )
    def test_every_page_is_ours(self, client: Client, founded: Founded, path: str) -> None:
        """Each page of the library wears our frame and loads nothing from elsewhere."""
        client.post(a_link(founded.sign_in_url), {"password": PASSWORD})
        client.post("/cuenta/confirmar/", {"password": PASSWORD})
        answer = client.get(path)

        assert 200 == answer.status_code
        assert 'class="door"' in answer.content.decode()

    def test_recovery_codes_come_with_the_app(self, client: Client, founded: Founded) -> None:
        """Switching the app on with a right code makes recovery codes and shows them."""
        client.post(a_link(founded.sign_in_url), {"password": PASSWORD})
        client.post("/cuenta/confirmar/", {"password": PASSWORD})
        page = client.get("/cuenta/dos-pasos/totp/activate/").content.decode()
        secret = re.search(r'id="secret" value="([^"]+)"', page)
        assert secret is not None
        _, counter, _ = yield_hotp_counters_from_time()
        client.post("/cuenta/dos-pasos/totp/activate/", {"code": format_hotp_value(hotp_value(secret[1], counter))})

        assert "<li>" in client.get("/cuenta/dos-pasos/recovery-codes/").content.decode()
        assert 2 == Authenticator.objects.filter(user_id=founded.person_id).count()


class TestRequired:
    """A second step that the installation asks for."""

    def test_no_page_opens_without_it(self, client: Client, founded: Founded, settings: LazySettings) -> None:
        """Where administrators must have one, every page leads to where it is set up, until it is."""
        client.post(a_link(founded.sign_in_url), {"password": PASSWORD})
        settings.SECOND_STEP = "admins"
        asked = client.get("/contactos")
        fragment = client.get("/contactos", headers={"HX-Request": "true"})

        assert "/cuenta/dos-pasos/?required=1" == asked.headers["Location"] == fragment.headers["HX-Redirect"]
        assert 'role="alert"' in client.get(asked.headers["Location"]).content.decode()
        with in_organization(founded.organization_id):
            TOTP.activate(find_person(founded.person_id), "JBSWY3DPEHPK3PXP")
        assert 200 == client.get("/contactos").status_code

    def test_only_of_whom_it_is_asked(self, founded: Founded, settings: LazySettings) -> None:
        """Asked of administrators, an agent goes on with the password."""
        with in_organization(founded.organization_id):
            admin = cast.actor(founded.person_id)
            agent = cast.a_person("Beto", group_id=admin.group_id, admin=admin)
        settings.SECOND_STEP = "admins"

        assert 200 == Visitor(agent).get("/contactos").status_code
        settings.SECOND_STEP = "all"
        assert 302 == Visitor(agent).get("/contactos").status_code


class TestPasskey:
    """Signing in by a key alone."""

    @pytest.mark.parametrize("handle", ["", "MS4x", "OTk5LjE", "bm9uc2Vuc2U", "LTEuLTE"])
    def test_forged_names_open_nothing(self, client: Client, founded: Founded, handle: str) -> None:
        """Whatever a forged answer names, it is refused alike, and nobody is signed in (INV-39)."""
        accept(client, founded)
        client.get("/cuenta/dos-pasos/webauthn/login/", headers={"X-Requested-With": "XMLHttpRequest"})
        forged = {
            "id": "AAAA",
            "rawId": "AAAA",
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": "e30",
                "authenticatorData": "A" * 50,
                "signature": "AAAA",
                "userHandle": handle,
            },
        }
        answer = client.post("/cuenta/dos-pasos/webauthn/login/", {"credential": json.dumps(forged)})

        assert "/entrar/" == answer.headers["Location"]
        assert 302 == client.get("/perfil").status_code


class TestProfile:
    """One's own language, zone, look and keys."""

    def test_language_changes_at_once(self, client: Client, founded: Founded) -> None:
        """After choosing Portuguese, the very next page is in Portuguese (UX-30)."""
        client.post(a_link(founded.sign_in_url), {"password": PASSWORD})
        chosen = {"language": "pt-br", "time_zone": "America/Sao_Paulo", "theme": "dark", "density": ""}
        client.post("/perfil", chosen)
        page = client.get("/perfil").content.decode()

        assert '<html lang="pt-br" data-theme="dark"' in page
        assert 'data-single-keys="off"' in page

    def test_what_cannot_be_is_said_beside_the_field(self, client: Client, founded: Founded) -> None:
        """An unknown zone is refused and nothing is kept."""
        client.post(a_link(founded.sign_in_url), {"password": PASSWORD})
        refused = client.post("/perfil", {"language": "es", "time_zone": "Mars/Olympus", "theme": "", "density": ""})

        assert 422 == refused.status_code
        with in_organization(founded.organization_id):
            assert "America/Mexico_City" == find_person(founded.person_id).time_zone


def without_token(page: str) -> str:
    """Leave out what differs in every answer."""
    return re.sub(r'(name="csrf-token" content|name="csrfmiddlewaretoken" value)="[^"]*"', "", page)
