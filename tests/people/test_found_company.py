"""How a company comes to be, and how its first administrator gets in."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reparto.kit.faults import Invalid
from reparto.kit.models import AuditEntry
from reparto.kit.organizations import this_organization
from reparto.kit.tenancy import current_organization, in_organization
from reparto.people.accept_invitation import UnknownInvitation, accept_invitation, find_invited
from reparto.people.edit_person import edit_person
from reparto.people.email_taken import EmailTaken
from reparto.people.found_company import Founded, found_company
from reparto.people.invite_person import invite_person
from reparto.people.queries import find_person, load_actor, root_group
from tests import cast
from tests.cast import AT

pytestmark = pytest.mark.django_db
PASSWORD = "seis caballos verdes"


def key_of(url: str) -> str:
    """Return the last part of an invitation's URL."""
    return url.rstrip("/").rsplit("/", 1)[1]


def found(**more: str) -> Founded:
    """Found a company."""
    return found_company(**{"name": "Cordillera", "admin_email": cast.an_email("ada"), **more}, at=AT)


class TestFoundCompany:
    def test_it_has_a_root_and_an_administrator(self) -> None:
        """A new company has one group, the root, and one person, who administers it and receives nothing."""
        founded = found(country="co", time_zone="America/Bogota", language="pt-BR", edition="basic")

        with in_organization(founded.organization_id):
            organization, root, admin = this_organization(), root_group(), find_person(founded.person_id)
            assert ("CO", "America/Bogota", "pt-br", "basic") == (
                organization.country,
                organization.time_zone,
                organization.language,
                organization.edition,
            )
            assert (f"/{root.pk}/", True, False) == (root.path, load_actor(admin).is_admin, admin.receives)

    def test_what_was_entered_before_stays_entered(self) -> None:
        """Founding a company inside another's transaction does not leave one in the new company."""
        company = cast.a_company()

        found()

        assert company.organization_id == current_organization()

    def test_an_email_signs_in_one_person_of_the_installation(self) -> None:
        """An e-mail that signs in somebody elsewhere, in any case, founds no second company, and nothing is left."""
        found(admin_email="ada@reparto.example.com")

        with pytest.raises(EmailTaken) as refused:
            found(admin_email="ADA@reparto.example.com")

        assert ["admin_email"] == [fault.path for fault in refused.value.faults]

    def test_all_faults_at_once(self) -> None:
        """Everything that is wrong is said at once, each at its place."""
        with pytest.raises(Invalid) as refused:
            found(name=" \u200b ", admin_email="ada", country="MEX", time_zone="../etc", language="fr", edition="gold")

        paths = {fault.path for fault in refused.value.faults}
        assert {"name", "admin_email", "country", "time_zone", "language", "edition"} == paths

    def test_it_costs_few_statements(self) -> None:
        """The command line founds companies: it stays quick."""
        with CaptureQueriesContext(connection) as queries:
            found()

        assert len(queries) <= 22

    def test_it_is_on_record(self) -> None:
        """INV-70: the founding has its audit row, signed by nobody."""
        founded = found()

        with in_organization(founded.organization_id):
            entry = AuditEntry.objects.get(action="company.found")
        assert (None, founded.organization_id) == (entry.actor_id, entry.object_id)


class TestInvitation:
    def test_it_sets_the_password_and_works_once(self) -> None:
        """INV-37: an invitation is used once; the second who tries is told that there is none."""
        key = key_of(found().sign_in_url)

        person = accept_invitation(key, password=PASSWORD, at=AT)

        assert person.check_password(PASSWORD)
        with pytest.raises(UnknownInvitation):
            accept_invitation(key, password=PASSWORD, at=AT)

    def test_a_weak_password_does_not_use_it_up(self) -> None:
        """A password that is refused leaves the invitation as it was."""
        key = key_of(found().sign_in_url)

        with pytest.raises(Invalid):
            accept_invitation(key, password="12345", at=AT)

        assert accept_invitation(key, password=PASSWORD, at=AT)

    @pytest.mark.parametrize("hours", [72, 100])
    def test_it_ends_after_72_hours(self, hours: int) -> None:
        """INV-37: an invitation is good for 72 hours at most."""
        key = key_of(found().sign_in_url)

        with pytest.raises(UnknownInvitation):
            find_invited(key, at=AT + timedelta(hours=hours))

    def test_a_new_one_ends_the_former(self) -> None:
        """Of a person's invitations only the newest works."""
        founded = found()
        with in_organization(founded.organization_id):
            newer = invite_person(founded.person_id, at=AT)

        with pytest.raises(UnknownInvitation):
            find_invited(key_of(founded.sign_in_url), at=AT)
        assert founded.person_id == find_invited(key_of(newer), at=AT).pk

    @pytest.mark.parametrize("changes", [{"email": "otra@reparto.example.com"}, {"grants": ()}])
    def test_it_is_bound_to_email_and_roles(self, changes: dict[str, object]) -> None:
        """INV-37: when the e-mail or the roles change, an invitation given before works no more."""
        company = cast.a_company()
        url = invite_person(company.alba.person_id, at=AT, actor=company.admin)

        edit_person(company.alba.person_id, changes, actor=company.admin, at=AT)

        with pytest.raises(UnknownInvitation):
            find_invited(key_of(url), at=AT)
