"""
Make an API token useless, at once.

Its row stays, so that the audit can name it.
"""

from datetime import datetime

from reparto.kit.audit import record_audit
from reparto.kit.door import close_doors

from .actor import Actor
from .permissions import check
from .queries import find_token


def revoke_token(token_id: int, *, actor: Actor, at: datetime) -> None:
    """
    Revoke a token of the actor's own, or of anybody for an administrator.

    Raises:
        UnknownToken: There is no such token here.
        NotAllowed: It is somebody else's.

    """
    token = find_token(token_id)
    if token.person_id != actor.person_id:
        check(actor, "people.manage")
    close_doors("token", organization_id=token.organization_id, target_id=token.pk)
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record_audit(
        actor.person_id, "token.revoke", object_kind="token", object_id=token.pk, before=None, after=None, at=at
    )
