"""The tree of groups: moving with all below, no rings, deleting what is empty; who may see follows at once."""

import pytest

from reparto.contacts.queries import visible_contacts
from reparto.flows.edit_flow import edit_flow
from reparto.flows.publish_flow import publish_flow
from reparto.flows.remove_group import remove_group
from reparto.kit.faults import Invalid
from reparto.kit.models import AuditEntry
from reparto.people.add_group import DEPTH_LIMIT, add_group
from reparto.people.delete_group import delete_group
from reparto.people.in_tree_order import in_tree_order
from reparto.people.move_group import move_group
from reparto.people.order_group import order_group
from reparto.people.permissions import NotAllowed
from reparto.people.queries import UnknownGroup, all_groups, find_group
from tests import cast
from tests.cast import AT, Cast
from tests.flows.some_flows import a_draft, a_flow, assigned, condition, groups, story, tag, wait
from tests.road import a_text, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db: None) -> Cast:
    """A company."""
    return cast.a_company()


def path_of(group_id: int) -> str:
    """Return where a group lies."""
    group = find_group(group_id)
    assert group is not None
    return group.path


def refusal(company: Cast, group_id: int, parent_id: int) -> str:
    """Return why a move is refused."""
    with pytest.raises(Invalid) as refused:
        move_group(group_id, parent_id=parent_id, actor=company.admin, at=AT)
    return refused.value.faults[0].code


class TestMoving:
    def test_all_below_goes_with_it(self, company: Cast) -> None:
        """LG-3: the paths of the whole subtree are those of its new place, and the audit says from where."""
        shop = add_group("Tienda", parent_id=company.north_id, actor=company.admin, at=AT)
        team = add_group("Mañana", parent_id=shop.pk, actor=company.admin, at=AT)

        move_group(shop.pk, parent_id=company.south_id, actor=company.admin, at=AT)

        south = f"/{company.root_id}/{company.south_id}/"
        assert (f"{south}{shop.pk}/", f"{south}{shop.pk}/{team.pk}/") == (path_of(shop.pk), path_of(team.pk))
        entry = AuditEntry.objects.filter(action="group.move").latest("id")
        assert ({"parent_id": company.north_id}, {"parent_id": company.south_id}) == (entry.before, entry.after)

    def test_a_manager_sees_what_came_into_their_group(self, company: Cast) -> None:
        """LG-3: whoever manages the new place sees and assigns the contacts of the group that came."""
        contact = cast.a_contact(admin=company.admin, owner=company.carla)
        assert not visible_contacts(company.manager).filter(pk=contact.pk).exists()

        move_group(company.south_id, parent_id=company.north_id, actor=company.admin, at=AT)

        assert visible_contacts(cast.actor(company.manager.person_id)).filter(pk=contact.pk).exists()

    def test_no_rings(self, company: Cast) -> None:
        """A group is never inside itself, the root stays, and a stranger's group is no place."""
        inside = add_group("Dentro", parent_id=company.north_id, actor=company.admin, at=AT)
        foreign = cast.a_stranger().root_id

        assert "inside_itself" == refusal(company, company.north_id, inside.pk)
        assert "inside_itself" == refusal(company, company.north_id, company.north_id)
        assert "is_root" == refusal(company, company.root_id, company.north_id)
        assert "unknown_group" == refusal(company, company.north_id, foreign)
        assert "unknown_group" == refusal(company, company.north_id, 2**70)

    def test_the_depth_of_what_moves_counts(self, company: Cast) -> None:
        """A subtree goes nowhere where its lowest group would lie deeper than is allowed."""
        deep = company.north_id
        for _ in range(DEPTH_LIMIT - 1):
            deep = add_group("Más", parent_id=deep, actor=company.admin, at=AT).pk
        add_group("Abajo", parent_id=company.south_id, actor=company.admin, at=AT)
        above = find_group(deep)
        assert above is not None

        assert "too_deep" == refusal(company, company.south_id, above.parent_id or 0)

    def test_where_it_is_already(self, company: Cast) -> None:
        """Dropped where it was, nothing is on record."""
        move_group(company.north_id, parent_id=company.root_id, actor=company.admin, at=AT)

        assert not AuditEntry.objects.filter(action="group.move").exists()

    def test_who_may(self, company: Cast) -> None:
        """Only an administrator moves; another company's group does not exist."""
        with pytest.raises(NotAllowed):
            move_group(company.north_id, parent_id=company.south_id, actor=company.manager, at=AT)
        with pytest.raises(UnknownGroup):
            move_group(cast.a_stranger().root_id, parent_id=company.south_id, actor=company.admin, at=AT)


