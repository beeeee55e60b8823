"""Entries for the worker: who carries the mail of this room."""

from reparto.kit.outbox import carry

from .carry_invitation import InvitationCarrier
from .carry_password_link import PasswordLinkCarrier
from .mail_invitation import KIND as INVITATION
from .mail_password_link import KIND as PASSWORD
from .mail_second_step import KIND as SECOND_STEP
from .mail_second_step import SecondStepCarrier

carry(INVITATION, InvitationCarrier())
carry(PASSWORD, PasswordLinkCarrier())
carry(SECOND_STEP, SecondStepCarrier())
