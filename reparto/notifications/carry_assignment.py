"""
Carry the mail to whoever was given a contact, in their language: the rule's template, or how many came at once.

What it says is read as it leaves: nothing of a contact that is somebody else's by then, nothing to who was suspended.
"""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from reparto.contacts.models import Contact
from reparto.contacts.queries import contacts_by_id
from reparto.conversations.queries import assignees_of, open_conversations_of
from reparto.kit.models import Outbox
from reparto.kit.organizations import this_organization
from reparto.kit.outbox import Refused
from reparto.kit.send_mail import send_mail
from reparto.kit.tenancy import in_organization
from reparto.people.models import Person
from reparto.people.queries import find_person, load_actor
from reparto.rules.fill_template import fill_template
from reparto.rules.find_template import UnknownTemplate, find_template
from reparto.rules.preview_template import one_line
from reparto.rules.queries import UnknownRule, find_rule
from reparto.rules.read_merge_values import read_merge_values

from .models import Notification
from .name_together import name_together


class AssignmentCarrier:
    """Sends rows of kind `mail.assigned`."""

    def send(self, row: Outbox) -> str:
        """Send one mail. Raises TryLater, ResultUnknown or Refused."""
        with in_organization(row.organization_id):
            person = find_person(row.body["person_id"])
            if person.suspended_at is not None:
                raise Refused("The person is suspended.")
            with translation.override(person.language), timezone.override(person.time_zone):
                subject, text = (
                    _of_many(row.body, person) if "notification_id" in row.body else _of_one(row.body, person)
                )
        send_mail(EmailMessage(one_line(subject), text, to=[person.email]))
        return ""

    def settled(self, row: Outbox, external_id: str) -> None:
        """Nothing stands beside the row: whoever asks what became of a mail asks the outbox."""


def _of_one(body: dict[str, Any], person: Person) -> tuple[str, str]:
    contact = contacts_by_id([body["contact_id"]]).get(body["contact_id"])
    if contact is None or not _has(person, contact):
        raise Refused("The contact is somebody else's by now.")
    try:
        template = find_template(body["template_id"])
    except UnknownTemplate:
        raise Refused("The template was deleted.") from None
    values = read_merge_values(contact, person_name=person.name, rule_name=_rule_name(body))
    return fill_template(template.subject, values), fill_template(template.body, values)


def _has(person: Person, contact: Contact) -> bool:
    """Say whether a contact, or a conversation of it that is open, is with somebody."""
    if contact.owner_id == person.pk:
        return True
    assigned = assignees_of([talk.pk for talk in open_conversations_of(contact.pk)])
    return any(person.pk in there.person_ids for there in assigned.values())


def _rule_name(body: dict[str, Any]) -> str:
    """Return what the rule was called when it decided; of a row without its name, what it is called."""
    if body.get("rule_name"):
        return str(body["rule_name"])
    try:
        return find_rule(body["rule_id"]).description
    except UnknownRule:
        return ""


def _of_many(body: dict[str, Any], person: Person) -> tuple[str, str]:
    notice = Notification.objects.filter(pk=body["notification_id"]).first()
    if notice is None:
        raise Refused("What was given was taken back.")
    said = ngettext("%(number)d contact is yours now", "%(number)d contacts are yours now", notice.number)
    subject = said % {"number": notice.number}
    words = {"subject": subject, "company": this_organization().name}
    words["link"] = f"{settings.BASE_URL}/contactos?notice={notice.pk}"
    words["names"] = name_together(notice, actor=load_actor(person))
    if not words["names"]:
        return subject, gettext("%(subject)s in %(company)s. They are here:\n\n%(link)s\n") % words
    return subject, gettext(
        "%(subject)s in %(company)s, among them:\n\n%(names)s\n\nAll are here:\n\n%(link)s\n"
    ) % words
