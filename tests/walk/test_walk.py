"""The permission table, walked: every cell over pages and API (INV-30, 31, 33, 34)."""

from typing import Literal

import pytest

from reparto.people.permissions import ON_ORGANIZATION, ON_THINGS
from tests.web.visitor import Visitor

from .bodies import WAYS
from .routes import Door, operations, pages, unguarded
from .scene import NOBODY, Scene, model_of, set_scene
from .walker import Walk, plain_bytes


@pytest.fixture
def scene(db: None) -> Scene:
    """Everybody and everything."""
    return set_scene()


class TestEveryDoor:
    def test_has_a_guard(self) -> None:
        """INV-33: an address is a page or an operation with an action, or its own guard is named with the reason."""
        assert [] == unguarded()

    def test_names_an_action_of_the_table(self) -> None:
        """INV-33: no door names an action that the table does not have, and none names nothing."""
        known = ON_ORGANIZATION.keys() | ON_THINGS.keys()

        assert [] == [str(door) for door in doors() if not door.actions or set(door.actions) - known]

    def test_names_rows_that_there_are(self) -> None:
        """INV-30: for each id in an address the walk knows of which table it is, and tries a foreign one."""
        ids = {one for door in doors() for one in door.parameters if one.endswith("_id")}

        assert set() == {one for one in ids if not model_of(one)}, "Say in tests/walk/scene.py which model it names."

    def test_that_needs_another_body_is_still_there(self) -> None:
        """A line of the table of bodies that no door answers to is taken out."""
        there = {(door.name, door.method) for door in doors()}

        assert set() == WAYS.keys() - there

    def test_on_a_contact_or_conversation_says_which(self) -> None:
        """INV-30: an action on a contact or a conversation stands in an address by which one is found."""
        nameless = [d for d in doors() if not d.parameters and not set(d.actions) & ON_ORGANIZATION.keys()]

        assert [] == [str(door) for door in nameless]


class TestTheWalk:
    @pytest.mark.parametrize("by", ["page", "api"])
    def test_meets_what_the_table_says(self, scene: Scene, by: Literal["page", "api"]) -> None:
        """INV-30, 31, 33, 34: each refusal of every role at every door, one open cell each; refusals change nothing."""
        walk = Walk(scene, by)
        wrong = walk.through(pages() if by == "page" else operations())

        assert not wrong, "\n".join(wrong)
        assert walk.walked > 500

    @pytest.mark.slow
    @pytest.mark.timeout(1800)
    @pytest.mark.parametrize("by", ["page", "api"])
    def test_meets_it_in_every_cell(self, scene: Scene, by: Literal["page", "api"]) -> None:
        """
        INV-33: the same with every cell that is open.

        By `make proof` alone: every refusal is walked above already, and so is each open door once for each role.
        """
        walk = Walk(scene, by, whole=True)
        wrong = walk.through(pages() if by == "page" else operations())

        assert not wrong, "\n".join(wrong)

    def test_finds_whole_pages_alike(self, scene: Scene) -> None:
        """INV-30: as whole pages too, what is another company's and what never was are one answer, but for its token."""
        client = Visitor(scene.walkers["agent"]).client
        for path in ("/contactos/{}", "/bandeja/{}", "/decisiones/{}"):
            name = {"c": "contact", "b": "conversation", "d": "decision"}[path[1]]
            foreign, missing = (client.get(path.format(one)) for one in (scene.foreign[name], NOBODY))

            assert 404 == foreign.status_code
            assert plain_bytes(foreign) == plain_bytes(missing)


def doors() -> list[Door]:
    """Return all doors."""
    return [*pages(), *operations()]
