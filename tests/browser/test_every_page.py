"""Every page that there is, in a real browser: no barrier, and nothing sideways; wide and narrow, light and dark."""

from collections.abc import Iterator

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
#: One company and one window each, so that several processes share the work.
PARTS = 4


def addresses(ids: dict[str, int]) -> list[str]:
    """Return the address of all that an administrator can look at."""
    doors = [door for door in pages() if door.method == "GET" and door.name not in LEFT_OUT]
    return [*(door.path.format(**ids) for door in doors), *(path.format(**ids) for path in MORE), *MISSING]


def faults(page: Page) -> Iterator[str]:
    """Return what is wrong with a page, at either width."""
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        yield from (f"{size['width']} {one}" for one in violations(page))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            yield f"{size['width']} scrolls sideways"


class TestEveryPage:
    @pytest.mark.timeout(600)
    @pytest.mark.parametrize("part", range(PARTS))
    def test_is_free_of_barriers(self, stage: Stage, part: int) -> None:
        """UX-28: axe-core finds nothing on any page, at 1440 and 390 px, light and dark; none scrolls sideways."""
        ids, key = stage.found(found)
        page, found_ = stage.window(key), {}
        for path in addresses(ids)[part::PARTS]:
            answer = page.goto(path)
            assert answer is not None
            assert (404 if path in MISSING else 200) == answer.status, path
            if answer.text().startswith("<!doctype html>"):
                found_[path] = list(faults(page))

        assert len(found_) > 10
        assert {} == {path: wrong for path, wrong in found_.items() if wrong}


def found() -> tuple[dict[str, int], str]:
    """Found a company with something of everything; sign its administrator in, who has a password."""
    everything = found_everything()
    admin = find_person(everything.cast.admin.person_id)
    admin.set_password("una frase que solo yo diría")
    admin.save(update_fields=["password"])
    return everything.ids, sign_in(everything.cast.admin)
