"""
Keep what would be otherwise, a row each, in the row that it has had.

It decides nothing; the caller holds the row of the shadow.
"""

from collections.abc import Iterable

from .models import Shadow, ShadowDifference
from .pairs import Pair
from .show_figures import show_said

#: Rows in one statement.
BATCH = 1_000


def keep_differences(shadow: Shadow, pairs: Iterable[Pair]) -> None:
    """Write these, whatever stood there of the same items."""
    ShadowDifference.objects.bulk_create(
        [_difference(shadow, pair) for pair in pairs],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["organization", "shadow", "item_id"],
        update_fields=["contact", "conversation", "at", "happened", "would"],
    )


def _difference(shadow: Shadow, pair: Pair) -> ShadowDifference:
    return ShadowDifference(
        organization_id=shadow.organization_id,
        shadow=shadow,
        item_id=pair.item_id,
        contact_id=pair.contact_id,
        conversation_id=pair.conversation_id,
        at=pair.since,
        happened=show_said(pair.happened),
        would=show_said(pair.would),
    )
