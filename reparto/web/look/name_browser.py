"""Name a browser and its system by what it says of itself, as people call them; what it really is, nobody asks."""

import re

from django.utils.translation import gettext

#: In this order: most say that they are others, too.
BROWSERS = (
    (r"Edg(e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/", "Chrome"),
    (r"Safari/", "Safari"),
)
SYSTEMS = (
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"Windows", "Windows"),
    (r"Macintosh|Mac OS X", "Mac"),
    (r"CrOS", "ChromeOS"),
    (r"Linux|X11", "Linux"),
)


def name_browser(said: str) -> str:
    """Return `Chrome · Windows`, what of it is known, or that nothing is."""
    known = [_first(BROWSERS, said), _first(SYSTEMS, said)]
    return " · ".join(one for one in known if one) or gettext("A browser")


def _first(names: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for mark, name in names if re.search(mark, said)), "")
