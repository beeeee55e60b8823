"""Two administrators with the same page open: what one changed is stored, what the other changed meanwhile stays (INV-16)."""

import pytest
from django.http import HttpResponse

from reparto.channels.queries import all_modes
from reparto.kit.organization_settings import read_settings
from reparto.people.change_settings import change_settings
from tests.cast import AT, Cast, a_company, an_account
from tests.web.visitor import Visitor, was_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """A company."""
    return a_company()


class TestAgentsAndChannels:
    def test_keep_what_another_sets_meanwhile(self, cast: Cast) -> None:
        """AD-7: where both changed one cell both are shown, what was typed stays, and one is chosen."""
        account = an_account(admin=cast.admin)
        alba, bruno, carla = (f"mode-{who.person_id}-{account.pk}" for who in (cast.alba, cast.bruno, cast.carla))
        page = Visitor(cast.admin)
        form = {"was": was_of(page.get("/agentes/canales")), **dict.fromkeys((alba, bruno, carla), "disabled")}
        page.post("/agentes/canales", **{carla: "auto", alba: "enabled"})

        assert 302 == page.post("/agentes/canales", **form | {bruno: "auto"}).status_code
        assert {"enabled", "auto"} == {*modes().values()}
        clash = page.post("/agentes/canales", **form | {bruno: "auto", alba: "auto"})
        assert (412, "Alba") == (clash.status_code, clash.context["clashes"][0].label.split(",")[0])
        again = form | {"was": was_of(clash), alba: "auto", bruno: "auto", carla: "auto"}
        page.post("/agentes/canales", **again | {f"keep.{alba}": "theirs"})
        assert "enabled" == modes()[cast.alba.person_id]
        page.post("/agentes/canales", **again)
        assert ["auto"] * 3 == [*modes().values()]


class TestSettings:
    def test_keep_what_another_sets_meanwhile(self, cast: Cast) -> None:
        """UP-7: changing the days of figures takes back neither what owners who are away do, nor odd seconds."""
        page = Visitor(cast.admin)
        graces = {"whatsapp": 90, "webform": 600, "phone": 600}
        change_settings("presence", {"grace_seconds": graces}, actor=cast.admin, at=AT)
        form = SHOWN | {"grace-whatsapp": "1", "was": was_of(page.get("/ajustes"))}
        change_settings("distribution", {"owner_away": "wait"}, actor=cast.admin, at=AT)
        change_settings("figures", {"shrinkage": 9}, actor=cast.admin, at=AT)

        assert 302 == page.post("/ajustes", **form | {"figures-days": "77"}).status_code
        clash = page.post("/ajustes", **form | {"figures-shrinkage": "7"})
        assert (412, "7", "9") == (clash.status_code, *sides(clash))
        settings = read_settings()
        assert ("wait", graces) == (settings["distribution"]["owner_away"], settings["presence"]["grace_seconds"])
        assert {"days": 77, "minimum_sample": 5, "shrinkage": 9} == settings["figures"]

    def test_of_the_inbox_keep_what_another_sets_meanwhile(self, cast: Cast) -> None:
        """AC-5: switching on the first answer does not open to agents again what was closed meanwhile."""
        page, url = Visitor(cast.admin), "/ajustes/bandeja"
        form = {"was": was_of(page.get(url)), "agents_see": "group"}
        change_settings("inbox", {"agents_see": "own"}, actor=cast.admin, at=AT)

        assert 302 == page.post(url, **form | {"first_responder_owns": "on"}).status_code
        assert {"first_responder_owns": True, "agents_see": "own"} == read_settings()["inbox"]
        clash = page.post(url, **form | {"agents_see": "all"})
        assert (412, "Todo", "Solo lo suyo") == (clash.status_code, *sides(clash))
        page.post(url, was=was_of(clash), agents_see="all")
        assert {"first_responder_owns": False, "agents_see": "all"} == read_settings()["inbox"]


#: How the form of *Ajustes* is while nobody chose anything.
SHOWN = {
    "sign_of_life": "on",
    "owner_away": "cover",
    **dict.fromkeys(("grace-whatsapp", "grace-webform", "grace-phone"), "10"),
    "figures-days": "90",
    "figures-minimum_sample": "5",
    "figures-shrinkage": "5",
}


def sides(clash: HttpResponse) -> tuple[str, str]:
    """Return what both wrote into the only box over which they clash."""
    (one,) = clash.context["clashes"]
    return one.mine, one.theirs


def modes() -> dict[int, str]:
    """Return who has which mode on the only account."""
    return {person: mode for (person, _), mode in all_modes().items()}
