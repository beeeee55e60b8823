"""
A filter as words in their order, each told whether it is a condition: whoever shows it makes the conditions stand out.

It judges nothing, and no word of it is markup.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import pgettext

from .describe_condition import Names, describe_condition


def spell_filter(node: Mapping[str, Any], names: Names, *, top: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield the words of a filter that was read before; what stands inside is in brackets, at the `top` is not."""
    if "field" in node:
        yield describe_condition(node, names=names), True
        return
    if "not" in node:
        yield pgettext("filter", "not") + ": ", False
        yield from spell_filter(node["not"], names)
        return
    key, glue = ("all", pgettext("filter", "and")) if "all" in node else ("any", pgettext("filter", "or"))
    if not node[key]:
        yield (pgettext("filter", "any contact") if key == "all" else pgettext("filter", "no contact")), False
        return
    if not top and len(node[key]) > 1:
        yield "(", False
    for place, child in enumerate(node[key]):
        if place:
            yield f" {glue} ", False
        yield from spell_filter(child, names, top=top and len(node[key]) == 1)
    if not top and len(node[key]) > 1:
        yield ")", False
