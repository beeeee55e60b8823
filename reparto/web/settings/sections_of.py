"""
The sections of the settings that somebody may open, for the list beside each of their pages.

Another area adds its section here by its route; one that nobody has built is left out.
"""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from reparto.people.actor import Actor
from reparto.people.permissions import may

#: Route, action, label, icon.
SECTIONS = (
    ("settings", "settings.manage", _("General"), "sliders-horizontal"),
    ("settings_inbox", "settings.manage", _("Inbox"), "inbox"),
    ("custom_fields", "settings.manage", _("Fields"), "list-filter"),
    ("quick_replies", "quick_reply.own", _("Quick replies"), "zap"),
    ("mail_templates", "rules.manage", _("E-mail templates"), "mail"),
    ("message_templates", "accounts.manage", _("WhatsApp templates"), "copy"),
)


def sections_of(actor: Actor, active: str) -> list[dict[str, Any]]:
    """Return the sections, the active one marked."""
    return [
        {"url": url, "label": label, "icon": icon, "on": route == active}
        for route, action, label, icon in SECTIONS
        if may(actor, action) and (url := _url(route))
    ]


def _url(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
