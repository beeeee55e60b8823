"""
Change an e-mail template; rules that use it send the new words from now on.

Rules name a template by its id, so a new name breaks none.
"""

from collections.abc import Mapping
from datetime import datetime

from reparto.kit.audit import record_audit
from reparto.kit.check_version import check_version
from reparto.kit.faults import Faults
from reparto.kit.organizations import lock_organization
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .add_template import put_into_template
from .find_template import find_template
from .models import Template
from .read_template import TemplateDraft
from .show_template import show_template


def edit_template(
    template_id: int, changes: Mapping[str, str], *, actor: Actor, at: datetime, if_version: int | None = None
) -> Template:
    """
    Change name, subject or body.

    Raises:
        NotAllowed: The actor does not manage rules.
        UnknownTemplate: There is no such template here.
        StaleVersion: Somebody changed it since the actor looked.
        Invalid: With all that is wrong.

    """
    check(actor, "rules.manage")
    lock_organization()
    template = find_template(template_id)
    check_version(template.version, if_version)
    before, faults = show_template(template), Faults()
    put_into_template(template, TemplateDraft(**{**before, **changes}), faults)
    faults.check()
    if show_template(template) == before:
        return template
    template.version += 1
    template.save()
    record_audit(
        actor.person_id,
        "template.edit",
        object_kind="template",
        object_id=template.pk,
        before=before,
        after=show_template(template),
        at=at,
    )
    return template
