"""
`If-Match` for what is done to a contact by a verb that writes no field of it.

It changes nothing; who may do it is asked by the verb.
"""

from reparto.assignment.lock_desk import lock_desk
from reparto.contacts.queries import find_contact, lock_contact
from reparto.kit.check_version import check_version

from .request import ApiRequest, if_match


def match_contact(request: ApiRequest, contact_id: int) -> None:
    """
    Hold a contact at the version that the caller saw, if they say which.

    Raises:
        UnknownContact: None that they may see.
        StaleVersion: Somebody changed it since.

    """
    seen = if_match(request)
    if seen is None:
        return
    lock_desk(request.actor.organization_id)  # before any contact, as everywhere
    find_contact(contact_id, actor=request.actor)
    check_version(lock_contact(contact_id).version, seen)
