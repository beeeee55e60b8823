"""A conversation of 50,000 messages: it opens as fast as a short one and pages backwards to its first word."""

import re
import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reparto.conversations.models import Conversation, Message
from reparto.kit.clock import now
from tests.cast import a_company, a_whatsapp_account
from tests.web.inbox_cast import a_browser, a_conversation, fragment

pytestmark = pytest.mark.django_db
#: A message every minute until now, every tenth of ours; the first is «Mensaje 1».
FILL = """
INSERT INTO conversations_message (organization_id, conversation_id, account_id, direction, private, external_id, kind,
    text, folded, automatic, status, error, sent_at, created_at)
SELECT %(organization)s, %(talk)s, %(account)s, CASE WHEN n %% 10 = 0 THEN 'out' ELSE 'in' END, false, 'long-' || n,
    'text', 'Mensaje ' || n, 'mensaje ' || n, false, 'received', '', %(at)s - (%(many)s - n) * interval '1 minute',
    %(at)s - (%(many)s - n) * interval '1 minute'
FROM generate_series(1, %(many)s) AS n
"""
ROUNDS = 5
#: A page of fifty and one, what is unread of it up to 999, and single rows around it.
MOST_READ = 1_200


def a_long_conversation(many: int) -> tuple[Client, str]:
    """Make a conversation with so many messages; return an administrator's browser and its address."""
    cast = a_company()
    talk: Conversation = a_conversation(a_whatsapp_account(admin=cast.admin), at=now())
    Message.objects.filter(conversation=talk).delete()
    values = {"organization": cast.organization_id, "talk": talk.pk, "account": talk.account_id}
    with connection.cursor() as cursor:
        cursor.execute(FILL, values | {"many": many, "at": now()})
        cursor.execute("ANALYZE conversations_message")
    return a_browser(cast.admin), f"/bandeja/{talk.pk}"


def earlier(html: str) -> str:
    """Return the address of the page before; "" when there is none."""
    found = re.search(r'id="inbox-earlier" href="([^"]+)"', html)
    return found[1].replace("&amp;", "&") if found else ""


def shown(html: str) -> list[int]:
    """Return the numbers of the messages of a page, as they stand."""
    log = html.partition('id="inbox-log"')[2] or html
    return [
        int(one) for one in re.findall(r'<div class="words" dir="auto">Mensaje (\d+)</div>', log.partition("<aside")[0])
    ]


def walk(browser: Client, url: str, *, pages: int) -> list[int]:
    """Open a conversation and go back by pages; return all numbers, in the order of the thread."""
    html = browser.get(url).content.decode()
    numbers = shown(html)
    while (before := earlier(html)) and pages:
        html, pages = fragment(browser, before).content.decode(), pages - 1
        numbers = shown(html) + numbers
    return numbers


def rows_read(browser: Client, url: str) -> list[int]:
    """Open a page; return how many messages each of its statements reads, those that it throws away included."""
    with CaptureQueriesContext(connection) as caught:
        assert 200 == browser.get(url).status_code
    statements = [one["sql"] for one in caught.captured_queries if "conversations_message" in one["sql"]]
    with connection.cursor() as cursor:
        return [_messages_in(_plan(cursor, statement)) for statement in statements]


def _plan(cursor: Any, statement: str) -> dict[str, Any]:
    # What a statement would change, the page has changed already.
    cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + statement.replace("%", "%%"), [])
    return cursor.fetchone()[0][0]["Plan"]


def _messages_in(node: dict[str, Any]) -> int:
    inside = sum(_messages_in(one) for one in node.get("Plans", ()))
    if node.get("Relation Name") != "conversations_message":
        return inside
    rows = node["Actual Rows"] + node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return inside + round(rows * node["Actual Loops"])


class TestALongConversation:
    def test_pages_back_to_its_first_word(self) -> None:
        """Every message is there once and in order, and each page costs the same queries."""
        browser, url = a_long_conversation(320)

        assert list(range(1, 321)) == walk(browser, url, pages=10)
        html = browser.get(url).content.decode()
        with CaptureQueriesContext(connection) as first:
            page = fragment(browser, earlier(html)).content.decode()
        with CaptureQueriesContext(connection) as second:
            fragment(browser, earlier(page))
        assert len(first) == len(second)

    def test_is_never_read_whole(self) -> None:
        """Issue 3: opening it, hearing of more and turning a page back read a page by the index, whatever lies behind."""
        browser, url = a_long_conversation(5_000)
        fresh = [url, f"{url}/mensajes?before={Message.objects.order_by('id')[2500].pk}", "/bandeja?view=unassigned"]
        read = {one: rows_read(browser, one) for one in (*fresh, url)}

        assert {} == {one: plans for one, plans in read.items() if not plans or max(plans) > MOST_READ}

    @pytest.mark.slow
    def test_of_50_000_messages_opens_as_a_short_one(self) -> None:
        """Its last page and the one before cost what they cost of a short one, with whatever else the machine does."""
        short, short_url = a_long_conversation(120)
        long, url = a_long_conversation(50_000)
        pairs = [(short, short_url, long, url)]
        pairs += [(short, _before(short, short_url), long, _before(long, url))]

        for one, its, other, others in pairs:
            took = [(_seconds(one, its), _seconds(other, others)) for _ in range(ROUNDS)]
            brief, lasting = min(a for a, _ in took), min(b for _, b in took)
            print(f"{others}: {lasting * 1000:.0f} ms, of 120 messages {brief * 1000:.0f} ms")  # noqa: T201  (a measure)
            assert lasting < 1.5 * brief
        assert list(range(50_000 - 199, 50_001)) == walk(long, url, pages=3)


def _before(browser: Client, url: str) -> str:
    return earlier(browser.get(url).content.decode())


def _seconds(browser: Client, url: str) -> float:
    began = time.perf_counter()
    assert 200 == browser.get(url).status_code
    return time.perf_counter() - began
