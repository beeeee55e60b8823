"""
The API as a whole: its resources, its guard, its errors, its OpenAPI document.

Each resource has a file of its own; nothing is decided here.
"""

from ninja import NinjaAPI

from . import (
    accounts,
    campaigns,
    contact_work,
    contacts,
    conversation_work,
    conversations,
    decisions,
    direct_assignments,
    figures_settings,
    flows,
    groups,
    inbox_settings,
    invitations,
    me,
    merges,
    notifications,
    people,
    quarantine,
    reports,
    rule_drafts,
    rule_versions,
    rules,
    suspension,
    tags,
    sales,
)
from .authenticate import Bearer
from .errors import answer_errors
from .guard import guard
from .read_body import Reader

RESOURCES = (
    me,
    groups,
    people,
    suspension,
    invitations,
    campaigns,
    accounts,
    contacts,
    contact_work,
    merges,
    conversations,
    sales,
    conversation_work,
    decisions,
    # Before `rules`, whose addresses end in any id.
    rule_drafts,
    rule_versions,
    rules,
    flows,
    tags,
    direct_assignments,
    inbox_settings,
    figures_settings,
    notifications,
    quarantine,
    reports,
)

api = NinjaAPI(
    title="Reparto",
    version="1",
    description="Makes sure every contact of a company has a person responsible for it, and says why that person.",
    urls_namespace="api",
    docs_url=None,
    auth=Bearer(),
    parser=Reader(),
)
api.add_decorator(guard, mode="view")
answer_errors(api)
for resource in RESOURCES:
    api.add_router("", resource.router)
