"""
Store what a person may do, and where.

It checks nothing; `add_person` and `edit_person` did.
"""

from collections.abc import Iterable

from .models import Grant, Person
from .person_draft import GrantDraft


def replace_grants(person: Person, grants: Iterable[GrantDraft]) -> None:
    """Store exactly these grants; those that stay keep their rows."""
    wanted = dict.fromkeys(grants)
    had = {GrantDraft(grant.role, grant.group_id): grant.pk for grant in Grant.objects.filter(person=person)}
    Grant.objects.filter(pk__in=[key for grant, key in had.items() if grant not in wanted]).delete()
    Grant.objects.bulk_create(
        Grant(organization_id=person.organization_id, person=person, role=grant.role, group_id=grant.group_id)
        for grant in wanted
        if grant not in had
    )
