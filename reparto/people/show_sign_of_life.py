"""
Note that a person is there: an open live stream, or any request that they signed.

It changes no availability; that is what they declare.
"""

from datetime import datetime, timedelta

from django.db import connection

from reparto.kit.tenancy import CURRENT

#: Signs closer together than this are not written again.
APART = timedelta(seconds=20)
#: Whoever showed none for longer than this had been away.
AWAY = timedelta(seconds=60)

NOTE = f"""
WITH former AS MATERIALIZED (SELECT seen_at FROM people_presence WHERE person_id = %(person)s)
INSERT INTO people_presence (organization_id, person_id, seen_at)
SELECT {CURRENT}, %(person)s, %(at)s
 WHERE NOT EXISTS (SELECT FROM former WHERE seen_at > %(fresh)s)
ON CONFLICT (organization_id, person_id)
   DO UPDATE SET seen_at = greatest(people_presence.seen_at, excluded.seen_at)
RETURNING (SELECT seen_at FROM former)
"""


def show_sign_of_life(person_id: int, *, at: datetime, seen_at: datetime | None = None) -> bool:
    """
    Note a sign of life, one statement; say whether the person had been away (or was never seen).

    `seen_at` is the last one, where the caller knows it: then a fresh one asks nothing.
    """
    if seen_at is not None and seen_at > at - APART:
        return False
    with connection.cursor() as cursor:
        # A fresh sign takes no lock: requests of one person side by side do not wait for each other.
        cursor.execute(NOTE, {"person": person_id, "at": at, "fresh": at - APART})
        row = cursor.fetchone()
    if row is None:
        return False
    (former,) = row
    return former is None or former < at - AWAY
