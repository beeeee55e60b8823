"""
What is wrong with something that was handed in: every fault at once, each with its place, a code and a sentence.

It judges nothing; verbs collect here while they read a draft.
"""

from dataclasses import dataclass

from django.db import IntegrityError


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong."""

    path: str  #: `addresses[0].value`; "" for the whole
    code: str  #: for programs, never translated
    message: str  #: for people, in the language of the request


class Invalid(Exception):
    """A draft cannot be accepted as it stands; nothing was changed."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """Keep the faults; the message lists them with their places."""
        super().__init__("; ".join(f"{fault.path or 'all'}: {fault.message}" for fault in faults))
        self.faults = faults


class Faults:
    """Collects faults while a draft is read."""

    def __init__(self) -> None:
        """Begin without any."""
        self.found: list[Fault] = []

    def add(self, path: str, code: str, message: str) -> None:
        """Note one more."""
        self.found.append(Fault(path, code, message))

    def check(self) -> None:
        """Raise Invalid with all that was found; return when there is nothing."""
        if self.found:
            raise Invalid(tuple(self.found))


def violated_constraint(error: IntegrityError) -> str:
    """Return the name of the constraint that refused a row; "" when the database does not say."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""
