"""
Say who may take the contacts of a campaign.

It touches no contact.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext

from reparto.kit.audit import record_audit
from reparto.kit.faults import Faults
from reparto.kit.live import publish

from .actor import Actor
from .models import Campaign
from .permissions import check
from .queries import known_people, lock_campaign, members_of, suspended_among
from .replace_members import replace_members


def set_campaign_members(campaign_id: int, person_ids: Sequence[int], *, actor: Actor, at: datetime) -> Campaign:
    """
    Replace the members of a campaign.

    Raises:
        NotAllowed: The actor does not manage campaigns.
        UnknownCampaign: There is no such campaign here.
        Invalid: Somebody named is not of this organization, or is suspended and was no member before.

    """
    check(actor, "campaigns.manage")
    campaign = lock_campaign(campaign_id)
    faults = Faults()
    known, before = known_people(person_ids), members_of(campaign)
    # Who was suspended while a member stays one, for the day on which they are reactivated.
    known -= suspended_among(known - set(before))
    for place, person_id in enumerate(person_ids):
        if person_id not in known:
            faults.add(f"person_ids[{place}]", "unknown_person", gettext("There is no such person."))
    faults.check()
    replace_members(campaign, known)
    record_audit(
        actor.person_id,
        "campaign.members",
        object_kind="campaign",
        object_id=campaign.pk,
        before={"person_ids": before},
        after={"person_ids": sorted(known)},
        at=at,
    )
    publish(actor.organization_id, "people", known)
    return campaign
