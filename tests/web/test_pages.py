"""Every page knows who asks, what for, and says no in the same words whatever is behind it."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver
from django.utils import translation
from django.views.defaults import server_error

from reparto.people.permissions import ON_ORGANIZATION, ON_THINGS
from reparto.web import urls
from reparto.web.page import OPEN, OpenPage, Page
from tests.cast import Cast, a_company
from tests.web.visitor import Visitor, text, toast


@pytest.fixture
def cast(db: None) -> Cast:
    """The company of these tests."""
    return a_company()


def views() -> dict[str, type | None]:
    """Return the view of every address of ours; the auth library guards its own."""
    ours = [
        one for one in patterns(urls.urlpatterns) if not one.callback.__module__.startswith(("allauth.", "django."))
    ]
    return {str(one.pattern): getattr(one.callback, "view_class", None) for one in ours}


def patterns(within: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """Return every address of the pages."""
    for one in within:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns)
        else:
            yield one


class TestEveryAddress:
    def test_names_an_action(self) -> None:
        """A page without an action, or with one that no table knows, does not pass."""
        known = {*ON_ORGANIZATION, *ON_THINGS, OPEN}
        nameless = [path for path, view in views().items() if getattr(view, "action", None) not in known]

        assert views()
        assert [] == nameless

    def test_is_a_page_of_the_shell(self) -> None:
        """Each is a `Page`, which asks who it is; or an `OpenPage`, which says that it does not."""
        assert all(view is not None and issubclass(view, (Page, OpenPage)) for view in views().values())


class TestSomebodyWhoIsNotSignedIn:
    def test_is_led_to_the_door_and_back(self, cast: Cast) -> None:
        """A page leads to the sign-in, and from there back to where one wanted to go."""
        response = Client().get("/contactos?tab=mine")

        assert 302 == response.status_code
        assert "next=%2Fcontactos%3Ftab%3Dmine" in response.headers["Location"]

    def test_goes_there_with_the_whole_browser(self, cast: Cast) -> None:
        """A fragment is not replaced by a sign-in form: the browser goes there."""
        response = Client().get("/contactos", headers={"HX-Request": "true"})

        assert 204 == response.status_code
        assert "/entrar/" in response.headers["HX-Redirect"]


class TestAnAnswer:
    def test_is_kept_by_no_cache(self, cast: Cast) -> None:
        """Pages are of one person at one instant; fragments and pages of one address are told apart."""
        response = Visitor(cast.alba).get("/contactos")

        assert "no-store" == response.headers["Cache-Control"]
        assert "HX-Request" in response.headers["Vary"]

    def test_of_what_does_not_exist_is_404_in_spanish(self, cast: Cast) -> None:
        """What is not there and what is not theirs are the same page."""
        response = Visitor(cast.alba).get("/contactos/999999")

        assert 404 == response.status_code
        assert 'lang="es"' in text(response)

    def test_to_a_fragment_is_a_toast(self, cast: Cast) -> None:
        """A refused fragment leaves the page as it is and says why."""
        response = Visitor(cast.alba).by_htmx.get("/contactos/999999")

        assert 404 == response.status_code
        assert "error" == toast(response)["kind"]


class TestTheShell:
    def test_counts_contacts_without_anybody_on_every_page(self, cast: Cast) -> None:
        """The count of contacts without anybody is one click away wherever one is (LG-9)."""
        shown = text(Visitor(cast.manager).get("/notificaciones"))

        assert 'id="nav-count-unassigned"' in shown
        assert "/contactos?tab=none" in shown

    def test_leaves_out_what_one_may_not_open(self, cast: Cast) -> None:
        """An agent sees no entry for the rules; an administrator does, where rules have a page."""
        assert 'data-command="go-rules"' not in text(Visitor(cast.alba).get("/contactos"))

    def test_shows_who_is_signed_in_and_how_they_are(self, cast: Cast) -> None:
        """The card at the foot has name and availability."""
        shown = text(Visitor(cast.alba).get("/contactos"))

        assert 'data-person-name="Alba"' in shown
        assert 'popovertarget="availability-side"' in shown


class TestAvailability:
    def test_is_declared_from_anywhere_and_leads_back(self, cast: Cast) -> None:
        """Somebody says that they are away and stays where they were."""
        visitor = Visitor(cast.alba, {"Referer": "http://testserver/contactos?tab=mine"})
        response = visitor.post("/availability", availability="away")

        assert "http://testserver/contactos?tab=mine" == response.headers["Location"]
        assert 'value="away" aria-current="true"' in text(visitor.get("/contactos"))

    def test_never_leads_to_another_site(self, cast: Cast) -> None:
        """A forged way back leads to the start."""
        visitor = Visitor(cast.alba, {"Referer": "https://elsewhere.example.com/"})

        assert "/" == visitor.post("/availability", availability="away").headers["Location"]


class TestPagesOfLastResort:
    """What the framework would say in its own words and looks."""

    def test_say_it_in_ours(self, db: None) -> None:
        """UX-30: an unknown address, a form without its token and a fault of ours lead back to the start, in Spanish."""
        client = Client(enforce_csrf_checks=True, headers={"accept-language": "es"})
        with translation.override("es"):
            fault = server_error(RequestFactory().get("/"))
        said = {"404": client.get("/nada-de-esto"), "403": client.post("/entrar/"), "500": fault}

        titles = {"404": "Aquí no hay nada", "403": "El formulario no se envió", "500": "Algo salió mal"}
        for code, response in said.items():
            assert code == str(response.status_code)
            assert f"<h1>{titles[code]}</h1>" in response.content.decode()
            assert 'href="/"' in response.content.decode()


class TestWhatTheBrowserLoads:
    def test_is_named_by_its_content_and_kept_for_ever(self, db: None, client: Client) -> None:
        """Styles, scripts, icons and typeface: an upgrade is seen at once, and what is the same is never asked for again."""
        page = client.get("/entrar/").content.decode()
        found = re.findall(r'(?:href|src)="(/static/[^"#]+)', page)

        assert {"css", "js", "png", "svg", "woff2"} == {path.rpartition(".")[2] for path in found}
        for path in found:
            loaded = client.get(path, headers={"accept-encoding": "br"})
            assert (200, True) == (loaded.status_code, bool(re.search(r"\.[0-9a-f]{12}\.\w+$", path)))
            assert "immutable" in loaded.headers["Cache-Control"]
            assert loaded.headers.get("Content-Encoding") == (None if path.endswith((".png", ".woff2")) else "br")
