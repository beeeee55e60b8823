"""
The owner's cell as an answer, with the counts that its change moved, wherever on the screen they stand.

It changes nothing.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from reparto.contacts.models import Contact
from reparto.contacts.queries import UnknownContact, find_contact

from ..frame import count_unassigned
from ..page import Page
from .owner_cell import owner_cell


def show_cell(
    page: Page, contact: Contact, *, status: int = 200, beside: bool = False, moves_counts: bool = True
) -> HttpResponse:
    """
    Answer the cell in the look that was asked for; `beside` another answer it finds its place by itself.

    What passed from somebody to somebody else moves no counts: none is asked.
    """
    here = urlsplit(page.request.headers.get("HX-Current-URL", "")).path
    on_list = here == reverse("contacts")
    look = asked_look(page.request)
    if beside and not on_list:
        look = "field"
    context = {
        "cell": owner_cell(contact, page.actor, look=look),
        "unassigned": count_unassigned(page.actor) if moves_counts else None,
        "on_list": on_list,
        "oob": beside,
    }
    return page.show_part("contacts/owner_answer.html", context, status=status)


def asked_look(request: HttpRequest) -> str:
    """Return which look of the owner asks: `field` for profile and sidebar, nothing for the list."""
    return "field" if request.GET.get("as") == "field" else ""


def find_contact_again(contact_id: int, page: Page) -> Contact | None:
    """Return a contact as it is now; None when it went out of the actor's sight with its owner."""
    try:
        return find_contact(contact_id, actor=page.actor)
    except UnknownContact:
        return None
