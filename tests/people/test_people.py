"""Adding, changing, suspending people, groups and campaigns; who may, and what is left on record."""

from datetime import timedelta

import pytest

from reparto.kit.audit import NoOrganization, record_audit
from reparto.kit.check_version import StaleVersion
from reparto.kit.door import open_door
from reparto.kit.faults import Invalid
from reparto.kit.models import AuditEntry
from reparto.people.add_campaign import add_campaign
from reparto.people.add_group import DEPTH_LIMIT, add_group
from reparto.people.add_person import add_person
from reparto.people.change_campaign_members import change_campaign_members
from reparto.people.edit_person import edit_person
from reparto.people.email_taken import EmailTaken
from reparto.people.end_absences import end_absences
from reparto.people.invite_person import invite_person
from reparto.people.models import Grant
from reparto.people.permissions import NotAllowed
from reparto.people.person_draft import GrantDraft, PersonDraft
from reparto.people.queries import (
    UnknownCampaign,
    UnknownGroup,
    UnknownPerson,
    find_person,
    grants_of,
    members_of,
)
from reparto.people.reactivate_person import reactivate_person
from reparto.people.rename_group import rename_group
from reparto.people.set_availability import set_availability
from reparto.people.set_campaign_members import set_campaign_members
from reparto.people.suspend_person import suspend_person
from tests import cast
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db: None) -> Cast:
    """A company."""
    return cast.a_company()


def paths(refused: "pytest.ExceptionInfo[Invalid]") -> list[tuple[str, str]]:
    """Return (path, code) of all faults."""
    return [(fault.path, fault.code) for fault in refused.value.faults]


class TestAddPerson:
    def test_a_new_person_does_not_receive(self, company: Cast) -> None:
        """AD-7: a new user is disabled for receiving, and off duty, until an administrator enables them."""
        draft = PersonDraft("Dora", cast.an_email("dora"), company.north_id)

        person = add_person(draft, actor=company.admin, at=AT)

        assert (False, "offline", False) == (person.receives, person.availability, person.has_usable_password())

    def test_language_and_zone_are_the_companys_unless_said(self, company: Cast) -> None:
        """Who adds a person need not know their language or zone."""
        draft = PersonDraft("Dora", cast.an_email("dora"), company.north_id, language="pt-BR")

        person = add_person(draft, actor=company.admin, at=AT)

        assert ("pt-br", "America/Mexico_City") == (person.language, person.time_zone)

    def test_what_nobody_sees_is_not_kept_in_a_name(self, company: Cast) -> None:
        """Zero-width signs, marks of direction and control signs are taken out of names, blanks are single."""
        draft = PersonDraft("Do\u200bra\u202e \x00\n Pérez", cast.an_email("dora"), company.north_id)

        assert "Dora Pérez" == add_person(draft, actor=company.admin, at=AT).name

    def test_all_faults_at_once(self, company: Cast) -> None:
        """Everything that is wrong with a draft is said at once, each at its place, and nobody is added."""
        stranger = cast.a_stranger()
        grants = (GrantDraft("boss", company.north_id), GrantDraft("agent", stranger.root_id))
        draft = PersonDraft("", "x", 2**70, grants, capacity=1001, language="xx", time_zone="Mars/North")

        with pytest.raises(Invalid) as refused:
            add_person(draft, actor=company.admin, at=AT)

        expected = {
            ("name", "blank"),
            ("email", "not_an_email"),
            ("group_id", "unknown_group"),
            ("grants[0].role", "unknown_choice"),
            ("grants[1].group_id", "unknown_group"),
            ("capacity", "not_in_range"),
            ("language", "unknown_choice"),
            ("time_zone", "unknown_time_zone"),
        }
        assert expected == set(paths(refused))

    def test_an_email_of_another_company_is_taken(self, company: Cast) -> None:
        """An e-mail signs in one person of the whole installation; whose it is is not said."""
        stranger = cast.a_stranger()
        with cast.in_organization(stranger.organization_id):
            email = find_person(stranger.alba.person_id).email

        with pytest.raises(EmailTaken) as refused:
            add_person(PersonDraft("Dora", email.upper(), company.north_id), actor=company.admin, at=AT)

        assert [("email", "email_taken")] == paths(refused)

    @pytest.mark.parametrize("who", ["manager", "alba"])
    def test_only_an_administrator_adds_people(self, company: Cast, who: str) -> None:
        """Neither a manager nor an agent adds people."""
        with pytest.raises(NotAllowed):
            add_person(PersonDraft("Dora", "dora@x.mx", company.north_id), actor=getattr(company, who), at=AT)


