"""The company's own fields, default assignees and follow-ups."""

from datetime import timedelta
from typing import Any

import pytest

from reparto.contacts.add_custom_field import CustomFieldDraft, add_custom_field
from reparto.contacts.add_tag import add_tag
from reparto.contacts.contact_fields import show_fields
from reparto.contacts.models import Contact, FollowUp
from reparto.contacts.queries import all_custom_fields, custom_kinds, default_assignees_of
from reparto.contacts.read_facts import read_facts
from reparto.contacts.read_fields import take_fields
from reparto.contacts.record_follow_up import FollowUpDraft, record_follow_up
from reparto.contacts.set_default_assignees import set_default_assignees
from reparto.kit.check_version import StaleVersion
from reparto.kit.faults import Invalid
from reparto.people.permissions import NotAllowed
from tests import cast
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db

FIELDS = (
    CustomFieldDraft("placas", "Placas", "text"),
    CustomFieldDraft("camiones", "Camiones", "number"),
    CustomFieldDraft("vence", "Vence", "date"),
    CustomFieldDraft("color", "Color", "choice", ("Rojo", "Azul")),
    CustomFieldDraft("rutas", "Rutas", "multi", ("Norte", "Sur")),
    CustomFieldDraft("activo", "Activo", "yesno"),
)


@pytest.fixture
def company(db: None) -> Cast:
    """A company with a field of each type."""
    company = cast.a_company()
    for draft in FIELDS:
        add_custom_field(draft, actor=company.admin, at=AT)
    return company


class TestCustomFields:
    def test_each_type_is_kept_shown_and_judged(self, company: Cast) -> None:
        """A value goes in with or without `custom.`, comes back as it was meant, and is what filters compare."""
        given = {"placas": "ABC-1", "custom.camiones": 3, "vence": "2026-12-31", "rutas": ["Sur"], "activo": True}

        contact = cast.a_contact(admin=company.admin, fields=given)

        assert {
            "custom.placas": "ABC-1",
            "custom.camiones": 3,
            "custom.vence": "2026-12-31T00:00:00+00:00",
            "custom.rutas": ["Sur"],
            "custom.activo": True,
        } == show_fields(contact)
        facts = read_facts([contact.pk])[contact.pk]
        assert ("abc-1", 3, frozenset({"sur"}), "true") == tuple(
            facts[f"custom.{key}"] for key in ("placas", "camiones", "rutas", "activo")
        )

    @pytest.mark.parametrize(
        ("field", "value", "code"),
        [
            ("camiones", "many", "not_a_number"),
            ("camiones", True, "not_a_number"),
            ("camiones", float("nan"), "not_a_number"),
            ("camiones", 2**60, "not_a_number"),
            ("camiones", -(10**400), "not_a_number"),
            ("camiones", "1e400", "not_a_number"),
            ("vence", "31/12/2026", "not_a_date"),
            ("vence", "2026-12-31T10:00:00", "not_a_date"),
            ("vence", 7, "not_a_date"),
            ("color", "Verde", "unknown_choice"),
            ("activo", "perhaps", "not_a_flag"),
            ("placas", {"a": 1}, "not_a_text"),
            ("placas", "x" * 5001, "too_long"),
        ],
    )
    def test_what_does_not_fit_is_refused(self, company: Cast, field: str, value: Any, code: str) -> None:
        """A value that its type does not take is a fault at its place."""
        with pytest.raises(Invalid) as refused:
            cast.a_contact(admin=company.admin, fields={field: value})

        assert [(f"fields.{field}", code)] == [(fault.path, fault.code) for fault in refused.value.faults]

    def test_a_form_of_the_web_site_loses_nothing(self, company: Cast) -> None:
        """What fits a field is taken as such; what does not, and what nobody defined, is kept as the text that it is."""
        sent = {"sellers": "5", "camiones": "muchos", "rutas": "Norte, Sur", "city": "Lima", "talla": "M", "owner": "9"}

        assert {
            "sellers": 5,
            "custom.camiones": "muchos",
            "custom.rutas": ["Norte", "Sur"],
            "city": "Lima",
            "custom.talla": "M",
            "custom.owner": "9",
        } == take_fields(sent, custom=all_custom_fields())

    @pytest.mark.parametrize("written", ["México", "mexico", " MX ", "mx", "Méjico"])
    def test_a_country_is_kept_by_its_letters(self, company: Cast, written: str) -> None:
        """UP-10: by form, program or web site, whichever name of it was written; one from before is shown so, too."""
        typed = cast.a_contact(admin=company.admin, fields={"country": written})
        former = Contact(fields={"country": written.strip(), "city": "Lima"})

        assert {"country": "MX"} == typed.fields == take_fields({"country": written}, custom=[])
        assert {"country": "MX", "city": "Lima"} == show_fields(former)

    def test_no_country_that_is_known_is_kept_as_it_was_typed(self, company: Cast) -> None:
        """Nothing is guessed, and nothing lost."""
        contact = cast.a_contact(admin=company.admin, fields={"country": "La Mancha"})

        assert {"country": "La Mancha"} == show_fields(contact)

    def test_their_kinds_are_those_of_the_language(self, company: Cast) -> None:
        """The filter language knows each of them by its kind."""
        kinds = {"placas": "text", "camiones": "number", "vence": "date", "color": "choice", "rutas": "set"}

        assert {**kinds, "activo": "choice"} == custom_kinds()

    @pytest.mark.parametrize(
        ("draft", "fault"),
        [
            (CustomFieldDraft("Placas", "x", "text"), ("key", "not_a_key")),
            (CustomFieldDraft("city", "x", "text"), ("key", "key_taken")),
            (CustomFieldDraft("placas", "x", "text"), ("key", "key_taken")),
            (CustomFieldDraft("a", "", "text"), ("label", "blank")),
            (CustomFieldDraft("a", "x", "file"), ("type", "unknown_choice")),
            (CustomFieldDraft("a", "x", "text", ("b",)), ("choices", "needless")),
        ],
    )
    def test_a_definition_that_cannot_be(self, company: Cast, draft: CustomFieldDraft, fault: tuple[str, str]) -> None:
        """Keys are plain, unlike the standard fields, and unique."""
        with pytest.raises(Invalid) as refused:
            add_custom_field(draft, actor=company.admin, at=AT)

        assert [fault] == [(one.path, one.code) for one in refused.value.faults]

    def test_only_an_administrator_defines(self, company: Cast) -> None:
        """Neither fields nor tags are made by agents here; the same tag twice is one."""
        with pytest.raises(NotAllowed):
            add_custom_field(CustomFieldDraft("a", "x", "text"), actor=company.alba, at=AT)
        with pytest.raises(NotAllowed):
            add_tag("x", actor=company.alba, at=AT)
        assert add_tag("Camión", actor=company.admin, at=AT) == add_tag("camion", actor=company.admin, at=AT)


