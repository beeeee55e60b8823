"""A missed call: seen in list, inbox and profile, called back by one click (LG-11)."""

import pytest

from reparto.channels.models import Account
from reparto.contacts.models import Contact, FollowUp
from reparto.conversations.models import Conversation
from reparto.kit.tenancy import enter_organization
from tests import cast
from tests.api.caller import Caller
from tests.calls import a_call, ring
from tests.cast import Cast
from tests.web.visitor import Visitor, text, toast

pytestmark = pytest.mark.django_db
NUMBER = "+573001234567"


@pytest.fixture
def company() -> Cast:
    """A company, entered."""
    return cast.a_company()


@pytest.fixture
def line(company: Cast) -> Account:
    """Its phone line."""
    return cast.an_account("phone", admin=company.admin)


@pytest.fixture
def missed(line: Account) -> Contact:
    """Somebody whose first call nobody answered."""
    ring(line, a_call(NUMBER))
    return Contact.objects.get()


class TestItIsSeen:
    """LG-11: visible on the contact."""

    @pytest.mark.parametrize("path", ["/contactos", "/contactos?tab=none", "/bandeja?view=unassigned"])
    def test_in_lists(self, company: Cast, missed: Contact, path: str) -> None:
        """LG-11: contacts, *Sin asignar* and the inbox say so."""
        assert "Llamada perdida" in text(Visitor(company.alba).get(path))

    def test_on_the_profile_and_in_the_conversation(self, company: Cast, missed: Contact) -> None:
        """LG-11: with a link that dials the number that called; an agent is told that it takes the contact."""
        talk = Conversation.objects.get()
        pages = [f"/contactos/{missed.pk}", f"/bandeja/{talk.pk}"]
        for page in (text(Visitor(company.alba).get(path)) for path in pages):
            assert f'href="tel:{NUMBER}"' in page
            assert "Su primera llamada no se contestó." in page
            assert "Asignarme y devolver llamada" in page
        assert ">Devolver llamada</a>" in text(Visitor(company.manager).get(pages[0])).replace("\n", "")

    def test_an_answered_one_is_no_missed_one(self, company: Cast, line: Account) -> None:
        """LG-11: nothing to call back where somebody answered."""
        ring(line, a_call(NUMBER, "completed", answered_by=str(company.alba.person_id)))
        page = text(Visitor(company.alba).get(f"/contactos/{Contact.objects.get().pk}"))

        assert "Llamada perdida" not in page
        assert "tel:" not in page


class TestCallingBack:
    """LG-11: one click."""

    def test_an_agent_takes_it_by_that(self, company: Cast, missed: Contact) -> None:
        """LG-2, LG-11: the call is on record, the contact is theirs with an undo, and nothing waits to be called back."""
        answer = Visitor(company.alba).by_htmx.post(f"/contactos/{missed.pk}/devolver-llamada")

        enter_organization(company.organization_id)
        assert ("call", company.alba.person_id) == FollowUp.objects.values_list("kind", "person_id").get()
        assert company.alba.person_id == Contact.objects.get().owner_id
        assert Conversation.objects.get().waiting_since is None
        assert toast(answer)["undo"]

    def test_a_manager_only_records_it(self, company: Cast, missed: Contact) -> None:
        """LG-11: whoever leads does not become the owner by calling."""
        Visitor(company.manager).post(f"/contactos/{missed.pk}/devolver-llamada")

        enter_organization(company.organization_id)
        assert 1 == FollowUp.objects.count()
        assert Contact.objects.get().owner_id is None

    def test_the_second_of_two_hears_who_was_first(self, company: Cast, missed: Contact) -> None:
        """EC-16: nobody calls the same contact twice without knowing it."""
        Visitor(company.alba).by_htmx.post(f"/contactos/{missed.pk}/devolver-llamada")
        answer = Visitor(company.bruno).by_htmx.post(f"/contactos/{missed.pk}/devolver-llamada")

        assert 409 == answer.status_code
        assert "Alba" in toast(answer)["text"]
        enter_organization(company.organization_id)
        assert 1 == FollowUp.objects.count()

    def test_not_by_others(self, company: Cast, missed: Contact) -> None:
        """INV-30: another group's and another company's contact do not exist for whoever asks; nothing changes."""
        path = f"/contactos/{missed.pk}/devolver-llamada"
        Visitor(company.carla).post(path)

        assert 404 == Visitor(company.bruno).post(path).status_code
        assert 404 == Visitor(cast.a_stranger().admin).post(path).status_code
        enter_organization(company.organization_id)
        assert {company.carla.person_id} == set(FollowUp.objects.values_list("person_id", flat=True))

    def test_by_the_api(self, company: Cast, missed: Contact) -> None:
        """LG-11: the same by a program; refused where it is somebody else's."""
        done = Caller(company.alba).post(f"/contacts/{missed.pk}/call-back", {"note": "Quiere un presupuesto"})
        other = Caller(company.bruno).post(f"/contacts/{missed.pk}/call-back", {})

        assert (201, "call", company.alba.person_id) == (done.status, done.body["kind"], done.body["person_id"])
        assert 403 == other.status
