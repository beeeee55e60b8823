"""
Take the desk: one decider per organization at a time.

Everyone who assigns takes it first, before agent rows and targets, so that no two wait for each other.
"""

from reparto.kit.prepared import prepared_cursor

LOCK = "SELECT id FROM assignment_desk WHERE organization_id = %s FOR UPDATE"


def lock_desk(organization_id: int) -> None:
    """Wait for the desk of the entered organization and hold it until the transaction ends."""
    with prepared_cursor() as cursor:
        cursor.execute(LOCK, [organization_id])
        if cursor.fetchone() is None:
            # The first sitting of this organization; ON CONFLICT waits for whoever makes the row just now.
            cursor.execute(
                "INSERT INTO assignment_desk (organization_id) VALUES (%s) ON CONFLICT DO NOTHING", [organization_id]
            )
            cursor.execute(LOCK, [organization_id])
