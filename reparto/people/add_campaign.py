"""
Add a campaign.

It has no members until `set_campaign_members` names them.
"""

from datetime import datetime

from reparto.kit.audit import record_audit
from reparto.kit.faults import Faults
from reparto.kit.read_text import read_line

from .actor import Actor
from .models import Campaign
from .permissions import check

NAME_LIMIT = 200


def add_campaign(name: str, *, actor: Actor, at: datetime) -> Campaign:
    """
    Add a campaign.

    Raises:
        NotAllowed: The actor does not manage campaigns.
        Invalid: The name is blank or too long.

    """
    check(actor, "campaigns.manage")
    faults = Faults()
    name = read_line(name, path="name", limit=NAME_LIMIT, faults=faults)
    faults.check()
    campaign = Campaign(organization_id=actor.organization_id, name=name)
    campaign.save(force_insert=True)
    record_audit(
        actor.person_id,
        "campaign.add",
        object_kind="campaign",
        object_id=campaign.pk,
        before=None,
        after={"name": name},
        at=at,
    )
    return campaign
