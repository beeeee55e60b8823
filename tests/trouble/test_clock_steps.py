"""
Timers over restarts and steps of the clock (INV-68): what waits for an instant happens once, not before, and happens.

Lives drawn by chance: waits of flows, snoozed conversations, absences and what leaves; the worker dies at any instant,
and its clock goes wrong by an hour, a day or years.
"""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.db import transaction

from reparto.assignment.bring_back import bring_back
from reparto.assignment.decide_waiting import decide_waiting
from reparto.assignment.lock_desk import lock_desk
from reparto.assignment.models import Desk, Waiting
from reparto.conversations.models import Conversation
from reparto.conversations.snooze_conversation import snooze_conversation
from reparto.conversations.wake_snoozed import wake_snoozed
from reparto.flows.begin_runs import begin_runs
from reparto.flows.happened import Happened
from reparto.flows.models import Run
from reparto.flows.run_flows import run_flows
from reparto.kit import outbox
from reparto.kit.clock import now
from reparto.kit.models import Outbox
from reparto.kit.outbox import RETRY_SECONDS, Cause, TryLater, put_in_outbox, send_outbox
from reparto.kit.run_worker import PENDING, _pending
from reparto.kit.tenancy import in_organization
from reparto.people.models import Person
from reparto.people.set_availability import set_availability
from tests import cast
from tests.cast import AT, Cast
from tests.flows.some_flows import a_flow, story, tag, wait
from tests.road import a_text, write
from tests.rows.late import DAY, HOUR

pytestmark = pytest.mark.django_db
KIND = "probe"
YEARS_AHEAD = datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC)
LOOKS = 6


class Died(BaseException):
    """The worker was killed."""


@dataclass
class Probe:
    """The other side of the outbox: it counts what it took."""

    chance: Random
    calm: bool = False
    took: Counter[int] = field(default_factory=Counter)

    def send(self, row: Outbox) -> str:
        """Take it, or not; the worker may die before or after."""
        fate = "takes" if self.calm else self.chance.choice(("takes", "later", "dies before", "dies after"))
        if fate == "later":
            raise TryLater("Not now.")
        self.took[row.pk] += fate != "dies before"
        if fate != "takes":
            raise Died
        return "taken"

    def settled(self, row: Outbox, external_id: str) -> None:
        """Nothing is kept beside it."""


@dataclass
class Scene:
    """A company in which things wait."""

    company: Cast
    talk: Conversation
    seeds: int = 0

    @property
    def id(self) -> int:
        """The organization's."""
        return self.company.organization_id


@pytest.fixture
def scene() -> Iterator[Scene]:
    """Return a company with a conversation and a flow that waits an hour."""
    company = cast.a_company()
    account = cast.a_whatsapp_account(admin=company.admin, auto=(company.alba,))
    cast.a_rule(company.alba, admin=company.admin)
    write(account, a_text(cast.a_phone()))
    decide_waiting(company.organization_id, at=AT)
    a_flow(company, wait(1), tag("listo"))
    yield Scene(company, Conversation.objects.get())
    outbox.CARRIERS.pop(KIND, None)