class TestEditPerson:
    def test_only_what_is_given_changes(self, company: Cast) -> None:
        """A change of one field leaves the others, counts the version up and is on record with both values."""
        before = find_person(company.alba.person_id)

        after = edit_person(before.pk, {"capacity": 12}, actor=company.admin, at=AT, if_version=before.version)

        assert (12, before.name, before.version + 1) == (after.capacity, after.name, after.version)
        entry = AuditEntry.objects.filter(action="person.edit").latest("id")
        assert ({"capacity": None}, {"capacity": 12}, company.admin.person_id) == (
            entry.before,
            entry.after,
            entry.actor_id,
        )

    def test_a_stale_version_changes_nothing(self, company: Cast) -> None:
        """INV-16: whoever looked before somebody else's change is told so."""
        version = find_person(company.alba.person_id).version
        edit_person(company.alba.person_id, {"name": "Alba Uno"}, actor=company.admin, at=AT, if_version=version)

        with pytest.raises(StaleVersion):
            edit_person(company.alba.person_id, {"name": "Dos"}, actor=company.admin, at=AT, if_version=version)

        assert "Alba Uno" == find_person(company.alba.person_id).name

    def test_a_new_email_opens_the_door_and_the_former_does_not(self, company: Cast) -> None:
        """Whoever changes their e-mail signs in with the new one only."""
        former = find_person(company.alba.person_id).email

        edit_person(company.alba.person_id, {"email": "NUEVA@alba.mx"}, actor=company.admin, at=AT)

        behind = open_door("email", "nueva@alba.mx", at=AT)
        assert behind is not None
        assert (company.alba.person_id, None) == (behind.target_id, open_door("email", former, at=AT))

    def test_grants_are_replaced_as_a_whole(self, company: Cast) -> None:
        """Grants that stay keep their rows; the others go."""
        kept = Grant.objects.get(person_id=company.alba.person_id).pk
        grants = (GrantDraft("agent", company.north_id), GrantDraft("operator", company.root_id))

        person = edit_person(company.alba.person_id, {"grants": grants}, actor=company.admin, at=AT)

        assert grants == grants_of(person)
        assert Grant.objects.filter(pk=kept).exists()

    def test_somebody_always_administers_the_company(self, company: Cast) -> None:
        """The last administrator can neither lose the role nor be suspended."""
        with pytest.raises(Invalid) as edited:
            edit_person(company.admin.person_id, {"grants": ()}, actor=company.admin, at=AT)
        with pytest.raises(Invalid) as suspended:
            suspend_person(company.admin.person_id, actor=company.admin, at=AT)

        assert [("grants", "last_admin")] == paths(edited) == paths(suspended)

    def test_another_companys_person_does_not_exist(self, company: Cast) -> None:
        """INV-30: an id of another company is answered as one that nobody has."""
        stranger = cast.a_stranger()

        for verb in (edit_person, suspend_person, reactivate_person, invite_person):
            given = ({"name": "x"},) if verb is edit_person else ()
            with pytest.raises(UnknownPerson):
                verb(stranger.alba.person_id, *given, actor=company.admin, at=AT)  # type: ignore[operator]

    def test_fields_that_are_no_settings_are_refused(self, company: Cast) -> None:
        """INV-36: only listed fields are written."""
        with pytest.raises(Invalid) as refused:
            edit_person(company.alba.person_id, {"organization_id": 1, "password": "x"}, actor=company.admin, at=AT)

        assert [("organization_id", "unknown_field"), ("password", "unknown_field")] == paths(refused)


class TestSuspendPerson:
    def test_whoever_comes_back_is_enabled_anew(self, company: Cast) -> None:
        """EC-55: a reactivated person has their roles again, and receives only once somebody says so."""
        suspend_person(company.alba.person_id, actor=company.admin, at=AT)

        person = reactivate_person(company.alba.person_id, actor=company.admin, at=AT)

        assert (None, False, "offline") == (person.suspended_at, person.receives, person.availability)
        assert (GrantDraft("agent", company.north_id),) == grants_of(person)

    def test_whoever_was_away_until_an_hour_does_not_come_back_by_it(self, company: Cast) -> None:
        """EC-55: an end of absence said before the suspension makes nobody available after it."""
        alba, until = company.alba, AT + timedelta(hours=1)
        set_availability(alba.person_id, status="away", reason="Médico", until=until, actor=alba, at=AT)
        suspend_person(alba.person_id, actor=company.admin, at=AT)
        reactivate_person(alba.person_id, actor=company.admin, at=AT + timedelta(days=3))

        assert [] == end_absences(company.organization_id, at=AT + timedelta(days=3))
        person = find_person(alba.person_id)
        assert ("offline", "") == (person.availability, person.availability_reason)

    def test_a_suspended_person_cannot_sign_in(self, company: Cast) -> None:
        """INV-38: suspending ends access at once."""
        assert suspend_person(company.alba.person_id, actor=company.admin, at=AT).is_active is False


