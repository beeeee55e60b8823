"""What a command says: an answer for people and programs, or a refusal. It prints nothing itself."""

from dataclasses import dataclass, field
from typing import Any


class Refusal(Exception):
    """A command cannot do what it was asked; the message says what is wrong and what to do."""


@dataclass(frozen=True)
class Answer:
    """The result of a command, told twice: as lines to read and as data for `--json`."""

    text: str
    data: dict[str, Any] = field(default_factory=dict)
    #: False makes the command exit 1 although it went to its end (`explain` found a difference).
    good: bool = True
