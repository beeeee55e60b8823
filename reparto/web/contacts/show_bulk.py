"""
The bar of chosen contacts and the card of a job, with what the actor may do and what became of each contact.

It changes nothing.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from reparto.contacts.models import BulkJob
from reparto.contacts.queries import all_tags, visible_contacts
from reparto.people.actor import Actor
from reparto.people.permissions import Relation, may

from ..page import Page
from ..say_toast import say_toast
from .ask_list import MOST_TAGS
from .list_query import ListQuery

#: Contacts named one by one on the card.
NAMED = 50
#: The card stays where it is drawn, in the page's corner.
REFRESH = "contacts-changed"


def bulk_bar(
    query: ListQuery,
    actor: Actor,
    *,
    shown: Sequence[int],
    tags: Sequence[str],
    total: int = 0,
    job: BulkJob | None = None,
) -> dict[str, Any]:
    """Return what `contacts/bulk.html#bar` draws, with the `tags` it suggests; with a `job` all it fixed is chosen."""
    return {
        "query": query,
        "shown": ",".join(map(str, shown)),
        "total": len(job.contact_ids) if job else total,
        "job": job,
        "may_assign": _may(actor, "contact.assign"),
        "may_take": _may(actor, "contact.take"),
        "may_edit": _may(actor, "contact.edit"),
        "tags": tags,
        "me": actor.person_id,
        "url": reverse("contacts_bulk"),
    }


def _tags() -> list[str]:
    return list(all_tags().values_list("name", flat=True)[:MOST_TAGS])


def _may(actor: Actor, action: str) -> bool:
    """Say whether there could be a contact on which the actor may do it."""
    return any(may(actor, action, relation) for relation in Relation)


def show_bar(
    page: Page,
    query: ListQuery,
    *,
    job: BulkJob,
    shown: Sequence[int] = (),
    wanted: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Answer the bar of all that were fixed; with what is `wanted` the question whether it is meant."""
    bar = bulk_bar(query, page.actor, shown=shown, tags=_tags(), job=job)
    if page.by_htmx:
        return page.show_part("contacts/bulk.html#bar", {"bar": bar, "wanted": wanted})
    return page.show("contacts/bulk.html", {"bar": bar, "wanted": wanted, "alone": True})


def show_work(page: Page, query: ListQuery, job: BulkJob) -> HttpResponse:
    """Answer an empty bar, the card beside it, and the toast once it is done."""
    if not page.by_htmx:
        return show_card(page, job)
    bar = bulk_bar(query, page.actor, shown=(), tags=_tags())
    context = {"bar": bar, "card": bulk_card(job, page.actor), "beside": True}
    return _finished(page.show_part("contacts/bulk.html#answer", context), job)


def show_card(page: Page, job: BulkJob) -> HttpResponse:
    """Answer the card of a job alone: nothing to see once all of it is done."""
    context = {"card": bulk_card(job, page.actor)}
    if page.by_htmx:
        return _finished(page.show_part("contacts/bulk.html#card", context | {"beside": True}), job)
    if job.state == "running":
        return page.show("contacts/bulk.html", context | {"alone": True})
    return page.done(result_of(job), to=reverse("contacts"), undo=undo_url(job))


def _finished(response: HttpResponse, job: BulkJob) -> HttpResponse:
    """Say what came of it and let the list look again."""
    if job.state == "running":
        return response
    response = say_toast(response, result_of(job), undo=undo_url(job))
    events = json.loads(response.headers["HX-Trigger"])
    response.headers["HX-Trigger"] = json.dumps({**events, REFRESH: {}})
    return response


def undo_url(job: BulkJob) -> str:
    """Return where the whole is taken back; nothing for what changed nothing, or takes back itself."""
    return reverse("contacts_bulk_undo", args=[job.pk]) if job.done and job.undoes is None else ""


def result_of(job: BulkJob) -> str:
    """Say how many were changed and how many were left out."""
    count = len(job.done)
    if job.undoes:
        said = ngettext("%(count)s contact put back", "%(count)s contacts put back", count)
    else:
        said = ngettext("%(count)s contact changed", "%(count)s contacts changed", count)
    said %= {"count": count}
    left = len(job.skipped)
    if not left:
        return said
    return f"{said} · {ngettext('%(count)s left out', '%(count)s left out', left) % {'count': left}}"


def bulk_card(job: BulkJob, actor: Actor) -> dict[str, Any]:
    """Return what `contacts/bulk.html#card` draws: progress, or those left out with the reason of each."""
    total = len(job.contact_ids)
    return {
        "work": job,
        "title": gettext("Taking it back") if job.undoes else gettext("Changing contacts"),
        "total": total,
        "result": result_of(job),
        "left_out": [] if job.state == "running" else _left_out(job, actor),
        "more": max(0, len(job.skipped) - NAMED),
        "url": reverse("contacts_bulk_work", args=[job.pk]),
    }


def _left_out(job: BulkJob, actor: Actor) -> list[dict[str, Any]]:
    """Return those left out; what the actor does not see is counted and not named."""
    named = {one.pk: one for one in visible_contacts(actor).filter(pk__in=[key for key, _ in job.skipped[:NAMED]])}
    unseen = Counter(reason for key, reason in job.skipped[:NAMED] if key not in named)
    sentences = _sentences()
    seen = [
        {"contact": named[key], "reason": sentences.get(reason, reason)}
        for key, reason in job.skipped[:NAMED]
        if key in named
    ]
    return seen + [{"count": count, "reason": sentences["unknown"]} for count in [sum(unseen.values())] if count]


def _sentences() -> dict[str, str]:
    return {
        "unknown": gettext("It does not exist, or it is not yours to see."),
        "unknown_person": gettext("That person is not here any more."),
        "not_allowed": gettext("Your role does not let you change this contact."),
        "already_owned": gettext("Somebody was first: it has an owner."),
        "changed_since": gettext("Somebody changed it since; it stays as it is now."),
        "former_suspended": gettext("Whoever had it is suspended; it stays as it is now."),
        "so_already": gettext("It was so already."),
    }
