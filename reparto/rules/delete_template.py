"""
Delete an e-mail template that no rule and no draft of rules names.

A mail that waits to be sent with it does not leave any more.
"""

from datetime import datetime

from django.utils.translation import gettext

from reparto.kit.audit import record_audit
from reparto.kit.check_version import check_version
from reparto.kit.faults import Fault, Invalid
from reparto.kit.organizations import lock_organization
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .find_template import find_template, remove_template, uses_of_template
from .show_template import show_template

#: Rules named in a refusal.
NAMED = 5


def delete_template(template_id: int, *, actor: Actor, at: datetime, if_version: int | None = None) -> None:
    """
    Delete a template.

    Raises:
        NotAllowed: The actor does not manage rules.
        UnknownTemplate: There is no such template here.
        StaleVersion: Somebody changed it since the actor looked.
        Invalid: `in_use`, with the rules that name it.

    """
    check(actor, "rules.manage")
    # Whoever writes a rule takes this lock too: none can begin to use it meanwhile.
    lock_organization()
    template = find_template(template_id)
    check_version(template.version, if_version)
    used = uses_of_template(template_id)
    if used:
        said = gettext("It is used by: %(names)s. Choose another template there first.")
        raise Invalid((Fault("template_id", "in_use", said % {"names": ", ".join(used[:NAMED])}),))
    remove_template(template)
    record_audit(
        actor.person_id,
        "template.delete",
        object_kind="template",
        object_id=template_id,
        before=show_template(template),
        after=None,
        at=at,
    )
