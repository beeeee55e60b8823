"""The editor of rules for tests: what its form sends, and what its page would send."""

from html.parser import HTMLParser
from typing import Any

from reparto.people.actor import Actor


def a_form(*to: Actor, **more: Any) -> dict[str, Any]:
    """Return what the editor sends for a simple rule."""
    return {
        "description": "Norte primero",
        "entity": "prospect",
        "trigger": "web_integration",
        "to": [f"p{one.person_id}" for one in to],
        "weight": ["1" for _ in to],
        "strategy": "round_robin",
        "tags": "Web, Norte",
        "if_nobody": "next",
        "active": "on",
        "f": ["·(", "all", "·)"],
    } | more


def tokens_of(page: str) -> list[str]:
    """Return what the filter of a page would send, in its order."""
    found: list[str] = []

    class Reader(HTMLParser):
        select = False

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            if tag == "input" and given.get("name") == "f" and (given.get("type") != "checkbox" or "checked" in given):
                found.append(given.get("value") or "")
            if tag == "select":
                self.select = given.get("name") == "f"
            if tag == "option" and self.select and "selected" in given:
                found.append(given.get("value") or "")

    Reader().feed(page)
    return found
