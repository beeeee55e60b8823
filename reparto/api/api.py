"""
The API as a whole: its resources, its guard, its errors, its OpenAPI document.

Each resource has a file of its own; nothing is decided here.
"""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from . import (
    accounts,
    attachments,
    campaigns,
    contact_bulk,
    contact_history,
    contact_work,
    contacts,
    conversation_reading,
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
    message_templates,
    notice_choices,
    notifications,
    people,
    quarantine,
    quick_replies,
    reports,
    rule_drafts,
    rule_previews,
    rule_sweeps,
    rule_versions,
    rules,
    sales,
    schedules,
    second_steps,
    shadows,
    simulations,
    suspension,
    tags,
    templates,
)
from .authenticate import Bearer
from .errors import answer_errors
from .guard import guard
from .hooks import HOOKS
from .read_body import Reader

RESOURCES = (
    me,
    groups,
    people,
    schedules,
    suspension,
    invitations,
    second_steps,
    campaigns,
    accounts,
    # Before `contacts`, whose addresses end in any id.
    contact_bulk,
    contacts,
    contact_work,
    contact_history,
    sales,
    merges,
    conversations,
    conversation_work,
    conversation_reading,
    attachments,
    quick_replies,
    message_templates,
    decisions,
    # Before `rules`, whose addresses end in any id.
    rule_drafts,
    rule_previews,
    rule_sweeps,
    rule_versions,
    simulations,
    shadows,
    rules,
    flows,
    templates,
    tags,
    direct_assignments,
    inbox_settings,
    figures_settings,
    notifications,
    notice_choices,
    quarantine,
    reports,
)


class Api(NinjaAPI):
    """The API, whose document names the hooks too: not answered here, but looked for here by whoever writes to us."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the document."""
        document = super().get_openapi_schema(**options)
        document["paths"] |= HOOKS
        return document


api = Api(
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
