"""
Add a tag; one of that name, accents and case ignored, is the same tag.

It marks no contact.
"""

from datetime import datetime

from reparto.engine import fold
from reparto.kit.audit import record_audit
from reparto.kit.faults import Faults
from reparto.kit.read_text import read_line
from reparto.people.actor import Actor
from reparto.people.permissions import check

from .models import Tag
from .queries import store_tags, tags_by_folded
from .read_tags import NAME_LIMIT


def add_tag(name: str, *, actor: Actor, at: datetime) -> Tag:
    """
    Return the tag of a name, made if it is missing.

    Raises:
        NotAllowed: The actor does not manage settings.
        Invalid: The name is blank or too long.

    """
    check(actor, "settings.manage")
    faults = Faults()
    name = read_line(name, path="name", limit=NAME_LIMIT, faults=faults)
    faults.check()
    word = fold(name)
    known = tags_by_folded([word])
    if word in known:
        return known[word]
    store_tags([Tag(organization_id=actor.organization_id, name=name, folded=word)])
    tag = tags_by_folded([word])[word]
    record_audit(
        actor.person_id, "tag.add", object_kind="tag", object_id=tag.pk, before=None, after={"name": name}, at=at
    )
    return tag
