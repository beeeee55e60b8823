"""Whoever has set a larger text in their browser: the type follows, and has room."""

from tests.browser.inbox_scene import PHONE, WIDE, Scene
from tests.browser.served import sign_in_with
from tests.web.open_browser import open_with_large_text

#: Words that are cut off without a mark that there are more, or stand outside of the screen; what scrolls by itself may.
CUT = """() => [...document.querySelectorAll("body *")].filter((one) => {
  if (![...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) return false;
  if (!one.checkVisibility({checkVisibilityCSS: true}) || one.closest(".vh, .kbd, table, .tabs, .bd, .sub, option")) return false;
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  if (box.width < 3 || box.height < 3) return false;
  const hidden = style.overflowX !== "visible" && style.textOverflow !== "ellipsis";
  return box.right > innerWidth + 1 || (hidden && one.scrollWidth > one.clientWidth + 2)
    || (style.overflowY !== "visible" && style.overflowY !== "auto" && one.scrollHeight > one.clientHeight + 6);
}).map((one) => one.textContent.trim().slice(0, 40))"""


class TestALargeText:
    def test_finds_room(self, scene: Scene) -> None:
        """UX-28: with the browser's text at 200 %, on a phone and on a desk, nothing is cut or scrolls sideways."""
        paths = [
            "/contactos",
            "/bandeja",
            f"/bandeja/{scene.talks[0]}",
            "/reglas",
            "/agentes/canales",
            "/perfil",
            "/nada",
        ]
        found: list[str] = []
        browser = open_with_large_text(scene.browser)
        for size in (PHONE, WIDE):
            page = sign_in_with(browser, scene.url, scene.keys["manager"], viewport=size).new_page()
            for path in paths:
                page.goto(path)
                # Usually 15 on a phone and 14 on a desk.
                assert page.evaluate("getComputedStyle(document.body).fontSize") == (
                    "30px" if size is PHONE else "28px"
                )
                found += [f"{path} {size['width']}: {one}" for one in page.evaluate(CUT)]
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    found.append(f"{path} scrolls sideways")
        browser.close()

        assert [] == found
