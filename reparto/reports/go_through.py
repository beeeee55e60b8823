"""
Go through a history a while at a time, each in a transaction of its own, with a sign of life between two of them.

It keeps nothing: whoever asked says whether to go on.
"""

import time
from collections.abc import Callable, Iterator

from reparto.kit.tenancy import in_organization

from .replay_history import History, replay_page

#: So many seconds it works between two signs of life.
BREATH = 3.0


def go_through(history: History, *, organization_id: int, beat: Callable[[], bool]) -> bool:
    """Replay to the end; False, and no more, as soon as `beat` says that nobody wants it."""
    page: Iterator[object] = iter(())
    while not history.done:
        with in_organization(organization_id):
            page = _breathe(page, history)
            if not beat():
                return False
    return True


def _breathe(page: Iterator[object], history: History) -> Iterator[object]:
    """Go on with a page for a while, or begin the next one: between two sittings of a quiet month lie many looks."""
    until = time.monotonic() + BREATH
    for _ in page:
        # Others of this process have customers to serve: let them in between two sittings.
        time.sleep(0)
        if time.monotonic() > until:
            return page
    return replay_page(history)
