"""
The ways in which an item finds its people, a file each, in the order in which they are tried.

A route answers with a decision, or with nothing when the next one shall be tried; either way it leaves what it tried
and whom it considered in the draft.
"""

from collections.abc import Callable
from typing import Final

from reparto.engine.draft import Draft
from reparto.engine.routes.ask_rules import ask_rules
from reparto.engine.routes.follow_portfolio import follow_portfolio
from reparto.engine.routes.gather_named import gather_named
from reparto.engine.routes.keep_assignees import keep_assignees
from reparto.engine.shapes import Decision

__all__ = ["ROUTES"]

ROUTES: Final[tuple[Callable[[Draft], Decision | None], ...]] = (
    keep_assignees,
    follow_portfolio,
    gather_named,
    ask_rules,
)
