"""The forms of a contact: preset to whoever writes it, all faults at once, nothing typed twice."""

import re
from html import unescape

import pytest
from django.http import HttpResponse

from reparto.contacts.models import Contact
from reparto.contacts.queries import addresses_of, find_contact, tags_of, visible_contacts
from reparto.people.add_campaign import add_campaign
from reparto.people.set_campaign_members import set_campaign_members
from reparto.people.suspend_person import suspend_person
from tests.cast import AT, Cast, a_company, actor
from tests.web.some_contacts import a_contact
from tests.web.visitor import Visitor, text


@pytest.fixture
def cast(db: None) -> Cast:
    """The company of these tests."""
    return a_company()


def create(visitor: Visitor, **form: object) -> HttpResponse:
    """Send the form of a new contact."""
    return visitor.post("/contactos/nuevo", **{"name": "Nueva Persona", "kind": "prospect", **form})


def sent_by(page: HttpResponse) -> dict[str, list[str] | str]:
    """Return what a browser would send of the form of a contact, were nothing typed."""
    form = text(page).partition('<form class="form')[2].partition("</form>")[0]
    sent: dict[str, list[str] | str] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        had = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if had.get("type") not in ("radio", "checkbox") or " checked" in tag:
            sent[had["name"]] = unescape(had.get("value", ""))
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        sent[name] = next(iter(re.findall(r'value="([^"]*)" selected', options)), "")
    values = re.findall(r'name="address_value" value="([^"]*)"', form)
    return sent | {"address_value": values, "address_kind": ["phone"] * len(values)}


def the_only(cast: Cast) -> Contact:
    """Return the one contact of the company."""
    (contact,) = visible_contacts(cast.admin)
    return contact


