"""Say who may take the contacts of a campaign."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
from reparto.people.change_campaign_members import change_campaign_members

from ..page import Page
from ..read_id import read_id
from .campaigns_page import show_campaigns
from .change_desk import change_desk


class CampaignMembers(Page):
    """`POST /agentes/campanas/<id>`: `person_ids` are ticked, `had` were when the page was drawn."""

    action: ClassVar[str] = "campaigns.manage"
    section: ClassVar[str] = "agents"

    def post(self, request: HttpRequest, campaign_id: int) -> HttpResponse:
        """Put in who was ticked and take out who was unticked; whoever the page did not show stays."""
        ticked, had = (self._ids(name) for name in ("person_ids", "had"))
        come, go = ticked - had, had - ticked
        try:
            campaign = change_desk(
                lambda: change_campaign_members(campaign_id, come=come, go=go, actor=self.actor, at=self.at),
                actor=self.actor,
                at=self.at,
            )
        except Invalid as invalid:
            return show_campaigns(self, invalid=invalid, ticked={campaign_id: ticked})
        said = gettext("The members of «%(name)s» are saved.") % {"name": campaign.name}
        return self.done(said, to=reverse("campaigns"))

    def _ids(self, name: str) -> set[int]:
        return {read_id(one) for one in self.request.POST.getlist(name)}
