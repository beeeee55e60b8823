"""Entries for the worker: who carries what leaves of this room."""

from reparto.kit.outbox import carry

from .carry_assignment import AssignmentCarrier
from .carry_notice import NoticeCarrier
from .carry_push import PushCarrier
from .mail_assignees import KIND
from .reach_out import MAIL, PUSH

carry(KIND, AssignmentCarrier())
carry(MAIL, NoticeCarrier())
carry(PUSH, PushCarrier())
