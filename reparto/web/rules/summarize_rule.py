"""
A rule in one line: kind of contact, type, and its filter as a phrase with the conditions in bold.

It judges nothing.
"""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from reparto.rules.models import Rule
from reparto.rules.read_rule_names import Names

from ..filters.phrase_filter import phrase_filter


def summarize_rule(rule: Rule, names: Names) -> SafeString:
    """Return the line of a rule's card."""
    entity = (
        pgettext("kind of contact", "Clients") if rule.entity == "client" else pgettext("kind of contact", "Prospects")
    )
    parts = [entity, _trigger(rule)]
    if rule.filters:
        parts.append(phrase_filter(rule.filters, names, top=True))
    return format_html_join(" · ", "{}", ((part,) for part in parts if part))


def trigger_labels() -> dict[str, str]:
    """Return what the types are called."""
    return {
        "web_integration": gettext("Web integration"),
        "no_followup": gettext("Without follow-up"),
        "no_first_followup": gettext("Without first follow-up"),
        "no_sales": gettext("Clients without sales"),
    }


def _trigger(rule: Rule) -> SafeString:
    label = trigger_labels().get(rule.trigger, rule.trigger)
    if rule.after_amount is None:
        return format_html("{}", label)
    return format_html("{} <b>≥ {}</b>", label, _span(rule))


def _span(rule: Rule) -> str:
    amount = rule.after_amount or 0
    said = {
        "hours": ngettext("%(count)s hour", "%(count)s hours", amount),
        "days": ngettext("%(count)s day", "%(count)s days", amount),
        "weeks": ngettext("%(count)s week", "%(count)s weeks", amount),
        "months": ngettext("%(count)s month", "%(count)s months", amount),
    }
    span = said[rule.after_unit] % {"count": amount}
    return gettext("%(span)s of working time") % {"span": span} if rule.after_clock == "working" else span
