"""Record a follow-up of a contact: a call, a message, a visit or a note."""

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from reparto.contacts.record_follow_up import FollowUpDraft, record_follow_up
from reparto.kit.faults import Invalid

from .profile import Profile


class RecordFollowUp(Profile):
    """`POST /contactos/{id}/seguimientos`: `kind`, `note`, and `at` in the viewer's time zone; now, if not said."""

    action: ClassVar[str] = "contact.follow_up"

    def post(self, request: HttpRequest, contact_id: int) -> HttpResponse:
        """Record it and go back to the contact."""
        draft = FollowUpDraft(request.POST.get("kind", ""), request.POST.get("note", ""), self._at())
        try:
            record_follow_up(contact_id, draft, actor=self.actor, at=self.at)
        except Invalid as invalid:
            return self.again(contact_id, "follow_up", invalid)
        return self.done(gettext("Follow-up recorded."), to=reverse("contact", args=[contact_id]))

    def _at(self) -> datetime:
        """What is no instant counts as not said."""
        try:
            written = datetime.fromisoformat(self.request.POST.get("at", ""))
        except ValueError:
            return self.at
        return written if written.tzinfo else written.replace(tzinfo=ZoneInfo(self.actor.time_zone))
