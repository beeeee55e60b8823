"""
Mark who is named in a note, where the note itself says it.

It reads nothing; all else of the text stays text.
"""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reparto.conversations.models import Mention


def mark_mentions(text: str, mentions: Iterable[Mention]) -> SafeString:
    """Return the text with its mentions marked; a place that two share is marked once."""
    places = sorted({(one.start, one.length) for one in mentions})
    parts, at = [], 0
    for start, length in places:
        if start >= at:
            parts.append(format_html('{}<span class="men">{}</span>', text[at:start], text[start : start + length]))
            at = start + length
    return format_html_join("", "{}", ((part,) for part in [*parts, text[at:]]))
