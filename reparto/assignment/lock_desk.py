"""
Take the desk: one decider per organization at a time.

Everyone who assigns takes it first, before agent rows and targets, so that no two wait for each other: desk → people →
contacts → conversations, several rows of one table in the order of their ids.
"""

from reparto.kit.prepared import prepared_cursor

#: A row's lock goes to whoever asks at the right instant: a worker that goes from sitting to sitting would take it
#: again and again while a person waits. The lock before it is given in the order of asking.
#: Planning anew takes the server longer than running, so whoever holds the desk keeps the first plan of a connection
#: until statistics change: its statements are written so that rows are looked up by key whatever the statistics say.
LOCK = """
WITH in_turn AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(hashtextextended('desk', %(organization)s)),
           set_config('plan_cache_mode', 'force_generic_plan', true)
)
SELECT d.id FROM in_turn, assignment_desk d WHERE d.organization_id = %(organization)s FOR UPDATE OF d
"""


def lock_desk(organization_id: int) -> None:
    """Wait for the desk of the entered organization and hold it until the transaction ends."""
    with prepared_cursor() as cursor:
        cursor.execute(LOCK, {"organization": organization_id})
        if cursor.fetchone() is None:
            # The first sitting of this organization; ON CONFLICT waits for whoever makes the row just now.
            cursor.execute(
                "INSERT INTO assignment_desk (organization_id) VALUES (%s) ON CONFLICT DO NOTHING", [organization_id]
            )
            cursor.execute(LOCK, {"organization": organization_id})
