"""
Why a typed owner or campaign was refused, as a fault beside its box: what else was typed stays.

It decides nothing: the verbs already refused.
"""

from http import HTTPStatus

from django.utils.translation import gettext

from reparto.assignment.assign_by_hand import AlreadyOwned
from reparto.contacts.queries import UnknownContact
from reparto.kit.faults import Fault
from reparto.people.permissions import NotAllowed
from reparto.people.queries import UnknownPerson

#: What giving a contact its typed owner may raise.
type Refusal = AlreadyOwned | NotAllowed | UnknownPerson | UnknownContact
REFUSALS = (AlreadyOwned, NotAllowed, UnknownPerson, UnknownContact)


def name_fault(refused: Refusal) -> tuple[Fault, HTTPStatus]:
    """Return what is wrong and the status of the answer; a contact that went out of sight did so by its campaign."""
    if isinstance(refused, AlreadyOwned):
        said = gettext("%(name)s was first: it is theirs now.") % {"name": refused.owner.name}
        return Fault("owner_id", "already_owned", said), HTTPStatus.CONFLICT
    if isinstance(refused, UnknownPerson):
        said = gettext("That person is not here any more.")
        return Fault("owner_id", "unknown_person", said), HTTPStatus.UNPROCESSABLE_ENTITY
    if isinstance(refused, NotAllowed) and refused.action == "contact.assign":
        return Fault("owner_id", "not_allowed", gettext("You may not give it to this person.")), HTTPStatus.FORBIDDEN
    said = gettext("This campaign is not yours: its contacts are taken by its members.")
    return Fault("campaign_id", "not_a_member", said), HTTPStatus.FORBIDDEN
