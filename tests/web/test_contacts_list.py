"""The list of contacts: tabs, words, filters, pages, and nothing that is not one's to see."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from reparto.contacts.add_custom_field import CustomFieldDraft, add_custom_field
from reparto.engine import fold
from reparto.people.add_group import add_group
from reparto.people.suspend_person import suspend_person
from tests.cast import AT, Cast, a_company, a_person_with, a_stranger
from tests.web.some_contacts import a_contact
from tests.web.visitor import Visitor, statements_of, text


@pytest.fixture
def cast(db: None) -> Cast:
    """The company of these tests."""
    return a_company()


class TestWhatIsShown:
    def test_is_only_what_one_may_see(self, cast: Cast) -> None:
        """Alba sees her own and the free; what Carla of another group has, she does not."""
        a_contact("Mío Uno", by=cast.admin, owner=cast.alba)
        a_contact("Libre Dos", by=cast.admin)
        a_contact("Ajeno Tres", by=cast.admin, owner=cast.carla)
        shown = text(Visitor(cast.alba).get("/contactos"))

        assert "Mío Uno" in shown
        assert "Libre Dos" in shown
        assert "Ajeno Tres" not in shown

    def test_is_nothing_of_another_company(self, cast: Cast) -> None:
        """A stranger's list is empty and says so."""
        a_contact("Nuestra Cliente", by=cast.admin)
        shown = text(Visitor(a_stranger().admin).get("/contactos"))

        assert "Nuestra Cliente" not in shown

    def test_costs_at_most_eight_queries_however_many(self, cast: Cast) -> None:
        """LG-1: Thirty contacts ask the database no more than two do, for whomever; a sign of life is written too."""
        asked: dict[int, list[int]] = {2: [], 30: []}
        visitors = [Visitor(who) for who in (cast.admin, cast.manager, cast.alba)]
        for number in range(1, 31):
            a_contact(f"Contacto {number}", by=cast.admin, owner=cast.alba if number % 2 else None)
            for visitor in visitors if number in asked else ():
                visitor.get("/contactos")
                asked[number].append(len(statements_of(visitor, "/contactos")))

        # One more every twenty seconds, when the sign of life is written.
        assert {2: [7, 7, 7], 30: [7, 7, 7]} == asked


class TestTabs:
    def test_unassigned_shows_those_without_anybody(self, cast: Cast) -> None:
        """*Sin asignar* has the free ones only, and counts them (LG-9)."""
        a_contact("Con Alguien", by=cast.admin, owner=cast.alba)
        a_contact("Sin Nadie", by=cast.admin)
        shown = text(Visitor(cast.manager).get("/contactos", tab="none"))

        assert "Sin Nadie" in shown
        assert "Con Alguien" not in shown
        assert 'id="tab-count-none">1<' in shown

    def test_team_shows_what_the_group_has(self, cast: Cast) -> None:
        """*Mi equipo* has what people of one's own group own."""
        a_contact("Del Norte", by=cast.admin, owner=cast.bruno)
        a_contact("Del Sur", by=cast.admin, owner=cast.carla)
        shown = text(Visitor(cast.manager).get("/contactos", tab="team"))

        assert "Del Norte" in shown
        assert "Del Sur" not in shown

    def test_team_of_who_manages_several_groups_is_all_of_them(self, cast: Cast) -> None:
        """LG-3: *Mi equipo* goes by the groups that one manages, in which one need not be."""
        west = add_group("Oeste", parent_id=cast.root_id, actor=cast.admin, at=AT)
        grants = [("manager", cast.north_id), ("manager", cast.south_id), ("agent", west.pk)]
        both = a_person_with("Dora", *grants, admin=cast.admin, group_id=west.pk)
        for name, owner in (("Del Norte", cast.bruno), ("Del Sur", cast.carla), ("Mío", both)):
            a_contact(name, by=cast.admin, owner=owner)
        shown = text(Visitor(both).get("/contactos", tab="team"))

        assert [True, True, False] == [name in shown for name in ("Del Norte", "Del Sur", ">Mío<")]
        assert 'id="tab-count-team">2<' in shown


