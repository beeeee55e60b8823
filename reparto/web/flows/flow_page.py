"""
What every page of the flows has: the list on the left, and its place in the sidebar.

It is no page by itself.
"""

from typing import Any, ClassVar

from django.urls import reverse

from reparto.flows.queries import all_flows, versions_of
from reparto.people.permissions import may

from ..page import Page
from .say_flow import say_standing, trigger_words

#: As many as a list shows; nobody has so many.
MOST = 200


class FlowPage(Page):
    """What every page of the flows has."""

    action: ClassVar[str] = "flows.view"
    section: ClassVar[str] = "flows"

    def list_context(self, current: int | None = None) -> dict[str, Any]:
        """Return the list, the flow that is open marked."""
        flows = list(all_flows()[:MOST])
        versions, words = versions_of(flow.pk for flow in flows), trigger_words()
        cards = []
        for flow in flows:
            said, tint = say_standing(flow, versions.get(flow.pk))
            cards.append(
                {
                    "flow": flow,
                    "url": reverse("flow", args=[flow.pk]),
                    "standing": said,
                    "tint": tint,
                    "trigger": words.get(flow.trigger["kind"], ""),
                    "count": len(flow.steps),
                    "published": flow.pk in versions,
                }
            )
        return {"flows": cards, "may_edit": may(self.actor, "flows.manage"), "current": current}
