"""
From the token of a request to whoever acts, inside their organization.

Why a token was refused is never said (INV-39).
"""

from datetime import datetime

from reparto.kit.door import open_door

from .actor import Actor
from .queries import load_actor, token_behind


def authenticate_token(token: str, *, at: datetime) -> Actor | None:
    """
    Enter the organization of a token and return its person as one who acts.

    None when there is no such token, or it was revoked, has expired, or its person is suspended.
    """
    behind = open_door("token", token, at=at)
    row = token_behind(behind.target_id) if behind else None
    if row is None or row.revoked_at is not None or row.person.suspended_at is not None:
        return None
    if row.expires_at is not None and row.expires_at <= at:
        return None
    return load_actor(row.person, scopes=row.scopes)
