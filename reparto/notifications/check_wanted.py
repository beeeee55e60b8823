"""
Ask, as a notification is about to leave the product, whether it is still wanted: unread, at no quiet hour.

What does not leave is not lost: it stands in the notification centre.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from reparto.kit.outbox import Refused
from reparto.people.actor import Actor
from reparto.people.models import Person
from reparto.people.queries import find_person, load_actor

from .models import Notification, NotificationChoices
from .word_notice import Words, word_notice


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is to hear what."""

    person: Person
    notice: Notification
    actor: Actor

    @property
    def tells_of_many(self) -> bool:
        """Whether several contacts came at once."""
        return self.notice.kind == "assigned" and bool(self.notice.key) and self.notice.contact_id is None

    def words(self) -> Words:
        """Return what it says, in the active language."""
        return word_notice(self.notice, actor=self.actor)


def check_wanted(notification_id: int, *, at: datetime) -> Wanted:
    """Return the notification and whose it is. Raises Refused."""
    notice = Notification.objects.filter(pk=notification_id).first()
    if notice is None:
        raise Refused("What it told of was taken back.")
    if notice.read_at is not None:
        raise Refused("It was read already.")
    person = find_person(notice.person_id)
    if person.suspended_at is not None:
        raise Refused("The person is suspended.")
    if is_quiet(person, at=at):
        raise Refused("It was a quiet hour.")
    return Wanted(person, notice, load_actor(person))


def is_quiet(person: Person, *, at: datetime) -> bool:
    """Say whether somebody wants to hear nothing now, by the clock of their zone; past midnight too."""
    chosen = NotificationChoices.objects.filter(person=person).first()
    if chosen is None or chosen.quiet_since is None or chosen.quiet_until is None:
        return False
    since, until = chosen.quiet_since, chosen.quiet_until
    local = at.astimezone(ZoneInfo(person.time_zone)).time()
    return since <= local < until if since < until else local >= since or local < until