class TestFilters:
    def test_are_in_the_address(self, cast: Cast) -> None:
        """A link shows the same list to whoever opens it, each filter as a chip that can be removed (UX-10)."""
        a_contact("De Meta", by=cast.admin, source="Meta Ads")
        a_contact("De Feria", by=cast.admin, source="Feria")
        wanted = {"all": [{"field": "source", "op": "in", "value": ["Meta Ads"]}]}
        shown = text(Visitor(cast.manager).get("/contactos", filter=json.dumps(wanted)))

        assert "De Meta" in shown
        assert "De Feria" not in shown
        assert "1/12" in shown

    def test_that_leave_nothing_say_what_is_behind_them(self, cast: Cast) -> None:
        """An empty list names the last filter and how many there are without it."""
        a_contact("De Feria", by=cast.admin, source="Feria")
        wanted = {"all": [{"field": "source", "op": "in", "value": ["Nadie"]}]}
        shown = text(Visitor(cast.manager).get("/contactos", filter=json.dumps(wanted)))

        assert "hay 1" in shown or "there are 1" in shown

    def test_that_cannot_be_read_are_told(self, cast: Cast) -> None:
        """A broken link says what is wrong with its filter and offers the way out."""
        shown = text(Visitor(cast.manager).get("/contactos", filter='{"field":"nothing","op":"is","value":"x"}'))

        assert 'class="ill bad"' in shown

    def test_a_thirteenth_is_impossible(self, cast: Cast) -> None:
        """With twelve the control is disabled and says so (UX-11)."""
        twelve = {"all": [{"field": "name", "op": "contains", "value": f"n{n}"} for n in range(12)]}
        shown = text(Visitor(cast.manager).get("/contactos", filter=json.dumps(twelve)))

        assert 'aria-disabled="true" title=' in shown
        assert "/contactos/filtro?" not in shown

    def test_are_added_step_by_step_without_javascript(self, cast: Cast) -> None:
        """Field, then operator and value; the answer leads to the list with the filter in its address."""
        visitor = Visitor(cast.manager)
        first = text(visitor.get("/contactos/filtro", tab="none"))
        response = visitor.get("/contactos/filtro", tab="none", field="source", op="in", value="Web, Feria", add="1")

        assert "field=source" in first
        assert 302 == response.status_code
        assert "tab=none" in response.headers["Location"]
        assert "Feria" in response.headers["Location"]

    def test_offer_what_contacts_have_and_take_another_beside(self, cast: Cast) -> None:
        """UX-11: what is usual is ticked or suggested, in the dialog as in the builder, and more may be typed."""
        a_contact("Nueva", by=cast.admin, fields={"status": "Nuevo", "city": "Temuco"})
        visitor = Visitor(cast.manager)
        boxes, suggested = (text(visitor.get("/contactos/filtro", field=field)) for field in ("status", "city"))
        response = visitor.get("/contactos/filtro", field="status", op="in", choice="Nuevo", value="Ganado", add="1")

        assert 'name="choice" value="Nuevo"' in boxes
        assert 'name="value"' in boxes
        assert '<option value="Temuco">' in suggested
        assert parse_qs(urlsplit(response.headers["Location"]).query)["filter"] == [
            '{"all":[{"field":"status","op":"in","value":["Nuevo","Ganado"]}]}'
        ]

    def test_say_of_an_owner_that_they_are_suspended(self, cast: Cast) -> None:
        """EC-23: what somebody had who left can still be looked for, and nobody takes them for present."""
        suspend_person(cast.carla.person_id, actor=cast.admin, at=AT)

        shown = text(Visitor(cast.manager).get("/contactos/filtro", field="owner", op="in"))

        assert "Carla · Acceso suspendido" in shown
        assert "Bruno · " not in shown


