"""Say who may take the contacts of a campaign."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
from reparto.people.set_campaign_members import set_campaign_members

from ..page import Page
from .change_desk import change_desk


class CampaignMembers(Page):
    """`POST /agentes/campanas/<id>`: `person_ids`, all of them."""

    action: ClassVar[str] = "campaigns.manage"

    def post(self, request: HttpRequest, campaign_id: int) -> HttpResponse:
        """Replace the members."""
        wanted = [int(one) for one in request.POST.getlist("person_ids") if one.isdecimal() and len(one) < 19]
        try:
            campaign = change_desk(
                lambda: set_campaign_members(campaign_id, wanted, actor=self.actor, at=self.at),
                actor=self.actor,
                at=self.at,
            )
        except Invalid as invalid:
            return self.done(invalid.faults[0].message, to=reverse("campaigns"))
        said = gettext("The members of «%(name)s» are saved.") % {"name": campaign.name}
        return self.done(said, to=reverse("campaigns"))
