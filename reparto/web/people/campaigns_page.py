"""Campaigns and the people who may take their contacts."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.kit.faults import Invalid
from reparto.people.add_campaign import add_campaign
from reparto.people.models import Person
from reparto.people.queries import all_campaigns, all_people, members_of_campaigns

from ..ask import Ask, faults_by_path
from ..page import Page


class CampaignsPage(Page):
    """`/agentes/campanas`: `name` adds one."""

    action: ClassVar[str] = "campaigns.manage"
    section: ClassVar[str] = "agents"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show all with their members."""
        return show_campaigns(self)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add a campaign."""
        name = request.POST.get("name", "")
        try:
            campaign = add_campaign(name, actor=self.actor, at=self.at)
        except Invalid as invalid:
            return show_campaigns(self, name=name, invalid=invalid)
        said = gettext("The campaign «%(name)s» is there. Now say who is in it.") % {"name": campaign.name}
        return self.done(said, to=reverse("campaigns"))


def show_campaigns(
    page: Page, *, name: str = "", invalid: Invalid | None = None, ticked: Mapping[int, Collection[int]] | None = None
) -> HttpResponse:
    """Show all with their members; `ticked`: who was chosen for a campaign and refused."""
    faults = faults_by_path(invalid)
    fields = [Ask("name", gettext("Name of the campaign"), name, error=faults.get("name", ""), required=True)]
    said = next((text for path, text in faults.items() if path.startswith("person_ids")), "")
    context = {"fields": fields, "campaigns": _campaigns(ticked or {}, said), "tab": "campaigns"}
    return page.show("people/campaigns.html", context, status=422 if invalid else 200)


def _campaigns(ticked: Mapping[int, Collection[int]], said: str) -> list[dict[str, Any]]:
    campaigns, people = list(all_campaigns()), list(all_people())
    members = members_of_campaigns([campaign.pk for campaign in campaigns])
    return [
        {
            "campaign": one,
            "count": len(members.get(one.pk, ())),
            "people": _people(people, members.get(one.pk, ()), ticked.get(one.pk)),
            "fault": said if one.pk in ticked else "",
        }
        for one in campaigns
    ]


def _people(people: Iterable[Person], members: Collection[int], ticked: Collection[int] | None) -> list[dict[str, Any]]:
    """Return who may be chosen, and the suspended who are in it: they may be taken out, and come back with it."""
    offered = [one for one in people if one.suspended_at is None or one.pk in members]
    on = members if ticked is None else ticked
    return [{"person": one, "on": one.pk in on, "had": one.pk in members} for one in offered]
