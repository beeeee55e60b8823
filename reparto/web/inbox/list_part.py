"""The list by itself, for whoever heard that something changed."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse

from ..page import Page
from .draw_list import draw_list
from .where import read_where

#: The id of the form in which one searches.
SEARCH = "inbox-search"


class ListPart(Page):
    """`/bandeja/lista`: the rows and, out of band, the tabs with their counts."""

    action: ClassVar[str] = "conversation.list"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer the list as it is now; `open` is the conversation that stays marked."""
        current = request.GET.get("open", "")
        number = int(current) if current.isdecimal() and len(current) < 19 else None
        where = read_where(request.GET)
        context = draw_list(where, self.actor, at=self.at, current=number)
        answer = self.show_part("inbox/list_answer.html", context)
        if request.headers.get("HX-Trigger") == SEARCH:
            # What one searches is in the address, as every other filter.
            answer.headers["HX-Replace-Url"] = where.url(number)
        return answer
