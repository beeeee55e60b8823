"""
Store who may take the contacts of a campaign.

It checks nothing; `set_campaign_members` did.
"""

from collections.abc import Iterable

from .models import Campaign, CampaignMember
from .queries import members_of


def replace_members(campaign: Campaign, person_ids: Iterable[int]) -> None:
    """Store exactly these members."""
    wanted, had = set(person_ids), set(members_of(campaign))
    CampaignMember.objects.filter(campaign=campaign, person_id__in=had - wanted).delete()
    CampaignMember.objects.bulk_create(
        CampaignMember(organization_id=campaign.organization_id, campaign=campaign, person_id=person_id)
        for person_id in sorted(wanted - had)
    )
