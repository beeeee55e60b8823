"""The live stream tells a browser what changed in its own company, and costs next to nothing while it is quiet."""

import asyncio
import re
from collections.abc import Callable, Iterator
from html import unescape

import psycopg
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.kit.live import publish
from reparto.kit.tenancy import in_organization
from reparto.people.actor import Actor
from reparto.people.models import Presence
from reparto.web.live.hub import CATCH_UP, MOST_WAITING, Event, Listener
from tests.cast import AT, Cast, a_company, a_stranger
from tests.product import eventually
from tests.web.end_sessions import change_password, end_others, suspend, take_off_step
from tests.web.live_browser import PATIENCE, a_room, sign_in
from tests.web.some_contacts import a_contact
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db(transaction=True)
#: What the one that listens last said: that, or after a while of quiet whether it is still there.
ALONE = (["LISTEN reparto_live"], ["SELECT 1"])


def say(organization_id: int, topic: str, *ids: int) -> None:
    """Publish an event and commit it, as another process would."""
    with in_organization(organization_id):
        publish(organization_id, topic, ids)
    connection.close()


def take(cast: Cast, contact_id: int) -> None:
    """Alba takes a contact, in a browser of her own."""
    with in_organization(cast.organization_id):
        assign_by_hand(contact_id, owner_id=cast.alba.person_id, actor=cast.alba, at=AT)
    connection.close()


def sidebar(actor: Actor, url: str) -> tuple[str, str, str]:
    """Return what the sidebar listens to, where it asks again, and how many contacts it says that nobody has."""
    with transaction.atomic():
        shown = text(Visitor(actor).get(url))
    listens = re.search(r'id="shell-nav" data-live="([^"]+)" hx-get="([^"]+)"', shown)
    count = re.search(r'id="nav-count-unassigned">(\d+)<', shown)
    assert listens
    assert count
    return listens[1], unescape(listens[2]), count[1]


@pytest.fixture
def cast() -> Iterator[Cast]:
    """The company of these tests, committed."""
    with transaction.atomic():
        made = a_company()
    yield made
    connection.close()


class TestWhatIsHeard:
    def test_an_event_of_the_own_company_arrives(self, cast: Cast) -> None:
        """What is published with a commit reaches the stream as topic and ids, at once and not with a beat (UX-16)."""
        key = sign_in(cast.alba)

        async def listen() -> str:
            async with a_room() as room:
                browser = await room.enter(key)
                await browser.hears("catch_up")
                await asyncio.to_thread(say, cast.organization_id, "messages", 12, 13)
                await browser.hears("messages")
                return browser.text

        assert 'event: live\ndata: {"topic": "messages", "ids": [12, 13]}\n\n' in asyncio.run(listen())

    def test_an_event_of_another_company_does_not(self, cast: Cast) -> None:
        """A stream hears nothing of another company."""
        with transaction.atomic():
            stranger = a_stranger()
        key = sign_in(cast.alba)

        async def listen() -> str:
            async with a_room() as room:
                browser = await room.enter(key)
                await browser.hears("catch_up")
                await asyncio.to_thread(say, stranger.organization_id, "messages", 99)
                await asyncio.to_thread(say, cast.organization_id, "contacts", 7)
                await browser.hears("contacts")
                return browser.text

        assert "99" not in asyncio.run(listen())

    def test_what_happened_just_before_is_told_again(self, cast: Cast) -> None:
        """Nothing is lost between drawing a page and opening its stream."""
        key = sign_in(cast.alba)

        async def listen() -> str:
            async with a_room() as room:
                first = await room.enter(key)
                await first.hears("catch_up")
                await asyncio.to_thread(say, cast.organization_id, "messages", 5)
                await first.hears('"ids": [5]')
                later = await room.enter(key)
                await later.hears('"ids": [5]')
                return later.text

        assert "catch_up" not in asyncio.run(listen())

    def test_after_the_database_was_away_everybody_catches_up(self, cast: Cast, superuser_url: str) -> None:
        """When the listening connection breaks, streams stay open, and hear that they may have missed something."""
        key = sign_in(cast.alba)

        async def listen() -> str:
            async with a_room() as room:
                browser = await room.enter(key)
                await browser.hears("catch_up")
                await asyncio.to_thread(break_listeners, superuser_url)
                await browser.until(lambda one: one.text.count("catch_up") == 2)
                await asyncio.to_thread(say, cast.organization_id, "rules", 1)
                await browser.hears("rules")
                return browser.text

        assert "event: live" in asyncio.run(listen())


class TestTheCountOfWhatNobodyHas:
    def test_moves_when_a_colleague_takes_one(self, cast: Cast) -> None:
        """LG-9: the sidebar of somebody else listens to what taking publishes, and counts one less when it asks again."""
        with transaction.atomic(), in_organization(cast.organization_id):
            contact = a_contact("Libre", by=cast.admin)
        key, (topics, url, before) = sign_in(cast.manager), sidebar(cast.manager, "/contactos")

        async def listen() -> str:
            async with a_room() as room:
                browser = await room.enter(key)
                await browser.hears("catch_up")
                await asyncio.to_thread(take, cast, contact.pk)
                await browser.hears("contacts")
                return browser.text

        assert set(topics.split(",")) & set(re.findall(r'"topic": "(\w+)"', asyncio.run(listen())))
        assert ("1", "0") == (before, sidebar(cast.manager, url)[2])


