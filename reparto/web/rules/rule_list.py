"""The ordered list of rules (UP-3); managers look, administrators change."""

from django.http import HttpRequest, HttpResponse

from .rule_page import RulePage


class RuleList(RulePage):
    """`/reglas`; for htmx the list alone, so that it stays live (`current` names the open rule)."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        current = request.GET.get("current", "")
        context = self.list_context(int(current) if current.isdecimal() and len(current) < 19 else None)
        if self.by_htmx:
            return self.show_part("rules/rules.html", context)
        return self.show("rules/list.html", context)
