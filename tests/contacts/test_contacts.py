"""Contacts by hand: adding, changing, tagging; never two for one address; who may."""

from typing import Any

import pytest

from reparto.contacts.add_contact import add_contact
from reparto.contacts.contact_draft import AddressDraft, ContactDraft
from reparto.contacts.contact_fields import show_fields
from reparto.contacts.edit_contact import edit_contact
from reparto.contacts.models import Contact, Tag
from reparto.contacts.queries import UnknownContact, addresses_of, tags_of
from reparto.contacts.tag_contacts import tag_contacts
from reparto.kit.check_version import StaleVersion
from reparto.kit.faults import Invalid
from reparto.kit.tenancy import in_organization
from reparto.people.add_campaign import add_campaign
from reparto.people.permissions import NotAllowed
from tests import cast
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db: None) -> Cast:
    """A company."""
    return cast.a_company()


def addresses(contact: Contact) -> list[tuple[str, str]]:
    """Return (kind, key) of the addresses of a contact."""
    return [(one.kind, one.key) for one in addresses_of([contact.pk]).get(contact.pk, [])]


def refusal(verb: Any, *given: Any, **named: Any) -> list[tuple[str, str]]:
    """Return (path, code) of what a verb refuses."""
    with pytest.raises(Invalid) as refused:
        verb(*given, at=AT, **named)
    return [(fault.path, fault.code) for fault in refused.value.faults]


class TestAddContact:
    def test_it_is_typed_in_and_has_nobody(self, company: Cast) -> None:
        """LG-11: a contact made by hand has no owner until the desk gives it one, and did not arrive by itself."""
        contact = cast.a_contact("Clara", admin=company.alba, phone="55 1234 5678", email="Clara@ACME.mx")

        assert (None, None, False) == (contact.owner_id, contact.account_id, contact.arrived_by_itself)
        assert [("phone", "+525512345678"), ("email", "clara@acme.mx")] == addresses(contact)

    def test_fields_are_read_by_their_kind(self, company: Cast) -> None:
        """Numbers may be typed as text, blanks are no value, and the source stands among the fields."""
        fields = {"city": " Mérida ", "sellers": "5", "company": "", "source": "Feria", "comment": "una\ndos"}

        contact = cast.a_contact(admin=company.admin, fields=fields)

        assert {"city": "Mérida", "sellers": 5, "comment": "una\ndos", "source": "Feria"} == show_fields(contact)

    def test_all_faults_at_once(self, company: Cast) -> None:
        """Everything that is wrong is said at once, each at its place, and nothing is stored."""
        draft = ContactDraft(
            name="\u200b",
            kind="lead",
            addresses=(
                AddressDraft("phone", "5.21E+12"),
                AddressDraft("email", "clara@"),
                AddressDraft("fax", "1"),
                AddressDraft("phone", "\0"),
            ),
            campaign_id=10**12,
            tags=("",),
            fields={"sellers": "five", "shoe": 1, "custom.nope": 1},
        )

        assert {
            ("name", "blank"),
            ("kind", "unknown_choice"),
            ("addresses[0].value", "not_a_phone"),
            ("addresses[1].value", "not_an_email"),
            ("addresses[2].kind", "unknown_kind"),
            ("addresses[3].value", "blank"),
            ("campaign_id", "unknown_campaign"),
            ("tags[0]", "blank"),
            ("fields.sellers", "not_a_number"),
            ("fields.shoe", "unknown_field"),
            ("fields.custom.nope", "unknown_field"),
        } == set(refusal(add_contact, draft, actor=company.admin))
        assert 0 == Contact.objects.count()

    @pytest.mark.parametrize("spelling", ["+525512345678", "+52 1 55 1234 5678", "044 55 1234 5678", "(55) 1234-5678"])
    def test_no_second_contact_for_one_address(self, company: Cast, spelling: str) -> None:
        """EC-73: an address that a contact has, in whatever spelling, makes no second one; whose it is is not said."""
        cast.a_contact(admin=company.admin, phone="+525512345678")
        draft = ContactDraft("Otra", addresses=(AddressDraft("phone", spelling),))

        assert [("addresses[0].value", "address_taken")] == refusal(add_contact, draft, actor=company.alba)

    def test_an_address_of_another_company_is_free(self, company: Cast) -> None:
        """INV-27: what another company knows is of no consequence here."""
        stranger = cast.a_stranger()
        with in_organization(stranger.organization_id):
            cast.a_contact(admin=stranger.admin, phone="+525512345678")

        assert cast.a_contact(admin=company.admin, phone="+525512345678").pk

    def test_the_same_address_twice_is_one(self, company: Cast) -> None:
        """A number written twice in one form is stored once."""
        twice = (AddressDraft("phone", "55 1234 5678"), AddressDraft("phone", "+52 1 55 1234 5678"))

        contact = add_contact(ContactDraft("Clara", addresses=twice), actor=company.admin, at=AT)

        assert [("phone", "+525512345678")] == addresses(contact)