class TestOrder:
    def test_is_kept_among_those_beside_each_other(self, company: Cast) -> None:
        """Before or behind another; recorded once; what comes later stands last, and a cousin is no neighbour."""
        north, south, root = company.north_id, company.south_id, company.root_id
        inside = add_group("Dentro", parent_id=north, actor=company.admin, at=AT)

        for _ in range(2):
            order_group(south, beside_id=north, side="before", actor=company.admin, at=AT)
        new = add_group("Aconcagua", parent_id=root, actor=company.admin, at=AT)
        move_group(inside.pk, parent_id=root, actor=company.admin, at=AT)

        assert [root, south, north, new.pk, inside.pk] == [one.pk for one in in_tree_order(all_groups())]
        entry = AuditEntry.objects.get(action="group.order")
        assert ({"order": [north, south]}, {"order": [south, north]}) == (entry.before, entry.after)
        with pytest.raises(Invalid):
            order_group(south, beside_id=root, side="before", actor=company.admin, at=AT)
        with pytest.raises(NotAllowed):
            order_group(south, beside_id=north, side="behind", actor=company.manager, at=AT)


class TestDeleting:
    def test_an_empty_one_goes(self, company: Cast) -> None:
        """An empty group is deleted, and the audit keeps its name."""
        empty = add_group("Vacío", actor=company.admin, at=AT)

        remove_group(empty.pk, actor=company.admin, at=AT)

        assert find_group(empty.pk) is None
        assert "Vacío" == AuditEntry.objects.filter(action="group.delete").latest("id").before["name"]

    def test_what_is_not_empty_stays(self, company: Cast) -> None:
        """With people or groups in it, or as the root, a group stays."""
        parent = add_group("Padre", actor=company.admin, at=AT)
        add_group("Hijo", parent_id=parent.pk, actor=company.admin, at=AT)

        for group_id, code in ((company.north_id, "not_empty"), (parent.pk, "not_empty"), (company.root_id, "is_root")):
            with pytest.raises(Invalid) as refused:
                remove_group(group_id, actor=company.admin, at=AT)
            assert code == refused.value.faults[0].code

    def test_what_is_named_stays(self, company: Cast) -> None:
        """EC-8: what a rule, a role or an account names is not deleted under it."""
        ruled, granted, used = (add_group(name, actor=company.admin, at=AT) for name in ("Regla", "Rol", "Cuenta"))
        cast.a_rule(admin=company.admin, assign_to=({"group_id": ruled.pk}, {"person_id": company.alba.person_id}))
        cast.a_person("Gema", role="manager", group_id=granted.pk, admin=company.admin)
        cast.an_account(admin=company.admin, group_id=used.pk)

        for group in (ruled, granted, used):
            with pytest.raises(Invalid):
                remove_group(group.pk, actor=company.admin, at=AT)
            assert find_group(group.pk) is not None

    def test_what_a_flow_names_stays(self, company: Cast) -> None:
        """AC-4: a draft, the version in force and one that is still at work hold the groups that they name."""
        drafted, held, working = (add_group(name, actor=company.admin, at=AT) for name in ("Uno", "Dos", "Tres"))
        account = cast.a_whatsapp_account(admin=company.admin, auto=(company.alba,))
        otherwise = condition({"field": "kind", "op": "is", "value": "client"}, groups(held.pk))
        a_draft(company, groups(drafted.pk), name="Borrador")
        a_flow(company, otherwise, name="En vigor")
        changed = a_flow(company, wait(1), groups(working.pk), name="En marcha")
        write(account, a_text(cast.a_phone()))
        edit_flow(changed.pk, {"steps": [tag("x")]}, actor=company.admin, at=AT)
        publish_flow(changed.pk, actor=company.admin, at=AT)

        for group, name in ((drafted, "Borrador"), (held, "En vigor"), (working, "En marcha")):
            with pytest.raises(Invalid, match=name):
                remove_group(group.pk, actor=company.admin, at=AT)

    def test_a_flow_says_of_a_group_that_is_gone(self, company: Cast) -> None:
        """A step whose groups are not there any more names nobody, and its story does not say that it did."""
        account = cast.a_whatsapp_account(admin=company.admin, auto=(company.carla,))
        gone = add_group("Vacío", actor=company.admin, at=AT)
        a_flow(company, groups(gone.pk), groups(gone.pk, company.south_id))
        delete_group(gone.pk, actor=company.admin, at=AT)
        write(account, a_text(cast.a_phone()))

        assert ["gone", "named"] == story()
        assert {company.south_id} == assigned()[1]
