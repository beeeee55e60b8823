"""How the components look to somebody who cannot see them well, has a small screen, or sent a strict policy."""

from collections.abc import Iterator

import pytest

from tests.web.gallery_browser import AXE, Gallery, show_gallery

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def gallery() -> Iterator[Gallery]:
    """The page with every component and state."""
    with show_gallery() as shown:
        yield shown


class TestGallery:
    """What each component must be, wherever it stands."""

    @pytest.mark.parametrize("theme", ["light", "dark"])
    @pytest.mark.parametrize("width", [1440, 390])
    def test_no_fault_of_accessibility(self, gallery: Gallery, theme: str, width: int) -> None:
        """No component breaks WCAG 2.2 AA as far as axe can tell, light and dark, wide and narrow."""
        page = gallery.open(theme, width=width)
        page.evaluate(AXE.read_text())
        found = page.evaluate("async (tags) => (await axe.run({runOnly: tags})).violations", LEVELS)
        faults = [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]

        assert [] == faults

    def test_strict_policy(self, gallery: Gallery) -> None:
        """Nothing on the page asks for what the content policy forbids, and no script fails."""
        page = gallery.open()

        assert [] == gallery.complaints
        assert 0 == page.locator("[style]").count()

    def test_nothing_sideways_on_a_narrow_screen(self, gallery: Gallery) -> None:
        """At 320 px nothing makes the page scroll sideways."""
        page = gallery.open(width=320)

        assert page.evaluate("document.documentElement.scrollWidth") <= 320

    def test_targets_for_thumbs(self, gallery: Gallery) -> None:
        """On a phone every button with words is at least 44 px high, or 36 when it is a compact one."""
        page = gallery.open(width=390)
        heights = page.evaluate(
            "[...document.querySelectorAll('main .btn:not(.sm)')].map(each => each.getBoundingClientRect().height)"
        )

        assert 44 <= min(heights)
