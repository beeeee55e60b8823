"""Campaigns and the people who may take their contacts."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
from reparto.people.add_campaign import add_campaign
from reparto.people.queries import all_campaigns, all_people, members_of_campaigns

from ..ask import Ask, faults_by_path
from ..page import Page


class CampaignsPage(Page):
    """`/agentes/campanas`: `name` adds one."""

    action: ClassVar[str] = "campaigns.manage"
    section: ClassVar[str] = "agents"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show all with their members."""
        return self._ask("", None)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add a campaign."""
        name = request.POST.get("name", "")
        try:
            campaign = add_campaign(name, actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self._ask(name, invalid)
        said = gettext("The campaign «%(name)s» is there. Now say who is in it.") % {"name": campaign.name}
        return self.done(said, to=reverse("campaigns"))

    def _ask(self, name: str, invalid: Invalid | None) -> HttpResponse:
        faults = faults_by_path(invalid)
        fields = [Ask("name", gettext("Name of the campaign"), name, error=faults.get("name", ""), required=True)]
        context = {"fields": fields, "campaigns": _campaigns(), "tab": "campaigns"}
        return self.show("people/campaigns.html", context, status=422 if invalid else 200)


def _campaigns() -> list[dict[str, Any]]:
    campaigns, people = list(all_campaigns()), list(all_people().filter(suspended_at__isnull=True))
    members = members_of_campaigns([campaign.pk for campaign in campaigns])
    return [
        {
            "campaign": campaign,
            "count": len(members.get(campaign.pk, ())),
            "people": [{"person": one, "on": one.pk in members.get(campaign.pk, ())} for one in people],
        }
        for campaign in campaigns
    ]
