"""Choose who is put on each new conversation of a contact (AC-2). It makes nobody the owner."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from reparto.contacts.change_default_assignees import change_default_assignees
from reparto.conversations.queries import find_conversation

from .act import Act


class DefaultAssignees(Act):
    """`POST /bandeja/{id}/propietarios`: `add_person` and `remove_person`, each any number of times."""

    action: ClassVar[str] = "contact.default_assignees"

    def post(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Add and take off; conversations that are open stay as they are."""
        contact = find_conversation(conversation_id, actor=self.actor).contact
        come, go = (_ids(request.POST.getlist(name)) for name in ("add_person", "remove_person"))
        change_default_assignees(contact.pk, come=come, go=go, actor=self.actor, at=self.at)
        said = gettext("Saved who is put on the new conversations of %(name)s") % {"name": contact.name}
        return self.said(said, conversation_id=conversation_id)


def _ids(texts: list[str]) -> list[int]:
    return [int(one) for one in texts if one.isdecimal() and len(one) < 19]
