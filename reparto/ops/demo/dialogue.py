"""The shapes of what is said in the demo. No words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A talk on WhatsApp: the customer begins, then they take turns. `{me}` is the agent, `{you}` the customer."""

    interest: str
    customer: tuple[str, ...]
    agent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What somebody leaves on the web form, and what the agent notes after calling back."""

    interest: str
    message: str
    note: str