class TestDefaultAssignees:
    def test_the_owner_is_not_stored_among_them(self, company: Cast) -> None:
        """AC-2: naming somebody makes nobody the owner, and the owner needs no naming."""
        contact = cast.a_contact(admin=company.admin, owner=company.alba)
        named = [company.bruno.person_id, company.alba.person_id, company.bruno.person_id]

        after = set_default_assignees(contact.pk, named, actor=company.manager, at=AT, if_version=contact.version)

        assert {contact.pk: [company.bruno.person_id]} == default_assignees_of([contact.pk])
        assert (company.alba.person_id, contact.version + 1) == (after.owner_id, after.version)

    def test_an_agent_names_nobody(self, company: Cast) -> None:
        """INV-31: no agent puts another on a contact's conversations, not even on their own contact's."""
        contact = cast.a_contact(admin=company.admin, owner=company.alba)

        with pytest.raises(NotAllowed):
            set_default_assignees(contact.pk, [company.bruno.person_id], actor=company.alba, at=AT)

    def test_a_manager_names_within_their_scope(self, company: Cast) -> None:
        """INV-31: somebody of another team is refused; one whom an administrator named may stay."""
        contact = cast.a_contact(admin=company.admin, owner=company.alba)
        both = [company.carla.person_id, company.bruno.person_id]
        with pytest.raises(NotAllowed):
            set_default_assignees(contact.pk, both, actor=company.manager, at=AT)

        set_default_assignees(contact.pk, both[:1], actor=company.admin, at=AT)
        set_default_assignees(contact.pk, both, actor=company.manager, at=AT)

        assert {contact.pk: both} == default_assignees_of([contact.pk])

    def test_strangers_and_stale_views(self, company: Cast) -> None:
        """INV-28, INV-16: another company's person is unknown; a view that has passed changes nothing."""
        contact, stranger = cast.a_contact(admin=company.admin), cast.a_stranger()

        with pytest.raises(Invalid) as refused:
            set_default_assignees(contact.pk, [stranger.alba.person_id], actor=company.admin, at=AT)
        assert ["person_ids[0]"] == [fault.path for fault in refused.value.faults]
        with pytest.raises(StaleVersion):
            set_default_assignees(contact.pk, [], actor=company.admin, at=AT, if_version=9)


class TestFollowUp:
    def test_the_last_one_moves_forward_only(self, company: Cast) -> None:
        """A follow-up entered late does not make the contact look forgotten."""
        contact = cast.a_contact(admin=company.admin, owner=company.alba)
        for draft in (FollowUpDraft("call"), FollowUpDraft("visit", "fui", AT - timedelta(days=2))):
            record_follow_up(contact.pk, draft, actor=company.alba, at=AT)

        contact.refresh_from_db()
        assert (AT, 2) == (contact.last_follow_up_at, FollowUp.objects.count())

    @pytest.mark.parametrize(
        ("draft", "path"),
        [
            (FollowUpDraft("dream"), "kind"),
            (FollowUpDraft("note"), "note"),
            (FollowUpDraft("call", "x" * 5001), "note"),
            (FollowUpDraft("call", at=AT + timedelta(seconds=1)), "at"),
            (FollowUpDraft("call", at=AT.replace(tzinfo=None)), "at"),
        ],
    )
    def test_what_is_refused(self, company: Cast, draft: FollowUpDraft, path: str) -> None:
        """A note says something, and nothing is followed up in the future."""
        contact = cast.a_contact(admin=company.admin, owner=company.alba)

        with pytest.raises(Invalid) as refused:
            record_follow_up(contact.pk, draft, actor=company.alba, at=AT)

        assert [path] == [fault.path for fault in refused.value.faults]

    def test_only_by_whoever_has_it(self, company: Cast) -> None:
        """A colleague of the owner sees the contact but does not follow it up."""
        contact = cast.a_contact(admin=company.admin, owner=company.alba)

        with pytest.raises(NotAllowed):
            record_follow_up(contact.pk, FollowUpDraft("call"), actor=company.bruno, at=AT)
