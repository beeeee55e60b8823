"""A day of work by hand: a filtered list, conversations opened, a contact given; each against its own SQL run bare."""

import json
from datetime import datetime
from urllib.parse import urlencode

from django.db import connection, transaction

from reparto.kit.tenancy import enter_organization

from .look import ROUNDS, Looker, asked_in_vain, milliseconds, sign_in, tell
from .population import AT, MANY, Company, a_large_company, add_contacts, gather_statistics

FILTER = json.dumps({"all": [{"field": "name", "op": "contains", "value": "nunez"}]})
LONG = 50_000
#: A conversation as long as that opens within so many milliseconds on the server, on a machine that does nothing else.
OPENS = 300
#: A message every minute, every tenth of ours.
SPEAK = """
INSERT INTO conversations_message (organization_id, conversation_id, account_id, direction, private, external_id, kind,
    text, folded, automatic, status, error, sent_at, created_at)
SELECT %(o)s, %(talk)s, %(a)s, CASE WHEN n %% 10 = 0 THEN 'out' ELSE 'in' END, false, 'long-' || n, 'text',
    'Mensaje ' || n, 'mensaje ' || n, false, 'received', '', %(at)s + n * interval '1 minute',
    %(at)s + n * interval '1 minute'
FROM generate_series(1, %(many)s) AS n
"""


def run() -> dict[str, float]:
    """Print, for each: server time, the same SQL bare, the ratio and the number of queries."""
    company = a_large_company()
    contacts = add_contacts(company, ROUNDS + 5, line=True, seed=300)
    short, long = _conversation_of(company, contacts[0]), _conversation_of(company, contacts[1])
    _speak(company, short, 120)
    _speak(company, long, LONG)
    gather_statistics()
    looker = sign_in(company)
    print(f"\nA day by hand, {MANY:,} contacts")
    return {
        "list": looker.look("the list, 50 rows", "/contactos?size=50"),
        "filtered": looker.look("the list, filtered", f"/contactos?size=50&{urlencode({'filter': FILTER})}"),
        "conversation": looker.look("a conversation of 120", f"/bandeja/{short}"),
        "long": looker.look(f"a conversation of {LONG:,}", f"/bandeja/{long}", promised=OPENS),
        "back": looker.look("  its page before", _page_before(company, long), promised=OPENS),
        "assignment": _give(looker, contacts[2:]),
    }


def _conversation_of(company: Company, contact_id: int) -> int:
    return _one(company, "SELECT id FROM conversations_conversation WHERE contact_id = %s", contact_id)


def _page_before(company: Company, talk_id: int) -> str:
    """Return the address of a page in the middle of a conversation."""
    middle = "SELECT (min(id) + max(id)) / 2 FROM conversations_message WHERE conversation_id = %s"
    return f"/bandeja/{talk_id}/mensajes?before={_one(company, middle, talk_id)}"


def _one(company: Company, statement: str, value: int) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        enter_organization(company.organization_id)
        cursor.execute(statement, [value])
        return int(cursor.fetchone()[0])


def _speak(company: Company, talk_id: int, many: int) -> None:
    values: dict[str, int | datetime] = {
        "o": company.organization_id,
        "a": company.account_id,
        "talk": talk_id,
        "many": many,
        "at": AT,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        enter_organization(company.organization_id)
        cursor.execute(SPEAK.replace("'long-'", f"'{talk_id}-'"), values)


def _give(looker: Looker, contacts: list[int]) -> float:
    """From the click to the commit; each time another contact, so that each is a change."""
    left = iter(contacts)

    def give() -> None:
        url = f"/contactos/{next(left)}/encargado"
        answer = looker.browser.post(url, {"person": looker.company.people[0]}, headers={"HX-Request": "true"})
        if answer.status_code != 200:
            raise RuntimeError(f"{url}: {answer.status_code}")

    give()
    statements = asked_in_vain(give)
    return tell("giving a contact", milliseconds(give), looker.bare(statements), len(statements))
