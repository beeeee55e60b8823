"""
A filter as a phrase: its conditions in bold, joined by *and*, *or* and *not*.

It judges nothing.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from reparto.contacts.describe_condition import describe_condition
from reparto.rules.read_rule_names import Names


def phrase_filter(node: Mapping[str, Any], names: Names, *, top: bool = False) -> SafeString:
    """Return a filter that was read before as words; what stands inside is in brackets, at the `top` is not."""
    if "field" in node:
        return format_html("<b>{}</b>", describe_condition(node, names=names))
    if "not" in node:
        return format_html("{} {}", pgettext("filter", "not"), phrase_filter(node["not"], names))
    key, glue = ("all", pgettext("filter", "and")) if "all" in node else ("any", pgettext("filter", "or"))
    parts = ((phrase_filter(child, names),) for child in node[key])
    inside = format_html_join(format_html(" {} ", glue), "{}", parts)
    return inside if top or len(node[key]) == 1 else format_html("({})", inside)
