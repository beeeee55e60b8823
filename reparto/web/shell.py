"""
What stands around every page: the company, whoever is signed in, where one may go, and how much waits for somebody.

It draws what `frame.py` asked. It grants nothing; it only leaves out what the actor may not open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reparto.people.actor import Actor
from reparto.people.models import Person
from reparto.people.permissions import may

from .frame import Frame

#: Saved views beyond this stand on the page of contacts alone.
MOST_VIEWS = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go: an entry of the sidebar for whoever may do its action."""

    key: str  #: `go-<key>` is its command
    route: str  #: name of its URL
    action: str
    label: str | Promise
    icon: str
    section: str = ""
    query: str = ""


UNASSIGNED = pgettext_lazy("filter", "Unassigned")
PLACES = (
    Place("inbox", "inbox", "conversation.list", _("Inbox"), "inbox"),
    Place("contacts", "contacts", "contact.list", _("Contacts"), "users"),
    Place("dashboard", "fairness", "reports.view", _("Load and fairness"), "gauge"),
    Place("unassigned", "contacts", "contact.list", UNASSIGNED, "user-plus", "views", "?tab=none"),
    Place("rules", "rules", "rules.view", _("Rules"), "split", "distribution"),
    Place("team", "team_availability", "availability.others", _("Availability"), "user-check", "distribution"),
    Place("flows", "flows", "flows.view", _("Flows"), "workflow", "distribution"),
    Place("agents", "people", "people.manage", _("Agents and channels"), "headphones", "distribution"),
    Place("settings", "settings", "settings.manage", _("Settings"), "sliders-horizontal", "distribution"),
)


@dataclass(frozen=True, slots=True)
class Shell:
    """The `shell` of `base.html`; docs/front.md describes it."""

    organization_name: str
    person: dict[str, Any]
    nav: list[dict[str, Any]]
    active: str
    unread: int
    urls: dict[str, str]
    job_url: str  #: of the card of long work that is under way; "" for none
    subtitle: str = "Reparto"
    theme: str = ""
    density: str = ""
    single_keys: bool = True
    outside: bool = False  #: without any role: nothing but one's own account is open


def shell_of(person: Person, actor: Actor, frame: Frame, *, active: str = "") -> Shell:
    """Return what the frame of a page needs to know."""
    preferences = person.preferences
    return Shell(
        organization_name=frame.organization_name,
        person={
            "id": person.pk,
            "name": person.name,
            "availability": person.availability,
            "until": person.availability_until if person.availability != "available" else None,
            "reassign_replies": person.reassign_replies,
            "load": frame.load,
            "capacity": person.capacity,
        },
        nav=nav_of(actor, frame),
        active=active,
        unread=frame.unread,
        urls=_urls(actor),
        job_url=reverse("contacts_bulk_work", args=[frame.job_id]) if frame.job_id else "",
        theme=preferences.get("theme", ""),
        density=preferences.get("density", ""),
        single_keys=preferences.get("single_keys", True),
        outside=not may(actor, "me.view"),
    )


def nav_of(actor: Actor, frame: Frame) -> list[dict[str, Any]]:
    """Return the entries that the actor may open; *Unassigned* is always there, and hot when it counts any (LG-9)."""
    counts = {"inbox": frame.load or None, "unassigned": frame.unassigned}
    entries = []
    for place in PLACES:
        url = url_of(place) if may(actor, place.action) else ""
        if url:
            entries.append(
                {
                    "key": place.key,
                    "url": url,
                    "label": place.label,
                    "icon": place.icon,
                    "section": place.section,
                    "count": counts.get(place.key),
                    "hot": place.key == "unassigned",
                }
            )
        if place.section == "views":
            entries += kept_views(frame.views)
    return entries


def kept_views(views: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the first of the saved views of contacts, each with its address."""
    return [
        {
            "key": f"view-{view['id']}",
            "url": f"{reverse('contacts')}?{_address(view)}",
            "label": view["name"],
            "icon": "users" if view["shared"] else "",
            "section": "views",
            "count": None,
            "hot": False,
        }
        for view in views[:MOST_VIEWS]
    ]


def _address(view: Mapping[str, Any]) -> str:
    return urlencode({**view["address"], "cols": ",".join(view["columns"]), "view": view["id"]})


def url_of(place: Place) -> str:
    """Return where a place is; "" while nobody has built it."""
    try:
        return reverse(place.route) + place.query
    except NoReverseMatch:
        return ""


def _urls(actor: Actor) -> dict[str, str]:
    inside = ("palette", "availability", "nav", "notifications") if may(actor, "me.view") else ()
    return {
        **{name: reverse(name) for name in inside},
        "profile": _optional("profile"),
        "live": _optional("live") or "/live",
        "sign_out": _optional("account_logout") or "/salir/",
    }


def _optional(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
