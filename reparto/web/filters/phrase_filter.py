"""
A filter as a phrase: its conditions in bold, joined by *and*, *or* and *not*.

It judges nothing.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reparto.contacts.describe_condition import Names
from reparto.contacts.spell_filter import spell_filter


def phrase_filter(node: Mapping[str, Any], names: Names, *, top: bool = False) -> SafeString:
    """Return a filter that was read before as words; what stands inside is in brackets, at the `top` is not."""
    words = spell_filter(node, names, top=top)
    return format_html_join("", "{}", ((format_html("<b>{}</b>", one) if bold else one,) for one, bold in words))
