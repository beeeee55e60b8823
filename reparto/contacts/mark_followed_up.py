"""
Note when a contact was followed up last: by a call, a visit or a note that was recorded, or by a message that left.

It moves forward, never back; the caller holds the contact's row.
"""

from datetime import datetime

from .models import Contact


def mark_followed_up(contact: Contact, *, at: datetime) -> None:
    """Move the contact's last follow-up forward to an instant."""
    if contact.last_follow_up_at is None or contact.last_follow_up_at < at:
        contact.last_follow_up_at = at
        contact.save(update_fields=["last_follow_up_at"])