class TestGroups:
    def test_a_group_knows_its_way_from_the_root(self, company: Cast) -> None:
        """The path of a group is that of its parent and its own id."""
        group = add_group("Mostrador", parent_id=company.north_id, actor=company.admin, at=AT)

        assert f"/{company.root_id}/{company.north_id}/{group.pk}/" == group.path

    def test_a_parent_of_another_company_is_unknown(self, company: Cast) -> None:
        """INV-28: a group never hangs in another company's tree."""
        with pytest.raises(Invalid) as refused:
            add_group("x", parent_id=cast.a_stranger().root_id, actor=company.admin, at=AT)

        assert [("parent_id", "unknown_group")] == paths(refused)

    def test_the_tree_has_a_depth(self, company: Cast) -> None:
        """Groups may be nested deeply, but not without end."""
        parent = company.root_id
        for _ in range(DEPTH_LIMIT):
            parent = add_group("g", parent_id=parent, actor=company.admin, at=AT).pk

        with pytest.raises(Invalid):
            add_group("g", parent_id=parent, actor=company.admin, at=AT)

    def test_it_can_be_renamed(self, company: Cast) -> None:
        """Renaming keeps the place; an unknown group is said to be so."""
        assert "Norte 2" == rename_group(company.north_id, name=" Norte  2", actor=company.admin, at=AT).name
        with pytest.raises(UnknownGroup):
            rename_group(10**12, name="x", actor=company.admin, at=AT)


class TestCampaigns:
    def test_members_are_replaced(self, company: Cast) -> None:
        """Naming members replaces those there were."""
        campaign = add_campaign("Otoño", actor=company.admin, at=AT)
        for member in (company.alba, company.bruno):
            set_campaign_members(campaign.pk, [member.person_id], actor=company.admin, at=AT)

        assert [company.bruno.person_id] == members_of(campaign)
        assert frozenset({campaign.pk}) == cast.actor(company.bruno.person_id).campaign_ids

    def test_nobody_of_another_company(self, company: Cast) -> None:
        """INV-28: a stranger is unknown, at their place in the list, and members stay."""
        campaign, stranger = add_campaign("Otoño", actor=company.admin, at=AT), cast.a_stranger()

        with pytest.raises(Invalid) as refused:
            set_campaign_members(
                campaign.pk, [company.alba.person_id, stranger.alba.person_id], actor=company.admin, at=AT
            )

        assert [("person_ids[1]", "unknown_person")] == paths(refused)
        assert [] == members_of(campaign)

    def test_the_suspended_stay_and_do_not_come(self, company: Cast) -> None:
        """EC-23: a suspended person is put into no campaign; who was in one stays, and those who change it meanwhile."""
        kept, other = (add_campaign(name, actor=company.admin, at=AT) for name in ("Otoño", "Invierno"))
        alba, bruno, admin = company.alba.person_id, company.bruno.person_id, company.admin
        set_campaign_members(kept.pk, [alba], actor=admin, at=AT)
        suspend_person(alba, actor=admin, at=AT)
        change_campaign_members(kept.pk, come=[bruno], go=[], actor=admin, at=AT)

        with pytest.raises(Invalid) as refused:
            set_campaign_members(other.pk, [bruno, alba], actor=admin, at=AT)

        assert [("person_ids[1]", "unknown_person")] == paths(refused)
        assert ([alba, bruno], []) == (members_of(kept), members_of(other))

    def test_only_an_administrator(self, company: Cast) -> None:
        """A manager names no campaigns; an unknown one is said to be so."""
        with pytest.raises(NotAllowed):
            add_campaign("x", actor=company.manager, at=AT)
        with pytest.raises(UnknownCampaign):
            set_campaign_members(10**12, [], actor=company.admin, at=AT)


class TestAudit:
    def test_nothing_is_recorded_outside_an_organization(self) -> None:
        """INV-29: code that has entered no organization fails loudly."""
        with pytest.raises(NoOrganization):
            record_audit(None, "x", object_kind="x", object_id=None, before=None, after=None, at=AT)
