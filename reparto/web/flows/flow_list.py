"""The list of flows; managers look, administrators change."""

from django.http import HttpRequest, HttpResponse

from .flow_page import FlowPage


class FlowList(FlowPage):
    """`/flujos`; for htmx the list alone, so that it stays live (`current` names the open flow)."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        current = request.GET.get("current", "")
        context = self.list_context(int(current) if current.isdecimal() and len(current) < 19 else None)
        if self.by_htmx:
            return self.show_part("flows/flows.html", context)
        return self.show("flows/list.html", context)