class Life:
    """What waits in one life, and the worker that looks."""

    def __init__(self, scene: Scene, seed: int) -> None:
        self.scene, self.chance, self.at = scene, Random(seed), AT
        self.probe = Probe(self.chance)
        outbox.CARRIERS[KIND] = self.probe
        self.wrong = timedelta()
        self.happened: Counter[str] = Counter()
        self.waits = self.chance.sample(("flow", "snooze", "absence", "outbox"), 2)
        for one in self.waits:
            getattr(self, f"begin_{one}")()

    def begin_flow(self) -> None:
        """A flow begins, which waits."""
        cause = Happened("conversation_starts", "life", self.scene.talk.contact_id)
        begin_runs(self.scene.id, [cause], at=self.at)
        run_flows(self.scene.id, at=self.at)

    def begin_snooze(self) -> None:
        """A conversation is put off."""
        self.back_at = self.at + self.chance.choice((1, 5, 26)) * HOUR
        snooze_conversation(self.scene.talk.pk, until=self.back_at, actor=self.scene.company.admin, at=self.at)

    def begin_absence(self) -> None:
        """Bruno is away for some hours."""
        self.here_at = self.at + self.chance.choice((1, 5, 26)) * HOUR
        bruno = self.scene.company.bruno
        set_availability(bruno.person_id, status="away", actor=bruno, at=self.at, until=self.here_at)

    def begin_outbox(self) -> None:
        """Something must leave."""
        put_in_outbox(self.scene.id, Cause(KIND, "life"), body={}, at=self.at)

    def look_flow(self, at: datetime) -> None:
        """Take the steps that are due."""
        lock_desk(self.scene.id)
        run = Run.objects.get()
        run_flows(self.scene.id, at=at)
        taken = len(story()) - len(run.story)
        assert not taken or run.due_at <= at
        self.happened["flow"] += taken

    def look_snooze(self, at: datetime) -> None:
        """Bring back what is due."""
        woken = wake_snoozed(self.scene.id, at=at)
        assert not woken or self.back_at <= at
        self.happened["snooze"] += len(woken)

    def look_absence(self, at: datetime) -> None:
        """Let those come back who said until when."""
        back = bring_back(self.scene.id, at=at)
        assert not back or self.here_at <= at
        self.happened["absence"] += len(back)

    def look(self, *, die: bool) -> None:
        """One turn of the worker by its clock; it may die before it commits."""
        at = YEARS_AHEAD if self.wrong > 30 * DAY else self.at + self.wrong
        for one in self.waits:
            if one == "outbox":
                self.send(at)
            elif self.wrong <= DAY:  # what people have put off by themselves is due by then, whatever one does
                self.within(getattr(self, f"look_{one}"), at, die=die)

    def within(self, act: Callable[[datetime], None], at: datetime, *, die: bool) -> None:
        """Do one thing in a transaction that commits, or does not."""
        before = self.happened.copy()
        try:
            with in_organization(self.scene.id):
                act(at)
                if die:
                    raise Died
        except Died:
            self.happened = before

    def send(self, at: datetime) -> None:
        """Let what is due leave."""
        with contextlib.suppress(Died):
            send_outbox(self.scene.id, at=at)

    def step(self) -> None:
        """Time goes on, and perhaps the clock jumps; the worker looks."""
        self.at += self.chance.choice((1, 20, 90)) * timedelta(minutes=1)
        if self.chance.random() < 0.4:
            self.wrong = self.chance.choice((timedelta(), -DAY, -HOUR, HOUR, DAY, 4000 * DAY))
        self.look(die=self.chance.random() < 0.4)

    def come_to_rest(self) -> None:
        """The clock is right again and nobody dies: whatever waits happens."""
        self.wrong, self.probe.calm = timedelta(), True
        self.at += 2 * DAY
        for _ in range(3):
            self.at += timedelta(seconds=RETRY_SECONDS[-1])
            self.look(die=False)

    def check(self) -> None:
        """Everything happened, once."""
        assert {one: 1 for one in self.waits if one != "outbox"} == +self.happened
        if "flow" in self.waits:
            assert ["waits", "tagged"] == story()
        if "snooze" in self.waits:
            assert "open" == Conversation.objects.get().status
        if "absence" in self.waits:
            assert "available" == Person.objects.get(pk=self.scene.company.bruno.person_id).availability
        if "outbox" in self.waits:
            row = Outbox.objects.get(kind=KIND)
            assert row.state in ("sent", "unknown")
            assert self.probe.took[row.pk] <= 1
            assert row.state == "unknown" or self.probe.took[row.pk] == 1


def live(scene: Scene, seeds: range) -> None:
    """Live so many lives; each leaves nothing behind."""
    for seed in seeds:
        with transaction.atomic():
            life = Life(scene, seed)
            for _ in range(LOOKS):
                life.step()
            life.come_to_rest()
            life.check()
            transaction.set_rollback(True)


class TestTimers:
    def test_fire_once_whatever_the_clock_does(self, scene: Scene) -> None:
        """INV-68: in 30 lives with restarts and steps of the clock each timer fires once, and not before its time."""
        live(scene, range(30))

    @pytest.mark.slow
    @pytest.mark.timeout(1800)
    @pytest.mark.parametrize("part", range(4))
    def test_do_so_in_ten_thousand_lives(self, scene: Scene, part: int) -> None:
        """INV-68: and in 10,000."""
        live(scene, range(part * 2_500, (part + 1) * 2_500))


class TestShortTimers:
    def test_put_off_by_years_are_due(self, scene: Scene) -> None:
        """INV-68: a next try, look or lease of years ahead was written by a wrong clock; nothing rests until then."""
        put_in_outbox(scene.id, Cause(KIND, "far"), body={}, at=YEARS_AHEAD)
        Waiting.objects.create(
            organization_id=scene.id, contact_id=scene.talk.contact_id, since=AT, due_at=YEARS_AHEAD, outcome="queued"
        )
        Desk.objects.update(late_at=YEARS_AHEAD)
        probe = outbox.CARRIERS[KIND] = Probe(Random(1), calm=True)

        with transaction.atomic():
            assert all([scene.id] == _pending(PENDING[work]) for work in ("desk", "send", "late"))
            transaction.set_rollback(True)  # it looks as another role
        assert 1 == send_outbox(scene.id, at=now()) == probe.took.total()
        assert 1 == decide_waiting(scene.id, at=now())
        assert not Waiting.objects.filter(due_at__gt=now() + DAY)