class TestPages:
    def test_follow_each_other_without_gaps_or_repeats(self, cast: Cast) -> None:
        """Turning pages forward and back shows each contact once."""
        names = [f"Persona {number:02}" for number in range(30)]
        for name in names:
            a_contact(name, by=cast.admin)
        visitor = Visitor(cast.manager)
        first = visitor.get("/contactos")
        second = text(visitor.client.get(_link(text(first), "next")))
        back = text(visitor.client.get(_link(second, "prev")))

        assert sorted(names) == sorted(name for name in names if (name in text(first)) != (name in second))
        assert all((name in text(first)) == (name in back) for name in names)
        assert "26–30" in second

    @pytest.mark.parametrize("sort", ["name", "-name", "created", "follow_up", "-follow_up"])
    def test_follow_each_other_in_any_order(self, cast: Cast, sort: str) -> None:
        """UX-10: The order is in the address; pages forward and back show each contact once, accents and case ignored."""
        names = ["álamo", "Zuñiga", *(f"Nogal {number:02}" for number in range(28)), "Ñandú"]
        for name in names:
            a_contact(name, by=cast.admin)
        visitor = Visitor(cast.manager)
        first = text(visitor.get("/contactos", sort=sort))
        second = text(visitor.client.get(_link(first, "next")))
        back = text(visitor.client.get(_link(second, "prev")))

        shown = _names(first) + _names(second)
        expected = sorted(names, key=fold) if sort.endswith("name") else names
        assert shown == (expected[::-1] if sort.startswith("-") else expected)
        assert _names(first) == _names(back)
        assert 'aria-sort="' + ("descending" if sort.startswith("-") else "ascending") in first or "follow_up" in sort

    @pytest.mark.parametrize("sort", ["name", "follow_up"])
    def test_begin_behind_nothing_that_one_may_not_see(self, cast: Cast, sort: str) -> None:
        """INV-35: A page behind another's contact is like one behind a contact that never was."""
        hidden = a_contact("Ajena", by=cast.admin, owner=cast.carla)
        a_contact("Zoila", by=cast.admin, owner=cast.alba)
        alba = Visitor(cast.alba)
        pages = [text(alba.get("/contactos", sort=sort, before=str(one))) for one in (hidden.pk, 10**12)]

        assert [[], []] == [_names(page) for page in pages]


def _names(shown: str) -> list[str]:
    return re.findall(r'<a class="name ell"[^>]*><bdi>([^<]+)</bdi></a>', shown)


def _link(shown: str, relation: str) -> str:
    before = shown[: shown.index(f'rel="{relation}"')]
    return before[before.rindex('href="') + 6 : before.rindex('"')].replace("&amp;", "&")


class TestTheRow:
    def test_shows_meta_by_its_mark_and_the_status_by_its_dot(self, cast: Cast) -> None:
        """A source that names Meta has Meta's mark; a known status has its own dot."""
        fields = {"status": "Cotizado", "source": "Meta Lead Ads"}
        a_contact("Marcada", by=cast.admin, fields={"status": fields["status"]}, source=fields["source"])
        shown = text(Visitor(cast.manager).get("/contactos"))

        assert "c-meta" in shown
        assert '<span class="st half warn">Cotizado</span>' in shown

    def test_counts_alike_in_heading_and_tab(self, cast: Cast) -> None:
        """When the tabs look again, the heading comes with them."""
        a_contact("Una", by=cast.admin)
        shown = text(Visitor(cast.manager).by_htmx.get("/contactos", part="tabs"))

        assert 'id="contacts-count" hx-swap-oob="true">1<' in shown
        assert 'id="tab-count-all">1<' in shown

    def test_names_own_fields_by_their_label(self, cast: Cast) -> None:
        """A chip says what the company calls its field, not the key."""
        add_custom_field(CustomFieldDraft("plan_actual", "Plan actual", "text"), actor=cast.admin, at=AT)
        condition = {"all": [{"field": "custom.plan_actual", "op": "is", "value": "Oro"}]}
        shown = text(Visitor(cast.manager).get("/contactos", filter=json.dumps(condition)))

        assert "Plan actual" in shown
        assert ">plan_actual<" not in shown
