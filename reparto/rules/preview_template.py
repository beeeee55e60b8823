"""
Show a template as it would be sent for a real contact, before it is kept.

It stores and sends nothing; the contact is one that the actor may see, and the actor stands for whoever receives.
"""

from dataclasses import dataclass

from django.utils.translation import gettext

from reparto.contacts.queries import find_contact
from reparto.kit.faults import Faults
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .fill_template import fill_template
from .read_merge_values import read_merge_values
from .read_template import TemplateDraft, read_template


@dataclass(frozen=True, slots=True)
class FilledTemplate:
    """What a mail says."""

    subject: str
    body: str


def preview_template(draft: TemplateDraft, contact_id: int, *, actor: Actor) -> FilledTemplate:
    """
    Return subject and body filled in.

    Raises:
        NotAllowed: The actor does not manage rules.
        UnknownContact: None that the actor may see.
        Invalid: With all that is wrong with the template.

    """
    check(actor, "rules.manage")
    contact = find_contact(contact_id, actor=actor)
    faults = Faults()
    read = read_template(draft, faults, named=False)
    faults.check()
    values = read_merge_values(contact, person_name=actor.name, rule_name=gettext("the rule's name"))
    return FilledTemplate(one_line(fill_template(read.subject, values)), fill_template(read.body, values))


def one_line(subject: str) -> str:
    """Return a subject without line ends, whatever was filled in."""
    return " ".join(subject.split())
