"""
Put people into a campaign and take others out.

It starts from who is in it at this instant: of two who change it at once, neither loses the other's.
"""

from collections.abc import Collection
from datetime import datetime

from .actor import Actor
from .models import Campaign
from .permissions import check
from .queries import lock_campaign, members_of
from .set_campaign_members import set_campaign_members


def change_campaign_members(
    campaign_id: int, *, come: Collection[int], go: Collection[int], actor: Actor, at: datetime
) -> Campaign:
    """Put in and take out under the campaign's row. Raises what `set_campaign_members` raises."""
    check(actor, "campaigns.manage")
    there = members_of(lock_campaign(campaign_id))
    wanted = [one for one in dict.fromkeys([*there, *come]) if one not in go]
    return set_campaign_members(campaign_id, wanted, actor=actor, at=at)
