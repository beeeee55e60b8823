"""
Table of a company's own automation.

A flow nominates people and groups; the desk adds them.
"""

from django.db import models

from reparto.kit.models import OfOrganization


class Flow(OfOrganization):
    """A trigger, a filter and ordered steps."""

    name = models.CharField(max_length=200)
    trigger = models.JSONField(default=dict)
    filters = models.JSONField(default=dict)
    steps = models.JSONField(default=list)
    published_at = models.DateTimeField(null=True)  #: null: a draft, does nothing
    version = models.PositiveIntegerField(default=1)
