"""Campaigns: contacts, and the people who may take them."""

from collections.abc import Sequence
from typing import Any

from ninja import Query, Router

from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.wake_waiting import wake_waiting
from reparto.people.add_campaign import add_campaign
from reparto.people.models import Campaign
from reparto.people.queries import all_campaigns, members_of_campaigns
from reparto.people.set_campaign_members import set_campaign_members

from .action import action
from .cut_page import Window, answer_page, cut_page
from .request import ApiRequest
from .shapes import Answer, Ids, Line, Page, PathId, Shape

router = Router(tags=["campaigns"])


class CampaignBody(Shape):
    """A campaign to be added."""

    name: Line


class MembersBody(Shape):
    """Who may take its contacts: all of them, not only the new ones."""

    person_ids: Ids


class CampaignAnswer(Answer):
    """A campaign."""

    id: int
    name: str
    person_ids: list[int]


def show_campaigns(campaigns: Sequence[Campaign]) -> list[dict[str, Any]]:
    """Return campaigns with their members (one query however many)."""
    members = members_of_campaigns([campaign.pk for campaign in campaigns])
    return [
        {"id": campaign.pk, "name": campaign.name, "person_ids": members.get(campaign.pk, [])} for campaign in campaigns
    ]


@router.get("/campaigns", response=Page[CampaignAnswer])
@action("people.view")
def list_campaigns(request: ApiRequest, window: Query[Window]) -> dict[str, Any]:
    """List the campaigns, newest first."""
    page, after = cut_page(all_campaigns(), window)
    return answer_page(show_campaigns(page), after)


@router.post("/campaigns", response={201: CampaignAnswer})
@action("campaigns.manage")
def create_campaign(request: ApiRequest, body: CampaignBody) -> dict[str, Any]:
    """Add a campaign; nobody is in it yet."""
    return show_campaigns([add_campaign(body.name, actor=request.actor, at=request.at)])[0]


@router.put("/campaigns/{campaign_id}/members", response=CampaignAnswer)
@action("campaigns.manage")
def choose_members(request: ApiRequest, campaign_id: PathId, body: MembersBody) -> dict[str, Any]:
    """Say who may take the contacts of a campaign."""
    organization_id = request.actor.organization_id
    lock_desk(organization_id)
    campaign = set_campaign_members(campaign_id, body.person_ids, actor=request.actor, at=request.at)
    wake_waiting(organization_id, reason="people", at=request.at)
    return show_campaigns([campaign])[0]