class TestANewContact:
    def test_is_preset_to_whoever_writes_it(self, cast: Cast) -> None:
        """The form's *Encargado* is the person who opens it (LG-7)."""
        shown = text(Visitor(cast.alba).get("/contactos/nuevo"))

        assert f'value="{cast.alba.person_id}" selected' in shown

    def test_is_theirs_unless_cleared(self, cast: Cast) -> None:
        """Left as it is it is its maker's; cleared it is nobody's (LG-7, LG-11)."""
        create(Visitor(cast.alba), name="Mía", owner=cast.alba.person_id)
        create(Visitor(cast.alba), name="De nadie", owner="")
        owners = {contact.name: contact.owner_id for contact in visible_contacts(cast.admin)}

        assert {"Mía": cast.alba.person_id, "De nadie": None} == owners

    def test_keeps_addresses_tags_and_fields(self, cast: Cast) -> None:
        """What was typed is what is stored."""
        create(
            Visitor(cast.manager),
            address_kind=["phone", "email"],
            address_value=["55 1234 5678", ""],
            tags="flota, SUV",
            **{"field.company": "Transportes Ñuble"},
        )
        contact = the_only(cast)

        assert "Transportes Ñuble" == contact.fields["company"]
        assert ["flota", "SUV"] == sorted(tags_of([contact.pk])[contact.pk], key=str.casefold)

    def test_shows_every_fault_beside_its_box_and_keeps_what_was_typed(self, cast: Cast) -> None:
        """A wrong phone and a wrong e-mail are both told at once; the name is still there."""
        response = create(
            Visitor(cast.alba), name="Casi Lista", address_kind=["phone", "email"], address_value=["12", "no es correo"]
        )

        assert 422 == response.status_code
        assert 2 == text(response).count('class="fault" id="address-')
        assert 'value="Casi Lista"' in text(response)
        assert not visible_contacts(cast.admin).exists()

    def test_a_name_of_ten_thousand_letters_is_told_beside_it_and_kept(self, cast: Cast) -> None:
        """Bad input: nothing is cut in silence; a name written from right to left is stored as it was typed."""
        refused = create(Visitor(cast.manager), name="ñ" * 10_000)
        create(Visitor(cast.manager), name="\u0645\u0631\u064a\u0645 Haddad")

        assert 422 == refused.status_code
        assert "ñ" * 10_000 in text(refused)
        assert 'aria-invalid="true"' in text(refused)
        assert "\u0645\u0631\u064a\u0645 Haddad" == the_only(cast).name

    def test_whose_phone_is_taken_names_the_contact_and_its_owner(self, cast: Cast) -> None:
        """A duplicate is shown with its owner, and leads to it."""
        other = a_contact("Ya Estaba", by=cast.admin, owner=cast.bruno, phone="+525512345678")
        response = create(Visitor(cast.manager), address_kind=["phone"], address_value=["55 1234 5678"])

        assert 422 == response.status_code
        assert "Ya Estaba" in text(response)
        assert f'href="/contactos/{other.pk}"' in text(response)
        assert "(<bdi>Bruno</bdi>)" in text(response)

    def test_does_not_name_a_duplicate_that_is_not_theirs_to_see(self, cast: Cast) -> None:
        """Carla learns that the phone is taken, not by whom."""
        a_contact("Secreta", by=cast.admin, owner=cast.alba, phone="+525512345678")
        response = create(Visitor(cast.carla), address_kind=["phone"], address_value=["55 1234 5678"])

        assert 422 == response.status_code
        assert "Secreta" not in text(response)

    def test_cannot_be_given_to_another_by_an_agent(self, cast: Cast) -> None:
        """A forged owner is refused whole: no contact either; what was typed is still there."""
        response = create(Visitor(cast.alba), name="Casi Lista", owner=cast.bruno.person_id)

        assert (403, 1) == (response.status_code, text(response).count('class="fault"'))
        assert 'value="Casi Lista"' in text(response)
        assert not visible_contacts(cast.admin).exists()

    def test_of_a_campaign_that_is_not_the_agents_says_so_beside_it(self, cast: Cast) -> None:
        """LG-2, LG-7: an agent is offered their own campaigns only; a forged one is told beside its box."""
        closed, theirs = (add_campaign(name, actor=cast.admin, at=AT) for name in ("Cerrada", "Mía"))
        set_campaign_members(theirs.pk, [cast.alba.person_id], actor=cast.admin, at=AT)
        visitor = Visitor(actor(cast.alba.person_id))
        offered = text(visitor.get("/contactos/nuevo"))
        refused = create(visitor, name="Casi Lista", owner=cast.alba.person_id, campaign=closed.pk)

        assert ("Mía" in offered, "Cerrada" in offered) == (True, False)
        assert (403, 1) == (refused.status_code, text(refused).count('id="campaign-hint"'))
        assert 'value="Casi Lista"' in text(refused)
        assert not visible_contacts(cast.admin).exists()

    def test_for_somebody_suspended_meanwhile_keeps_what_was_typed(self, cast: Cast) -> None:
        """EC-23: whoever was suspended while the form was open is refused beside the box, on both forms."""
        contact = a_contact("Libre", by=cast.admin)
        suspend_person(cast.bruno.person_id, actor=cast.admin, at=AT)
        visitor, gone = Visitor(cast.manager), cast.bruno.person_id
        created = create(visitor, name="Casi Lista", owner=gone, address_kind="phone", address_value="55 1234 5678")
        edited = visitor.post(f"/contactos/{contact.pk}/editar", name="Casi Lista", owner=gone, version=1)

        for refused in (created, edited):
            assert 422 == refused.status_code
            assert 'value="Casi Lista"' in text(refused)
            assert "Esa persona ya no está aquí." in text(refused)
            assert "Ya está en la lista" not in text(refused)
        assert "Libre" == the_only(cast).name


