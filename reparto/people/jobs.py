"""Entries for the worker: who carries the mail of this room."""

from reparto.kit.outbox import carry

from .carry_invitation import InvitationCarrier
from .carry_password_link import PasswordLinkCarrier
from .mail_invitation import KIND as INVITATION
from .mail_password_link import KIND as PASSWORD

carry(INVITATION, InvitationCarrier())
carry(PASSWORD, PasswordLinkCarrier())
