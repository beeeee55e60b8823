"""Somebody whose roles were all taken: their own account is theirs, and nothing else is open."""

import pytest

from reparto.people.models import Grant
from reparto.people.queries import find_person, load_actor
from tests.cast import Cast, a_company
from tests.walk.routes import pages
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db
OWN = {"/perfil", "/"}


@pytest.fixture
def nobody() -> Visitor:
    """Alba, from whom every role was taken."""
    cast: Cast = a_company()
    Grant.objects.filter(person_id=cast.alba.person_id).delete()
    return Visitor(load_actor(find_person(cast.alba.person_id)))


class TestSomebodyWithoutARole:
    def test_has_their_own_account(self, nobody: Visitor) -> None:
        """Language, password, second step, sessions and signing out are one's own, whatever one may do else."""
        form = {"language": "en", "time_zone": "America/Lima", "theme": "dark", "density": ""}
        kept = nobody.post("/perfil", **form)
        shown = text(nobody.get("/perfil"))
        own = ("/cuenta/clave/primera/", "/cuenta/dos-pasos/", "/cuenta/sesiones/", "/salir/")

        assert (302, "/perfil") == (nobody.get("/").status_code, nobody.get("/").headers["Location"])
        assert (302, "en") == (kept.status_code, find_person(nobody.actor.person_id).language)
        assert [200] * 4 == [nobody.get(path).status_code for path in own]
        assert [] == [path for path in ("/nav", "/palette", "/availability", "/notificaciones") if f'"{path}' in shown]

    def test_has_nothing_else(self, nobody: Visitor) -> None:
        """INV-33: every other page that asks an action of the organization is refused, by whatever method."""
        open_to_all = [
            (door.method, door.path)
            for door in pages()
            if not door.parameters and door.path not in OWN and knock(nobody, door.method, door.path) != 403
        ]

        assert [] == open_to_all


def knock(visitor: Visitor, method: str, path: str) -> int:
    """Return what a door answers."""
    return int((visitor.get if method == "GET" else visitor.post)(path).status_code)
