"""The tree of groups and the campaigns, on their pages."""

import re

import pytest
from django.http import HttpResponse

from reparto.kit.tenancy import enter_organization
from reparto.people.actor import Actor
from reparto.people.models import Campaign, Group
from reparto.people.queries import members_of
from tests import cast
from tests.cast import Cast
from tests.web.visitor import Visitor, text, toast

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Cast:
    """A company, entered."""
    return cast.a_company()


class TestGroupsAndCampaigns:
    """The tree, and campaigns with their members."""

    def test_add_and_rename(self, company: Cast) -> None:
        """A group is added inside another and renamed; a name too long is refused in its place, and kept."""
        visitor = Visitor(company.admin)
        visitor.post("/agentes/grupos", name="Tienda", parent_id=company.north_id)
        visitor.post("/agentes/grupos", name="Sur Grande", group_id=company.south_id)
        refused = visitor.post("/agentes/grupos", name="Ñ" * 201, group_id=company.south_id)

        enter_organization(company.organization_id)
        assert company.north_id == Group.objects.get(name="Tienda").parent_id
        assert "Sur Grande" == Group.objects.get(pk=company.south_id).name
        assert (422, 1) == (refused.status_code, text(refused).count('class="fault"'))
        assert f'value="{"Ñ" * 201}"' in text(refused)

    def test_move_and_back(self, company: Cast) -> None:
        """LG-3: a group is moved by its form, Z puts it back; into itself it does not go, and the page says so."""
        visitor = Visitor(company.admin)
        moved = visitor.by_htmx.post(f"/agentes/grupos/{company.south_id}/mover", parent_id=company.north_id)
        page = text(visitor.get("/agentes/grupos"))
        refused = visitor.client.post(
            f"/agentes/grupos/{company.north_id}/mover", {"parent_id": company.south_id}, follow=True
        )
        visitor.post(f"/agentes/grupos/{company.south_id}/mover?parent_id={company.root_id}")

        assert f"/agentes/grupos#g{company.south_id}" == moved.headers["HX-Redirect"]
        assert f'data-path="/{company.root_id}/{company.north_id}/{company.south_id}/"' in page
        assert "no puede estar dentro de sí" in text(refused)
        assert ('class="toast error"' in text(refused), 'class="toast"' in told(refused)) == (True, False)
        enter_organization(company.organization_id)
        assert company.root_id == Group.objects.get(pk=company.south_id).parent_id

    def test_order_and_back(self, company: Cast) -> None:
        """Issue 3: groups beside each other are ordered by their buttons, the new one comes last, Z puts it back."""
        visitor, north, south = Visitor(company.admin), company.north_id, company.south_id
        url = f"/agentes/grupos/{south}/mover"
        ordered = visitor.by_htmx.post(url, parent_id=company.root_id, before=north)
        visitor.post("/agentes/grupos", name="Aconcagua", parent_id=company.root_id)
        first = order_of(visitor)
        wrong = visitor.post(url, parent_id=north, before=company.root_id)
        visitor.post(toast(ordered)["undo"] if toast(ordered) else f"{url}?parent_id={company.root_id}&behind={north}")

        assert ["Sur", "Norte", "Aconcagua"] == first
        assert ["Norte", "Sur", "Aconcagua"] == order_of(visitor)
        assert 302 == wrong.status_code
        enter_organization(company.organization_id)
        assert company.root_id == Group.objects.get(pk=south).parent_id

    def test_delete_an_empty_one(self, company: Cast) -> None:
        """Only an empty group offers to be deleted; it goes."""
        visitor = Visitor(company.admin)
        visitor.post("/agentes/grupos", name="Vacío", parent_id=company.root_id)
        page = text(visitor.get("/agentes/grupos"))
        enter_organization(company.organization_id)
        empty = Group.objects.get(name="Vacío")
        visitor.post(f"/agentes/grupos/{empty.pk}/eliminar")

        assert 1 == page.count("/eliminar")
        enter_organization(company.organization_id)
        assert not Group.objects.filter(pk=empty.pk).exists()

    def test_members(self, company: Cast) -> None:
        """A campaign is added, its members come and go; a stranger among them is refused."""
        visitor = Visitor(company.admin)
        visitor.post("/agentes/campanas", name="Otoño")
        enter_organization(company.organization_id)
        campaign = Campaign.objects.get()
        url, alba, bruno = f"/agentes/campanas/{campaign.pk}", company.alba.person_id, company.bruno.person_id
        visitor.post(url, person_ids=[alba])
        refused = visitor.post(url, had=[alba], person_ids=[alba, company.carla.person_id, _id(cast.a_stranger().alba)])

        enter_organization(company.organization_id)
        assert [alba] == members_of(campaign)
        assert (422, 2) == (
            refused.status_code,
            len(re.findall(r'name="person_ids" value="\d+" checked', text(refused))),
        )
        # A page that was drawn while nobody was in it takes nobody out.
        visitor.post(url, person_ids=[bruno])
        enter_organization(company.organization_id)
        assert [alba, bruno] == members_of(campaign)


def told(response: HttpResponse) -> str:
    """Return the toasts that a page brings along."""
    return text(response).partition('id="toasts"')[2].partition("<template")[0]


def order_of(visitor: Visitor) -> list[str]:
    """Return the groups below the root as the page lists them."""
    return re.findall(r'<li class="d1" [^>]*data-name="([^"]+)"', text(visitor.get("/agentes/grupos")))


def _id(actor: Actor) -> int:
    return actor.person_id
