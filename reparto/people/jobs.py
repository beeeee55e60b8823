"""Entries for the worker: who carries the mail of this room."""

from reparto.kit.outbox import carry

from .carry_invitation import InvitationCarrier
from .mail_invitation import KIND

carry(KIND, InvitationCarrier())