class TestEditContact:
    def test_only_what_is_given_changes(self, company: Cast) -> None:
        """A change of the name leaves fields, tags and addresses, and counts the version up."""
        contact = cast.a_contact(admin=company.admin, phone="+525512345678", fields={"city": "Lima"}, tags=("vip",))

        after = edit_contact(contact.pk, {"name": "Clara 2"}, actor=company.admin, at=AT, if_version=1)

        assert ("Clara 2", 2, {"city": "Lima"}) == (after.name, after.version, after.fields)
        assert (["vip"], [("phone", "+525512345678")]) == (tags_of([contact.pk])[contact.pk], addresses(contact))

    def test_fields_are_merged_and_lists_replaced(self, company: Cast) -> None:
        """Of the fields those named change, null takes one away; addresses and tags are replaced as a whole."""
        contact = cast.a_contact(
            admin=company.admin, phone="+525512345678", email="a@x.mx", fields={"city": "Lima", "title": "Sra."}, tags=("a", "b")
        )  # fmt: skip

        after = edit_contact(
            contact.pk,
            {
                "fields": {"city": None, "company": "Café"},
                "tags": ("B", "c"),
                "addresses": (AddressDraft("phone", "55 1234 5678"), AddressDraft("email", "b@x.mx")),
            },
            actor=company.admin,
            at=AT,
        )

        assert {"title": "Sra.", "company": "Café"} == after.fields
        assert ["b", "c"] == tags_of([contact.pk])[contact.pk]
        assert [("phone", "+525512345678"), ("email", "b@x.mx")] == addresses(contact)

    def test_what_search_and_filters_see_follows(self, company: Cast) -> None:
        """HU-2: after a change of name, phone or company the folded copies are the new ones."""
        contact = cast.a_contact("José", admin=company.admin, phone="+525512345678")

        after = edit_contact(
            contact.pk,
            {"name": "Ángel", "addresses": (AddressDraft("phone", "+5491123456789"),)},
            actor=company.admin,
            at=AT,
        )

        assert "angel\n+541123456789" == after.search
        assert ("angel", "+541123456789") == (after.folded["name"], after.folded["phone"][0])

    def test_its_own_address_may_stay_another_contacts_may_not_come(self, company: Cast) -> None:
        """Saving the form again is no clash with oneself."""
        contact = cast.a_contact(admin=company.admin, phone="+525512345678")
        cast.a_contact(admin=company.admin, phone="+525598765432")
        both = (AddressDraft("phone", "+525512345678"), AddressDraft("phone", "+525598765432"))

        found = refusal(edit_contact, contact.pk, {"addresses": both}, actor=company.admin)

        assert [("addresses[1].value", "address_taken")] == found

    def test_a_stale_version_changes_nothing(self, company: Cast) -> None:
        """INV-16: whoever looked before somebody else's change is told so."""
        contact = cast.a_contact(admin=company.admin)
        edit_contact(contact.pk, {"name": "Uno"}, actor=company.admin, at=AT, if_version=1)

        with pytest.raises(StaleVersion):
            edit_contact(contact.pk, {"name": "Dos"}, actor=company.admin, at=AT, if_version=1)

        contact.refresh_from_db()
        assert "Uno" == contact.name

    def test_the_owner_is_not_changed_here(self, company: Cast) -> None:
        """INV-31: only the desk changes an owner; unknown and privileged fields are refused."""
        contact = cast.a_contact(admin=company.admin)

        found = refusal(
            edit_contact, contact.pk, {"owner_id": company.alba.person_id, "version": 9}, actor=company.admin
        )

        assert [("owner_id", "unknown_field"), ("version", "unknown_field")] == found


class TestWhoMayEdit:
    """Alba owns, Bruno is in the group, Carla is not."""

    @pytest.mark.parametrize(
        ("who", "answer"),
        [("alba", None), ("manager", None), ("admin", None), ("bruno", NotAllowed), ("carla", UnknownContact)],
    )
    def test_an_owned_one(self, company: Cast, who: str, answer: type[Exception] | None) -> None:
        """The owner, managers above and administrators edit; a colleague sees it only; others do not know of it."""
        contact = cast.a_contact(admin=company.admin, owner=company.alba)

        if answer is None:
            assert edit_contact(contact.pk, {"name": "x"}, actor=getattr(company, who), at=AT)
            return
        with pytest.raises(answer):
            edit_contact(contact.pk, {"name": "x"}, actor=getattr(company, who), at=AT)

    def test_one_of_a_foreign_campaign(self, company: Cast) -> None:
        """EC-92: who is not in the campaign of a free contact does not even see it."""
        campaign = add_campaign("Otoño", actor=company.admin, at=AT)
        contact = cast.a_contact(admin=company.admin, campaign_id=campaign.pk)

        with pytest.raises(UnknownContact):
            edit_contact(contact.pk, {"campaign_id": None}, actor=company.alba, at=AT)

    @pytest.mark.parametrize("contact_id", [0, -1, 10**12, 2**70, True])
    def test_what_nobody_has(self, company: Cast, contact_id: int) -> None:
        """An id that could be none, and one of another company, are answered alike."""
        stranger = cast.a_stranger()
        with in_organization(stranger.organization_id):
            theirs = cast.a_contact(admin=stranger.admin).pk

        for wrong in (contact_id, theirs):
            with pytest.raises(UnknownContact):
                edit_contact(wrong, {"name": "x"}, actor=company.admin, at=AT)


class TestTags:
    def test_a_tag_is_one_whatever_its_accents(self, company: Cast) -> None:
        """Tags are made when first used; the first spelling stays."""
        one = cast.a_contact(admin=company.admin, tags=("Camión", "camion", "CAMIÓN"))
        other = cast.a_contact(admin=company.admin)

        tag_contacts({one.pk: ["camion"], other.pk: ["CAMION", "vip"]}, organization_id=company.organization_id)

        assert {one.pk: ["Camión"], other.pk: ["Camión", "vip"]} == tags_of([one.pk, other.pk])
        assert 2 == Tag.objects.count()
