"""
The words templates use to draw: icons, avatars, times, phones, keys (`{% load look %}`).

No tag reads the database, and none decides what somebody may see: a template is given only what it may show.
"""

from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from reparto.kit.clock import now
from reparto.web.look.describe_time import ago_pattern, describe_time, say_time
from reparto.web.look.format_phone import format_phone
from reparto.web.look.hue_of import hue_of
from reparto.web.look.initials_of import initials_of
from reparto.web.look.name_browser import name_browser
from reparto.web.look.shortcuts import BY_COMMAND, SHORTCUTS, Shortcut

register = template.Library()

NOTHING = SafeString("")
PRESENCE = {"available": "", "away": "away", "offline": "off"}
CHANNELS = {
    "whatsapp": ("c-wa", "message-circle"),
    "email": ("c-em", "mail"),
    "webform": ("c-web", "globe"),
    "phone": ("c-tel", "phone"),
    "meta": ("c-meta", "zap"),
}
BY_HAND = ("c-man", "pencil")
WIDGETS = {"checkbox": "cb", "radioselect": "rad", "checkboxselectmultiple": "cb"}


@register.simple_tag
def sends_mail() -> bool:
    """Say whether this installation sends mail."""
    return bool(settings.MAILERS)


@register.simple_tag
def week_begins() -> int:
    """Return on which day weeks begin in the person's language: Sunday is 0, Monday is 1 (UX-15)."""
    return int(formats.get_format("FIRST_DAY_OF_WEEK"))


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Draw an icon of `icons.txt`, decorative: `s` is 14 px, nothing 16, `l` 20."""
    return format_html('<svg class="i {}" aria-hidden="true"><use href="{}#{}"></use></svg>', size, _icons(), name)


@register.simple_tag
def avatar(who: object, size: int = 24, *, shape: str = "", presence: str = "", channel: str = "") -> SafeString:
    """Draw somebody: a circle, or `shape="sq"` for a contact; decorative, the name stands beside it."""
    name = str(_of(who, "name") or "")
    hue = _of(who, "hue")
    return format_html(
        '<span class="av x{} {} h{}" aria-hidden="true">{}{}{}</span>',
        size,
        shape,
        hue_of(_of(who, "id") or name) if hue is None else hue,
        _of(who, "initials") or initials_of(name),
        format_html('<span class="pr {}"></span>', PRESENCE[presence]) if presence in PRESENCE else "",
        _badge(channel) if channel else "",
    )


@register.filter
def bdi(name: object) -> SafeString:
    """Let a name stand by itself: written from right to left, it turns none of the words around it."""
    return format_html("<bdi>{}</bdi>", name)


@register.simple_tag
def nobody(size: int = 24) -> SafeString:
    """Draw the dashed circle with a plus: the only "empty person" of the product."""
    return format_html('<span class="av none x{}" aria-hidden="true">{}</span>', size, icon("plus"))


@register.simple_tag
def channel_mark(channel: str) -> SafeString:
    """Draw the small square of a channel; its name must stand beside it."""
    tint, drawing = CHANNELS.get(channel, BY_HAND)
    return format_html('<span class="chg {}" aria-hidden="true">{}</span>', tint, icon(drawing))


@register.simple_tag
def ago(moment: datetime | None, at: datetime | None = None, within: str = "") -> SafeString:
    """
    Say how long ago; the absolute time appears on hover and the browser keeps it fresh.

    `within="sentence"`: after other words, as «3 min ago».
    """
    if moment is None:
        return NOTHING
    say = say_time if within else describe_time
    return format_html(
        '<time datetime="{}" title="{}" data-ago="{}">{}</time>',
        moment.isoformat(),
        _absolute(moment, get_language(), timezone.get_current_timezone_name()),
        ago_pattern() % {"time": "{}"} if within else "",
        say(moment, now=at or now()),
    )


@register.simple_tag
def kbd(command: str, kind: str = "") -> SafeString:
    """Print the keys of a command; `kind="on"` upon a filled button."""
    marks = [format_html('<kbd class="kbd {}">{}</kbd>', kind, mark) for mark in BY_COMMAND[command].marks]
    return mark_safe(" ".join(marks))  # noqa: S308 — each part is escaped above


@register.simple_tag
def does(command: str) -> SafeString:
    """Write the attributes that let the keyboard press this element."""
    keys = BY_COMMAND[command].aria
    if not keys:
        return format_html('data-command="{}"', command)
    return format_html('data-command="{}" aria-keyshortcuts="{}"', command, keys)


@register.simple_tag
def load_meter(load: float | None, capacity: float | None) -> SafeString:
    """Show open work against capacity; the text says it, the bar repeats it."""
    if load is None:
        return NOTHING
    if not capacity:
        return format_html('<span class="load">{}</span>', load)
    said = gettext("%(load)s of %(capacity)s") % {"load": load, "capacity": capacity}
    return format_html(
        '<span class="load"><progress class="bar {}" value="{}" max="{}" aria-hidden="true"></progress>'
        '<span aria-hidden="true">{}/{}</span><span class="vh">{}</span></span>',
        "w" if load >= capacity else "",
        load,
        capacity,
        load,
        capacity,
        said,
    )


@register.simple_tag
def shortcut_groups() -> list[tuple[str, list[Shortcut]]]:
    """Return the table of keys by group, for the dialog of shortcuts."""
    groups: dict[str, list[Shortcut]] = {}
    for shortcut in SHORTCUTS:
        groups.setdefault(str(shortcut.group), []).append(shortcut)
    return list(groups.items())


@register.filter
def dress(field: BoundField) -> SafeString:
    """Draw a form's field in our clothes; Django itself ties it to its hint and its fault."""
    return field.as_widget(attrs={"class": WIDGETS.get(field.widget_type, "inp")})


@register.filter
def phone(number: str) -> str:
    """Write a phone number the international way."""
    return format_phone(number) if number else ""


@register.filter
def browser(said: str) -> str:
    """Name a browser by what it says of itself."""
    return name_browser(said or "")


@register.filter
def initials(name: str) -> str:
    """Shorten a name to the letters of its avatar."""
    return initials_of(name or "")


@register.filter
def hue(identity: object) -> int:
    """Choose the tint of an id, for `class="av h{{ id|hue }}"`."""
    return hue_of(identity)


@cache
def _icons() -> str:
    """Where the drawings are; the name follows from their content, so it stays for as long as this process."""
    return static("built/icons.svg")


@lru_cache(maxsize=4096)
def _absolute(moment: datetime, _language: str | None, _zone: str) -> str:
    """Write a moment in full; lists that are fetched again and again show the same ones."""
    return formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def _badge(channel: str) -> SafeString:
    tint, drawing = CHANNELS.get(channel, BY_HAND)
    return format_html('<span class="ch {}">{}</span>', tint, icon(drawing))


def _of(who: object, name: str) -> Any:
    return who.get(name) if isinstance(who, dict) else getattr(who, name, None)
