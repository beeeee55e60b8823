"""Entries for the worker: who carries the mail of this room."""

from reparto.kit.outbox import carry

from .carry_assignment import AssignmentCarrier
from .mail_assignees import KIND

carry(KIND, AssignmentCarrier())
