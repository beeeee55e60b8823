"""API tokens: from a text to whoever acts, and nothing from a text that is none."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reparto.kit.faults import Invalid
from reparto.kit.tenancy import current_organization
from reparto.people.authenticate_token import authenticate_token
from reparto.people.issue_token import issue_token, issue_token_for_email
from reparto.people.models import Token
from reparto.people.permissions import NotAllowed, may
from reparto.people.queries import UnknownPerson, UnknownToken, find_person
from reparto.people.revoke_token import revoke_token
from reparto.people.suspend_person import suspend_person
from tests import cast
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db: None) -> Cast:
    """A company."""
    return cast.a_company()


class TestTokens:
    def test_it_acts_as_its_person_in_their_company(self, company: Cast) -> None:
        """A token enters the organization of its person and acts with their grants."""
        token = issue_token(company.alba.person_id, name="laptop", at=AT)
        stranger = cast.a_stranger()
        cast.enter_organization(stranger.organization_id)

        assert company.alba == authenticate_token(token, at=AT)
        assert company.organization_id == current_organization()

    def test_it_is_kept_as_a_hash(self, company: Cast) -> None:
        """INV-37: the text of a token is in no row."""
        token = issue_token(company.alba.person_id, name="laptop", at=AT)

        with connection.cursor() as cursor:
            cursor.execute("SELECT t::text FROM people_token t UNION ALL SELECT d::text FROM kit_door d")
            rows = [row for (row,) in cursor.fetchall()]
        assert token.startswith("rep_pat_")
        assert not [row for row in rows if token.removeprefix("rep_pat_") in row]

    def test_scopes_narrow_it(self, company: Cast) -> None:
        """A token with scopes may do what they name, if its person may, and nothing else."""
        token = issue_token(company.admin.person_id, name="x", at=AT, scopes=["contact", "rules.view"])

        actor = authenticate_token(token, at=AT)

        assert actor is not None
        assert [True, True, False] == [may(actor, one) for one in ("contact.create", "rules.view", "rules.manage")]

    def test_unknown_scopes_are_refused(self, company: Cast) -> None:
        """A scope that nobody knows would be a token that does nothing; it is said."""
        with pytest.raises(Invalid) as refused:
            issue_token(company.alba.person_id, name="", at=AT, scopes=["contacts", "rules"])

        assert [("name", "blank"), ("scopes", "unknown_scope")] == [(f.path, f.code) for f in refused.value.faults]

    @pytest.mark.parametrize("text", ["", "rep_pat_", "rep_pat_nobody", "x" * 5000, "rep_pat_\0"])
    def test_what_is_no_token_is_nobody(self, company: Cast, text: str) -> None:
        """Any other text is nobody's."""
        assert authenticate_token(text, at=AT) is None

    def test_it_dies_when_it_expires_or_is_revoked(self, company: Cast) -> None:
        """INV-37: an expired or revoked token is dead at once."""
        short = issue_token(company.alba.person_id, name="x", at=AT, expires_at=AT + timedelta(hours=1))
        lasting = issue_token(company.alba.person_id, name="y", at=AT)

        revoke_token(Token.objects.get(name="y").pk, actor=company.alba, at=AT)

        assert company.alba == authenticate_token(short, at=AT)
        assert authenticate_token(short, at=AT + timedelta(hours=1)) is None
        assert authenticate_token(lasting, at=AT) is None

    def test_it_dies_with_its_person(self, company: Cast) -> None:
        """INV-38: suspending a person ends their tokens."""
        token = issue_token(company.alba.person_id, name="x", at=AT)

        suspend_person(company.alba.person_id, actor=company.admin, at=AT)

        assert authenticate_token(token, at=AT) is None
        with pytest.raises(UnknownPerson):
            issue_token(company.alba.person_id, name="x", at=AT)

    def test_nobody_revokes_a_colleagues(self, company: Cast) -> None:
        """An agent revokes their own tokens only; an unknown one is said to be so."""
        issue_token(company.alba.person_id, name="x", at=AT)

        with pytest.raises(NotAllowed):
            revoke_token(Token.objects.get().pk, actor=company.bruno, at=AT)
        with pytest.raises(UnknownToken):
            revoke_token(10**12, actor=company.admin, at=AT)

    def test_the_command_line_names_a_person_by_email(self, company: Cast) -> None:
        """A token can be issued by e-mail, in any case, without knowing the company; nobody's e-mail is said."""
        email = find_person(company.alba.person_id).email.upper()

        token = issue_token_for_email(email=email, name="consola")

        actor = authenticate_token(token, at=AT)
        assert actor is not None
        assert company.alba.person_id == actor.person_id
        with pytest.raises(UnknownPerson):
            issue_token_for_email(email="nadie@x.mx", name="x")

    def test_authenticating_costs_three_queries(self, company: Cast) -> None:
        """Each request pays for this: door, token with person, and what they may."""
        token = issue_token(company.alba.person_id, name="x", at=AT)

        with CaptureQueriesContext(connection) as queries:
            authenticate_token(token, at=AT)

        assert 3 == len(queries)
