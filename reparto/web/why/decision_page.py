"""One decision: a popover beside what asks, or a page of its own that a link can lead to."""

from dataclasses import replace
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.describe_decision import describe_decision
from reparto.assignment.models import Decision
from reparto.assignment.see_decision import see_decision
from reparto.assignment.why_card import WhyCard, WhySkipped
from reparto.notifications.mails_of_decisions import mails_of_decisions
from reparto.people.permissions import may
from reparto.rules.queries import rule_exists

from ..page import Page
from ..shell import Place, url_of

#: A popover names these; the page names all.
IN_POPOVER = 6
RULES = Place("rules", "rules", "rules.view", "", "")


class DecisionPage(Page):
    """`/decisiones/{id}`: for whoever may see the contact, or the conversation, that it is about."""

    action: ClassVar[str] = "contact.view"
    section: ClassVar[str] = "contacts"

    def get(self, request: HttpRequest, decision_id: int) -> HttpResponse:
        """Show the four blocks."""
        decision, contact = see_decision(decision_id, actor=self.actor)
        card = describe_decision(decision)
        if self.by_htmx:
            return self.show_part("components/why.html", {"why": _with_links(_shortened(card), decision, self)})
        context = {"why": _with_links(card, decision, self), "contact": contact, "decision": decision}
        return self.show("why/decision.html", context)


def _shortened(card: WhyCard) -> WhyCard:
    rest = len(card.skipped) - IN_POPOVER
    if rest <= 1:
        return card
    more = WhySkipped(gettext("%(count)s more") % {"count": rest}, gettext("the page of this decision names them."))
    return replace(card, skipped=(*card.skipped[:IN_POPOVER], more))


def _with_links(card: WhyCard, decision: Decision, page: Page) -> dict[str, Any]:
    may_read = may(page.actor, "rules.view")
    return {
        **{name: getattr(card, name) for name in card.__dataclass_fields__},
        "may_read_rules": may_read,
        "rule_url": f"{url_of(RULES)}/{card.rule.id}" if may_read and card.rule and rule_exists(card.rule.id) else "",
        "mail": _mail(decision, mails=card.mails),
        "history_url": reverse("contact", args=[decision.contact_id]) + "#historial",
        "page_url": reverse("decision", args=[decision.pk]),
    }


def _mail(decision: Decision, *, mails: bool) -> dict[str, Any] | None:
    """Say what became of the mail of the rule's template; nothing when it has none."""
    if decision.rule_id is None or decision.outcome != "assigned":
        return None
    mailing = {decision.pk} if mails else ()
    mail = mails_of_decisions({decision.pk: decision.person_ids}, mailing=mailing).get(decision.pk)
    if mail is None:
        return None
    said = {
        "sent": gettext("E-mail sent"),
        "failed": gettext("The e-mail was not sent."),
        "none": gettext("No e-mail was sent: this installation had no mail server."),
        "unknown": gettext("The e-mail may have been sent: the mail server gave no answer."),
    }.get(mail.state, gettext("The e-mail is on its way."))
    return {"state": mail.state, "said": said, "at": mail.sent_at, "together": mail.together}
