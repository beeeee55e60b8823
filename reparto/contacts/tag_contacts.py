"""
Put tags on contacts, in bulk; a tag that does not exist yet is made.

It takes none off.
"""

from collections.abc import Iterable, Mapping

from reparto.engine import fold

from .models import ContactTag, Tag
from .queries import store_contact_tags, store_tags, tags_by_folded


def tag_contacts(names: Mapping[int, Iterable[str]], *, organization_id: int) -> None:
    """Put these tags on these contacts, in at most four statements; those that are there stay."""
    words = {contact_id: {fold(name): name for name in given} for contact_id, given in names.items()}
    wanted = {word: name for given in words.values() for word, name in given.items() if word}
    if not wanted:
        return
    tags = tags_by_folded(wanted)
    missing = [word for word in wanted if word not in tags]
    if missing:
        store_tags(Tag(organization_id=organization_id, name=wanted[word], folded=word) for word in sorted(missing))
        # Not those just inserted: another process may have been first, and its row stands.
        tags = tags_by_folded(wanted)
    store_contact_tags(
        ContactTag(organization_id=organization_id, contact_id=contact_id, tag=tags[word])
        for contact_id, given in words.items()
        for word in given
        if word
    )
