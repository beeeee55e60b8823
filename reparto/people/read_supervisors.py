"""
Who is asked when somebody's work goes nowhere: the nearest managers above them, else whoever administers.

It tells nobody; whoever asks has entered the organization.
"""

from dataclasses import dataclass

from .models import Grant


@dataclass(frozen=True, slots=True)
class Supervisors:
    """The managers with the paths of what they manage, and the administrators."""

    managers: tuple[tuple[int, str], ...]
    admins: tuple[int, ...]

    def of(self, path: str, *, but: int | None = None) -> tuple[int, ...]:
        """Return those nearest above a group, without a person whose own work it is about."""
        above = [(len(own), one) for one, own in self.managers if path.startswith(own) and one != but]
        nearest = max((depth for depth, _ in above), default=0)
        return tuple(sorted({one for depth, one in above if depth == nearest})) or self.admins


def read_supervisors() -> Supervisors:
    """Return those who work here and lead anybody (one query)."""
    rows = Grant.objects.filter(role__in=("manager", "admin"), person__suspended_at__isnull=True)
    held = list(rows.order_by("person_id").values_list("role", "person_id", "group__path"))
    managers = tuple((person, path) for role, person, path in held if role == "manager")
    return Supervisors(managers, tuple(dict.fromkeys(person for role, person, _ in held if role == "admin")))
