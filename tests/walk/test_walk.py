"""The permission table, walked: every cell over pages and API (INV-30, 31, 33, 34)."""

from datetime import timedelta
from typing import Literal

import pytest
import time_machine

from reparto.kit.clock import now
from reparto.people.permissions import ON_ORGANIZATION, ON_THINGS

from .bodies import WAYS
from .routes import Door, operations, pages, unguarded
from .scene import Scene, model_of, set_scene
from .walker import Walk


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
    @pytest.mark.timeout(1800)
    @pytest.mark.parametrize("half", [0, 1])
    @pytest.mark.parametrize("by", ["page", "api"])
    def test_meets_what_the_table_says(self, scene: Scene, by: Literal["page", "api"], half: int) -> None:
        """
        INV-30, 31, 33, 34: everybody at every door in every situation; refusals change, queue and send nothing.

        Every cell in every run, in quarters, so that two processes share them: they may take three minutes together.
        """
        walk = Walk(scene, by)
        wrong = walk.through((pages() if by == "page" else operations())[half::2])

        assert not wrong, "\n".join(wrong)
        assert walk.walked > 700

    def test_finds_whole_pages_alike(self, scene: Scene) -> None:
        """INV-30: as whole pages too, what is foreign, hidden or never was is one answer, but for its token."""
        walk = Walk(scene, "page", drawn=True)
        # A minute on, and there it stays: the bell counts a notice once its undo is over, and not between two answers.
        with time_machine.travel(now() + timedelta(minutes=1), tick=False):
            wrong = walk.unseen([door for door in pages() if door.method == "GET" and door.parameters])

        assert not wrong, "\n".join(wrong)
        assert walk.walked > 100


def doors() -> list[Door]:
    """Return all doors."""
    return [*pages(), *operations()]
