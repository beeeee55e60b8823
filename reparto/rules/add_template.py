"""
Keep a new e-mail template.

Only who manages rules may; no rule uses it yet.
"""

from datetime import datetime

from django.utils.translation import gettext

from reparto.engine import fold
from reparto.kit.audit import record_audit
from reparto.kit.faults import Faults
from reparto.kit.organizations import lock_organization
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .find_template import count_templates, name_taken
from .models import Template
from .read_template import TemplateDraft, read_template
from .show_template import show_template

MOST_KEPT = 200


def add_template(draft: TemplateDraft, *, actor: Actor, at: datetime) -> Template:
    """
    Add a template.

    Raises:
        NotAllowed: The actor does not manage rules.
        Invalid: With all that is wrong: blank, too long, a field that there is not, a name that is taken.

    """
    check(actor, "rules.manage")
    lock_organization()
    faults = Faults()
    template = Template(organization_id=actor.organization_id)
    put_into_template(template, draft, faults)
    if count_templates() >= MOST_KEPT:
        faults.add("name", "too_many", gettext("At most %(limit)d are kept.") % {"limit": MOST_KEPT})
    faults.check()
    template.save(force_insert=True)
    record_audit(
        actor.person_id,
        "template.add",
        object_kind="template",
        object_id=template.pk,
        before=None,
        after=show_template(template),
        at=at,
    )
    return template


def put_into_template(template: Template, draft: TemplateDraft, faults: Faults) -> None:
    """Put what was written into a template, with its faults."""
    read = read_template(draft, faults)
    template.name, template.subject, template.body = read.name, read.subject, read.body
    template.folded = fold(read.name)
    if read.name and name_taken(template.folded, but=template.pk):
        faults.add("name", "taken", gettext("There is one of this name already."))
