"""Call a contact back: the link dials, and this records it."""

import json
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.assignment.assign_by_hand import AlreadyOwned
from reparto.assignment.call_back import call_back
from reparto.contacts.queries import find_contact
from reparto.people.models import Person
from reparto.people.permissions import NotAllowed

from ..come_back import come_back
from ..page import Page

#: What fetches itself again; live does it for everybody else.
CHANGED = {"inbox-changed": True, "contacts-changed": True}


class CallBack(Page):
    """`POST /contactos/{id}/devolver-llamada`."""

    action: ClassVar[str] = "contact.call_back"

    def post(self, request: HttpRequest, contact_id: int) -> HttpResponse:
        """Record it, and say whose the contact is now; or who was first."""
        try:
            done = call_back(contact_id, actor=self.actor, at=self.at)
        except AlreadyOwned as already:
            return self._was_first(already.owner)
        except NotAllowed:
            owner = find_contact(contact_id, actor=self.actor).owner
            if owner is None:
                raise
            return self._was_first(owner)
        part = HttpResponse(status=204, headers={"HX-Trigger": json.dumps(CHANGED)})
        undo = reverse("undo_decision", args=[done.taken.pk]) if done.taken else ""
        said = gettext("The call is recorded, and the contact is yours") if done.taken else gettext("Call recorded")
        return self.done(said, to=come_back(request), undo=undo, part=part)

    def _was_first(self, owner: Person) -> HttpResponse:
        said = gettext("%(name)s was first: it is theirs now.") % {"name": owner.name}
        return self.refused(said, to=come_back(self.request))