class TestAnEditedContact:
    def test_may_be_given_to_anybody_of_theirs_by_a_manager(self, cast: Cast) -> None:
        """A manager's form has the agents of their scope and changes the owner (LG-8)."""
        contact = a_contact("Libre", by=cast.admin)
        visitor = Visitor(cast.manager)
        visitor.post(f"/contactos/{contact.pk}/editar", name="Libre", owner=cast.bruno.person_id, version=1)

        assert f'value="{cast.carla.person_id}"' not in text(visitor.get(f"/contactos/{contact.pk}/editar"))
        assert cast.bruno.person_id == find_contact(contact.pk, actor=cast.admin).owner_id

    def test_offers_an_agent_only_themself(self, cast: Cast) -> None:
        """An agent may take a free contact by the form, and nothing else (LG-8)."""
        contact = a_contact("Libre", by=cast.admin)
        shown = text(Visitor(cast.alba).get(f"/contactos/{contact.pk}/editar"))

        assert f'value="{cast.alba.person_id}"' in shown
        assert f'value="{cast.bruno.person_id}"' not in shown

    def test_taken_and_put_out_of_reach_keeps_what_was_typed(self, cast: Cast) -> None:
        """LG-8: an agent who takes a contact and names a campaign that is not theirs is told so beside the campaign."""
        contact = a_contact("Libre", by=cast.admin)
        closed = add_campaign("Cerrada", actor=cast.admin, at=AT)
        form = {"name": "Casi Lista", "owner": cast.alba.person_id, "campaign": closed.pk, "version": 1}
        response = Visitor(cast.alba).post(f"/contactos/{contact.pk}/editar", **form)

        assert (403, 1) == (response.status_code, text(response).count('id="campaign-hint"'))
        assert 'value="Casi Lista"' in text(response)
        assert ("Libre", None) == (the_only(cast).name, the_only(cast).owner_id)

    def test_of_somebody_else_is_not_an_agents_to_edit(self, cast: Cast) -> None:
        """What one sees but may not change answers 403; what one does not see, 404."""
        contact = a_contact("De Bruno", by=cast.admin, owner=cast.bruno)

        assert 403 == Visitor(cast.alba).get(f"/contactos/{contact.pk}/editar").status_code
        assert 404 == Visitor(cast.carla).get(f"/contactos/{contact.pk}/editar").status_code

    def test_that_changed_meanwhile_is_not_overwritten(self, cast: Cast) -> None:
        """A form of an old state says so, keeps what was typed and changes nothing."""
        contact = a_contact("Antes", by=cast.admin)
        visitor = Visitor(cast.manager)
        visitor.post(f"/contactos/{contact.pk}/editar", name="Primero", version=1)
        response = visitor.post(f"/contactos/{contact.pk}/editar", name="Segundo", version=1)

        assert 412 == response.status_code
        assert 'value="Segundo"' in text(response)
        assert "Primero" == find_contact(contact.pk, actor=cast.admin).name

    def test_shows_what_both_wrote_and_takes_only_what_was_changed(self, cast: Cast) -> None:
        """UX-5: of a form that got old, theirs stands where nothing was typed; where both wrote, one chooses a side."""
        contact = a_contact("Antes", by=cast.admin, fields={"company": "Vieja"}, phone="+573001234567")
        path, visitor = f"/contactos/{contact.pk}/editar", Visitor(cast.manager)
        old = sent_by(visitor.get(path))
        theirs = {"name": "De Ada", "field.city": "Talca", "tags": "vip"}
        Visitor(cast.admin).post(path, **(sent_by(Visitor(cast.admin).get(path)) | theirs))
        stale = visitor.post(path, **(old | {"name": "De Marta", "field.company": "Nueva"}))
        form = sent_by(stale)

        assert (412, 2) == (stale.status_code, text(stale).count('name="keep.'))
        assert ["De Marta", "Nueva", "Talca", "vip"] == [
            form[one] for one in ("name", "field.company", "field.city", "tags")
        ]
        assert 302 == visitor.post(path, **(form | {"keep.name": "theirs"})).status_code
        kept = find_contact(contact.pk, actor=cast.admin)
        assert ("De Ada", {"company": "Nueva", "city": "Talca"}) == (kept.name, kept.fields)
        assert ["vip"] == tags_of([kept.pk])[kept.pk]

    def test_takes_what_both_changed_of_a_list(self, cast: Cast) -> None:
        """UX-5: tags and addresses clash one by one: what either added stays, what either removed is gone, nothing is asked."""
        contact = a_contact("Ana", by=cast.admin, phone="+573001234567", tags=("vip", "norte"))
        path, visitor = f"/contactos/{contact.pk}/editar", Visitor(cast.manager)
        old, phones = sent_by(visitor.get(path)), ["+573001234567", "+573001234568", "+573001234569"]
        theirs = {"tags": "vip, flota", "address_value": [phones[1], phones[0]], "address_kind": ["phone"] * 2}
        Visitor(cast.admin).post(path, **(sent_by(Visitor(cast.admin).get(path)) | theirs))
        mine = {"tags": "VIP, Norte, diésel", "address_value": [phones[0], phones[2]], "address_kind": ["phone"] * 2}
        stale = visitor.post(path, **(old | mine))

        assert (412, 0) == (stale.status_code, text(stale).count('name="keep.'))
        visitor.post(path, **sent_by(stale))
        assert {"vip", "flota", "diésel"} == set(tags_of([contact.pk])[contact.pk])
        found = [one.value for one in addresses_of([contact.pk])[contact.pk]]
        assert (phones[1], set(phones)) == (found[0], set(found))

    def test_says_beside_it_which_address_both_wrote_anew(self, cast: Cast) -> None:
        """UX-5: where both corrected the same number, both stand in the form, and mine says what the other wrote."""
        contact = a_contact("Ana", by=cast.admin, phone="+573001234567")
        path, visitor = f"/contactos/{contact.pk}/editar", Visitor(cast.manager)
        old, kind = sent_by(visitor.get(path)), {"address_kind": ["phone"]}
        Visitor(cast.admin).post(path, **(old | kind | {"address_value": ["+573001234568"]}))
        shown = text(visitor.post(path, **(old | kind | {"address_value": ["+573001234569"]})))

        assert re.search(r'value="\+573001234569"[^>]*aria-invalid="true"', shown)
        assert re.search(r'value="\+573001234568"', shown)
        assert 1 == shown.count('class="fault"')

    def test_loses_what_was_emptied(self, cast: Cast) -> None:
        """An emptied field is gone; one that was not in the form stays."""
        contact = a_contact("Con Datos", by=cast.admin, fields={"company": "Vieja", "city": "Talca"})
        Visitor(cast.manager).post(f"/contactos/{contact.pk}/editar", name="Con Datos", **{"field.company": ""})

        assert {"city": "Talca"} == find_contact(contact.pk, actor=cast.admin).fields


