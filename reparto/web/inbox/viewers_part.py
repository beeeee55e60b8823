"""Who else is in a conversation, drawn for a browser that has heard of them."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse

from reparto.conversations.queries import find_conversation
from reparto.people.models import Person
from reparto.people.queries import find_people

from ..page import Page

#: As many faces as the head has room for.
SHOWN = 5


class ViewersPart(Page):
    """`/bandeja/{id}/presentes?viewing=&reply=&note=`: ids of people, by what they do; unknown ones are left out."""

    action: ClassVar[str] = "conversation.view"

    def get(self, request: HttpRequest, conversation_id: int) -> HttpResponse:
        """Answer their faces for the head, and who is writing for the strip above the composer."""
        find_conversation(conversation_id, actor=self.actor)
        ids = {state: _ids(request.GET.get(state, "")) for state in ("viewing", "reply", "note")}
        wanted = {one for some in ids.values() for one in some} - {self.actor.person_id}
        by_id = {person.pk: person for person in find_people(wanted)} if wanted else {}
        context = {state: _named(some, by_id) for state, some in ids.items()}
        return self.show_part("inbox/viewers.html", context)


def _ids(text: str) -> list[int]:
    return [int(one) for one in text.split(",")[:SHOWN] if one.isdecimal() and len(one) < 19]


def _named(ids: list[int], by_id: dict[int, Person]) -> list[Person]:
    return [by_id[one] for one in ids if one in by_id]
