"""Every page that there is, in a real browser: no barrier, and nothing sideways; wide and narrow, light and dark."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from playwright.sync_api import Page

from reparto.people.queries import find_person
from tests.browser.everything import found_everything
from tests.browser.served import violations
from tests.browser.stage import PHONE, WIDE, Stage
from tests.walk.routes import pages
from tests.web.live_browser import sign_in

#: No pages: files, and how far work on many contacts is.
LEFT_OUT = {"fairness_csv", "inbox_file", "contacts_bulk_work"}
#: A page in another shape, the library's pages of one's own account, and what there is not.
MORE = (
    "/bandeja?view=unassigned",
    "/bandeja/{conversation_id}?details=1",
    "/bandeja/{conversation_id}?details=1&tab=contact",
    "/reglas/probar?contact={contact_id}",
    "/reglas/versiones/2?con=1",
    "/cuentas/nueva?kind=whatsapp",
    "/cuenta/clave/",
    "/cuenta/dos-pasos/",
    "/cuenta/dos-pasos/totp/activate/",
    "/cuenta/sesiones/",
    "/salir/",
)
MISSING = ("/nada", "/contactos/999999999")
#: One company and one window each, so that two processes share the work.
PARTS = 2
SIZES = (WIDE, PHONE)


def addresses(ids: dict[str, int]) -> list[str]:
    """Return the address of all that an administrator can look at."""
    doors = [door for door in pages() if door.method == "GET" and door.name not in LEFT_OUT]
    return [*(door.path.format(**ids) for door in doors), *(path.format(**ids) for path in MORE), *MISSING]


def faults(page: Page, sizes: Sequence[Any]) -> Iterator[str]:
    """Return what is wrong with a page: for axe at these sizes, for who scrolls at either."""
    for size in SIZES:
        page.set_viewport_size(size)
        if size in sizes:
            yield from (f"{size['width']} {one}" for one in violations(page))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            yield f"{size['width']} scrolls sideways"


def look(stage: Stage, part: int, sizes: Sequence[Any]) -> dict[str, list[str]]:
    """Open every page of a part; return what is wrong with any."""
    ids, key = stage.found(found)
    page, seen = stage.window(key), {}
    for path in addresses(ids)[part::PARTS]:
        answer = page.goto(path)
        assert answer is not None
        assert (404 if path in MISSING else 200) == answer.status, path
        if answer.text().startswith("<!doctype html>"):
            seen[path] = list(faults(page, sizes))
    assert len(seen) > 20
    return {path: wrong for path, wrong in seen.items() if wrong}


class TestEveryPage:
    @pytest.mark.timeout(600)
    @pytest.mark.parametrize("part", range(PARTS))
    def test_is_free_of_barriers(self, stage: Stage, part: int) -> None:
        """UX-28: axe-core finds nothing on any page, in light and in dark, at 1440 or 390 px; at neither one scrolls sideways."""
        assert {} == look(stage, part, SIZES[part : part + 1])

    @pytest.mark.slow
    @pytest.mark.timeout(1800)
    @pytest.mark.parametrize("part", range(PARTS))
    def test_is_free_of_barriers_at_both(self, stage: Stage, part: int) -> None:
        """UX-28: the same with axe at either width; by `make proof` alone, for it takes twice as long."""
        assert {} == look(stage, part, SIZES)


def found() -> tuple[dict[str, int], str]:
    """Found a company with something of everything; sign its administrator in, who has a password."""
    everything = found_everything()
    admin = find_person(everything.cast.admin.person_id)
    admin.set_password("una frase que solo yo diría")
    admin.save(update_fields=["password"])
    return everything.ids, sign_in(everything.cast.admin)