class TestACountry:
    def test_is_written_and_read_by_its_name(self, cast: Cast) -> None:
        """Any of its names is taken; form, profile and list show that of the reader's language, and its letters are kept."""
        contact = a_contact("De lejos", by=cast.admin, fields={"country": "Brazil"})
        here, visitor = f"/contactos/{contact.pk}", Visitor(cast.manager)
        before = text(visitor.get(f"{here}/editar"))
        visitor.post(f"{here}/editar", name="De lejos", **{"field.country": "méxico"})

        assert 'value="Brasil"' in before
        assert {"country": "MX"} == find_contact(contact.pk, actor=cast.admin).fields
        assert "Brasil → México" in text(visitor.get(here))


class TestTheProfile:
    def test_says_why_nobody_has_it(self, cast: Cast) -> None:
        """A contact typed in without a responsible person says so on its page (LG-11)."""
        contact = a_contact("Libre", by=cast.admin)

        assert 'class="ban orphan"' in text(Visitor(cast.alba).get(f"/contactos/{contact.pk}"))

    def test_keeps_the_whole_history(self, cast: Cast) -> None:
        """Each assignment is an entry with its own ¿Por qué?, and the ledger has its spans."""
        contact = a_contact("Vivida", by=cast.admin, owner=cast.alba)
        Visitor(cast.manager).by_htmx.post(f"/contactos/{contact.pk}/encargado", person=cast.bruno.person_id)
        shown = text(Visitor(cast.manager).get(f"/contactos/{contact.pk}"))

        assert 5 == shown.count("data-why=")

    def test_takes_a_follow_up(self, cast: Cast) -> None:
        """The owner records a call, and it stands in the history."""
        contact = a_contact("Llamada", by=cast.admin, owner=cast.alba)
        visitor = Visitor(cast.alba)
        visitor.post(f"/contactos/{contact.pk}/seguimientos", kind="call", note="Pidió precio")

        assert "Pidió precio" in text(visitor.get(f"/contactos/{contact.pk}"))
