"""
End all API tokens of a person at once: who may not come in any more by what they knew, may not by a token either.

Their rows stay, so that the audit can name them (INV-38).
"""

from datetime import datetime

from reparto.kit.door import close_doors

from .models import Person
from .queries import live_tokens


def end_tokens(person: Person, *, at: datetime) -> int:
    """Revoke every token that still works; return how many there were."""
    ended = list(live_tokens(person))
    for token in ended:
        close_doors("token", organization_id=person.organization_id, target_id=token.pk)
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
    return len(ended)
