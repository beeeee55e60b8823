"""Two who take the same contact at the same instant, on connections of their own: one gets it, the other is told who."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connections, transaction
from django.http import HttpResponse

from reparto.contacts.models import Contact
from reparto.conversations.models import Conversation
from reparto.conversations.queries import assignees_of
from reparto.kit.clock import now
from reparto.kit.tenancy import in_organization
from reparto.people.actor import Actor
from tests.api.caller import Caller
from tests.cast import Cast, a_company, a_phone, a_whatsapp_account
from tests.road import a_text, write
from tests.web.visitor import HTMX, Visitor, toast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]
type Take = Callable[[], HttpResponse]


@pytest.fixture
def cast() -> Cast:
    """The company, committed."""
    with transaction.atomic():
        return a_company()


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    """A conversation that nobody works, of a contact that nobody has."""
    with transaction.atomic(), in_organization(cast.organization_id):
        account = a_whatsapp_account(admin=cast.admin)
        write(account, a_text(a_phone(), at=now()), at=now())
        return Conversation.objects.select_related("contact").latest("id")


def at_once(organization_id: int, superuser_url: str, takes: list[Take]) -> list[HttpResponse]:
    """Hold the desk until all who take wait for it: between click and lock nobody was first."""

    def run(take: Take) -> HttpResponse:
        try:
            return take()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(takes)) as pool, psycopg.connect(superuser_url) as desk:
        desk.execute("SELECT id FROM assignment_desk WHERE organization_id = %s FOR UPDATE", [organization_id])
        running = [pool.submit(run, take) for take in takes]
        with psycopg.connect(superuser_url, autocommit=True) as watch:
            end = time.monotonic() + 30
            while watch.execute(WAITING).fetchone() != (len(takes),):
                assert time.monotonic() < end, "They do not all wait for the desk."
                time.sleep(0.02)
        desk.rollback()
        return [one.result(60) for one in running]


WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    " AND query LIKE '%assignment_desk%'"
)


class TestTwoAgents:
    @pytest.mark.parametrize("place", ["list", "profile", "sidebar"])
    def test_take_one_contact(self, cast: Cast, talk: Conversation, superuser_url: str, place: str) -> None:
        """
        EC-16, LG-2: from list cell, profile and sidebar alike, the second hears the name of who was first.

        On the list it is somebody of another group, whose contacts the second does not see.
        """
        contact, rivals = talk.contact, (cast.alba, cast.carla if place == "list" else cast.bruno)
        url = f"/contactos/{contact.pk}/encargado" + ("?as=field" if place == "profile" else "")
        current = {"list": "/contactos", "profile": f"/contactos/{contact.pk}", "sidebar": f"/bandeja/{talk.pk}"}[place]
        header = {"HX-Current-URL": f"http://testserver{current}"}
        answers = at_once(
            cast.organization_id,
            superuser_url,
            [_owner(_browser(one, header), url, one, contact) for one in rivals],
        )

        with in_organization(cast.organization_id):
            owner = Contact.objects.select_related("owner").get(pk=contact.pk).owner
        (lost,) = [one for one in answers if one.status_code != 200]
        assert lost.status_code in (409, 412)
        assert owner is not None
        assert owner.name in toast(lost)["text"]
        assert owner.name in lost.content.decode()

    def test_take_one_conversation(self, cast: Cast, talk: Conversation, superuser_url: str) -> None:
        """EC-16, AC-1: *Asignarme* on a conversation names who was first too."""
        url = f"/bandeja/{talk.pk}/asignarme"
        answers = at_once(
            cast.organization_id,
            superuser_url,
            [_conversation(_browser(one, {}), url) for one in (cast.alba, cast.bruno)],
        )

        with in_organization(cast.organization_id):
            (winner,) = assignees_of([talk.pk])[talk.pk].person_ids
        (lost,) = [one for one in answers if one.status_code != 204]
        assert 409 == lost.status_code
        assert {cast.alba.person_id: "Alba", cast.bruno.person_id: "Bruno"}[winner] in toast(lost)["text"]

    def test_take_one_contact_by_api(self, cast: Cast, talk: Conversation, superuser_url: str) -> None:
        """EC-16, LG-2: a program gets 409 with the id of who was first."""
        callers = [_program(one) for one in (cast.alba, cast.bruno)]
        takes = [_put(one, f"/contacts/{talk.contact_id}/owner") for one in callers]
        answers = at_once(cast.organization_id, superuser_url, takes)

        with in_organization(cast.organization_id):
            owner_id = Contact.objects.get(pk=talk.contact_id).owner_id
        (lost,) = [one.json() for one in answers if one.status_code != 200]  # type: ignore[attr-defined]
        assert (409, "already_owned", owner_id) == (lost["status"], lost["code"], lost["owner_id"])


def _browser(person: Actor, headers: dict[str, str]) -> Visitor:
    """Return somebody's browser, signed in and committed before the race."""
    visitor = Visitor(person, {**headers, **HTMX})
    with transaction.atomic():
        assert 200 == visitor.get("/nav").status_code  # who comes back after a while wakes what waits: not in the race
    return visitor


def _program(person: Actor) -> Caller:
    caller = Caller(person)
    with transaction.atomic():
        assert 200 == caller.get("/me").status
    return caller


def _owner(visitor: Visitor, url: str, person: Actor, contact: Contact) -> Take:
    return lambda: visitor.post(url, person=person.person_id, version=contact.version)


def _conversation(visitor: Visitor, url: str) -> Take:
    return lambda: visitor.post(url)


def _put(caller: Caller, path: str) -> Take:
    assert caller.actor is not None
    owner_id = caller.actor.person_id
    return lambda: caller.put(path, {"owner_id": owner_id}).response