class TestWhoListens:
    @pytest.mark.parametrize("key", ["", "nobodys-session-key-at-all-1234"])
    def test_nobody_listens_without_signing_in(self, key: str) -> None:
        """Without a valid login session the answer is 401, and no stream."""

        async def knock() -> int:
            async with a_room() as room:
                return (await room.enter(key)).status

        assert 401 == asyncio.run(knock())

    @pytest.mark.parametrize("end", [suspend, change_password, end_others, take_off_step])
    def test_a_stream_ends_with_its_session(self, cast: Cast, end: Callable[[Cast, Actor], None]) -> None:
        """INV-38: suspended, a new password, ended from another browser, the second step off: it stops as soon as announced, for good."""
        key = sign_in(cast.alba)

        async def listen() -> int:
            async with a_room() as room:
                browser = await room.enter(key)
                await browser.hears("catch_up")
                await asyncio.to_thread(end, cast, cast.alba)
                await browser.until(lambda one: one.ended)
                return (await room.enter(key)).status

        assert 401 == asyncio.run(listen())

    def test_each_beat_asks_again_who_it_is(self, cast: Cast) -> None:
        """A login session that ended elsewhere ends its stream with the next beat."""
        key = sign_in(cast.alba)

        async def listen() -> str:
            async with a_room(beat_seconds=0.05) as room:
                browser = await room.enter(key)
                await browser.hears("event: beat")
                await asyncio.to_thread(forget, key)
                await browser.until(lambda one: one.ended)
                return browser.text

        assert "event: beat\ndata: {}\n\n" in asyncio.run(listen())

    def test_none_lives_for_ever(self, cast: Cast) -> None:
        """UX-24: a browser that is gone without a word shows signs of life no longer: its stream ends, and no other opens."""
        key = sign_in(cast.alba)

        async def listen() -> str:
            async with a_room(beat_seconds=0.05, life_seconds=0.2) as room:
                browser = await room.enter(key)
                await browser.until(lambda one: one.ended)
                return browser.text

        assert asyncio.run(listen()).endswith("event: again\ndata: {}\n\n")

    def test_a_stream_is_a_sign_of_life(self, cast: Cast) -> None:
        """Whoever listens is there: their presence is noted when the stream opens."""
        key = sign_in(cast.bruno)
        with in_organization(cast.organization_id):
            Presence.objects.filter(person_id=cast.bruno.person_id).delete()

        async def listen() -> None:
            async with a_room() as room:
                browser = await room.enter(key)
                await browser.hears("catch_up")

        asyncio.run(listen())

        with in_organization(cast.organization_id):
            assert Presence.objects.filter(person_id=cast.bruno.person_id).exists()


class TestWhatItCosts:
    def test_two_hundred_streams_hold_one_connection(self, cast: Cast, superuser_url: str) -> None:
        """However many streams are open, one connection listens for all, and no other is held."""
        key = sign_in(cast.alba)
        connection.close()

        async def listen() -> bool:
            async with a_room() as room:
                browsers = await asyncio.gather(*[room.enter(key) for _ in range(200)])
                await asyncio.to_thread(say, cast.organization_id, "messages", 1)
                await asyncio.gather(*[browser.hears("messages") for browser in browsers])
                # Who has just asked may not have gone yet; what is held stays.
                return await asyncio.to_thread(eventually, lambda: held(superuser_url) in ALONE, seconds=PATIENCE)

        assert asyncio.run(listen())

    def test_a_browser_that_reads_too_slowly_is_told_to_catch_up(self) -> None:
        """A full queue is replaced by one request to look at everything again."""

        async def fill() -> list[Event | None]:
            listener = Listener(1)
            for number in range(MOST_WAITING + 1):
                listener.offer(Event("messages", (number,)))
            return [await listener.hear(seconds=0.01) for _ in range(2)]

        assert [CATCH_UP, None] == asyncio.run(fill())


def held(superuser_url: str) -> list[str]:
    """Return what each connection of the app to this database last said."""
    with psycopg.connect(superuser_url) as superuser:
        rows = superuser.execute(
            "SELECT query FROM pg_stat_activity WHERE datname = current_database() AND usename = 'reparto_app'"
        ).fetchall()
    return [query for (query,) in rows]


def break_listeners(superuser_url: str) -> None:
    """End the connections that listen, as a restart of the database would."""
    with psycopg.connect(superuser_url) as superuser:
        superuser.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
        )


def forget(session_key: str) -> None:
    """End a login session, as its person does on another device."""
    SessionStore(session_key).delete()
    connection.close()
