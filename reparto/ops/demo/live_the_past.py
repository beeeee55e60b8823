"""
Give the demo company the week behind it: what came in, who got it, what was answered, each at its own time.

Everything goes the way that it would have gone, by hooks and verbs that are handed their time; no row is made up. It
runs in the caller's transaction, so that a company has its whole past or is not there at all.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from queue import Queue
from random import Random

from reparto.conversations import jobs as carriers
from reparto.conversations.queries import assignees_of, messages_of
from reparto.intake.absorb_deliveries import absorb_deliveries
from reparto.intake.receive_delivery import Request, receive_delivery
from reparto.kit.outbox import send_outbox

from .act_as_agent import act_as_agent, dialogue_of, said_in
from .agenda import Agenda
from .company import Company
from .customers import Customer, make_customer
from .keep_people import Keeper
from .letters import Letter, fill_in_form, write_statuses, write_text
from .stand_in import Sent
from .step_in import step_in
from .talks_with import talks_with
from .type_in import CLIENTS, MET, type_in
from .working_week import ZONE, WorkingWeek

#: Registers who carries replies: those of the past leave at their time, and no worker knows of them.
CARRIERS = carriers
MOST_LOOKS = 5
APART = timedelta(minutes=9)
#: Before so long ago talks were short: one sees mostly what is recent.
RECENT = timedelta(hours=30)
#: How long a reply may take to reach the stand-in, which is in this very process.
PATIENCE_SECONDS = 5.0


def live_the_past(company: Company, sent: "Queue[Sent]", *, week: WorkingWeek, dice: Random) -> None:
    """Live the days before `week.until`; `sent` is what the stand-in has taken."""
    past = Past(company, sent, week, dice)
    past.plan()
    past.live()


class Past:
    """One past in the making; every call is inside `company.entered`."""

    def __init__(self, company: Company, sent: "Queue[Sent]", week: WorkingWeek, dice: Random) -> None:
        """Begin with nothing."""
        self.company, self.sent, self.week, self.dice = company, sent, week, dice
        self.until = week.until
        self.agenda = Agenda()
        self.keeper = Keeper(company, dice)
        self.seen_at: datetime | None = None

    def plan(self) -> None:
        """Note who will write when, and when our people come and go."""
        self.keeper.plan(self.agenda, self.week)
        for number, at in enumerate(times := self.week.arrivals(self.dice)):
            self.agenda.note(at, partial(self._arrive, make_customer(number)))
        for since, _ in self.week.openings():
            for minutes in (2, 6, 13):
                self.agenda.note(since + timedelta(minutes=minutes), self._work)
        (begin, _), *_ = self.week.openings()
        for place in range(CLIENTS + MET):
            typed_at = begin + timedelta(minutes=7 * place + (60 * 22 if place >= CLIENTS else 0))
            self.agenda.note(typed_at, partial(type_in, self.company, place))
        # Just now nobody is there for Colombia: two wait until somebody comes back.
        colombians = [one for one in map(make_customer, range(len(times), len(times) + 40)) if one.country == "CO"]
        for minutes, customer in zip((14, 3), colombians, strict=False):
            self.agenda.note(self.until - timedelta(minutes=minutes), partial(self._arrive, customer))

    def live(self) -> None:
        """Let it all happen, in the order of time."""
        day = ""
        while due := self.agenda.take_due(self.until):
            at, happening = due
            happening(at)
            if day != (day := f"{at.astimezone(ZONE):%A %d %B}"):
                # It takes a while: let whoever waits see that it moves.
                print(f"  living through {day} …", flush=True)
        self.keeper.show_signs(self.until)

    def _show_signs(self, at: datetime) -> None:
        """Let those at work show that they are there, well within the grace for chats."""
        if (self.seen_at is None or at - self.seen_at > APART) and self.week.is_open(at):
            self.seen_at = at
            self.keeper.show_signs(at)

    def _arrive(self, customer: Customer, at: datetime) -> None:
        self.hear(customer, customer.dialogue(self.dice.randint(0, 9)).customer[0], at)
        for talk in talks_with(customer):
            self._soon(at, (2, 16), partial(self._look, customer, talk.pk, 0))

    def hear(self, customer: Customer, text: str, at: datetime) -> None:
        """Let a customer write, and somebody be found for them."""
        if customer.by_chat:
            self._deliver(write_text(self.company.whatsapp, customer, text, wamid=self._wamid(), at=at), at)
        else:
            self._deliver(fill_in_form(self.company.webform, customer, key=self._wamid()), at)
        self._work(at)

    def _work(self, at: datetime) -> None:
        """Let a worker take its turn; who is at work then, it sees by their signs of life."""
        self._show_signs(at)
        while absorb_deliveries(self.company.organization_id, at=at):
            pass

    def _deliver(self, letter: Letter, at: datetime) -> None:
        request = Request(
            body=letter.body,
            content_type=letter.headers["Content-Type"],
            signature=letter.headers.get("X-Hub-Signature-256"),
            idempotency_key=letter.headers.get("Idempotency-Key"),
        )
        receive_delivery(letter.hook.kind, letter.hook.key, request, at=at)

    def _look(self, customer: Customer, talk_id: int, looks: int, at: datetime) -> None:
        """Let whoever has the conversation take their next step in it."""
        again = partial(self._look, customer, talk_id, looks + 1)
        if not self.week.is_open(at):
            self._soon(self.week.next_opening(at), (3, 70), again)
            return
        done = act_as_agent(self.company, talk_id, at=at, dice=self.dice)
        if done == "answered":
            self._carry(at)
            self._soon(at, (1, 30), partial(self._answer, customer, talk_id))
        elif done == "noted" and self.dice.random() < 0.85:
            self._soon(at, (60, 500), again)
        elif done == "closed" and customer.by_chat and self.dice.random() < 0.1:
            self._soon(at, (600, 4000), partial(self._arrive, customer))
        elif done is None and looks < MOST_LOOKS:
            self._step_in(talk_id, at)
            self._soon(at, (20, 120), again)

    def _answer(self, customer: Customer, talk_id: int, at: datetime) -> None:
        """Let a customer answer, or fall silent; then it is for the agent again."""
        said = said_in(talk_id)
        heard = sum(one.direction == "in" for one in said)
        lines = dialogue_of(said, customer).customer
        look = partial(self._look, customer, talk_id, 0)
        if heard < len(lines) and self.dice.random() < (0.9 if self.until - at < RECENT else 0.3):
            self.hear(customer, lines[heard], at)
            self._soon(at, (1, 14), look)
        elif self.dice.random() < 0.9:
            self._soon(at, (60, 600), look)

    def _carry(self, at: datetime) -> None:
        """Send what was said, and hear what became of it."""
        for _ in range(send_outbox(self.company.organization_id, at=at)):
            taken = self.sent.get(timeout=PATIENCE_SECONDS)
            statuses = ("sent", "delivered", "read") if self.dice.random() < 0.8 else ("sent", "delivered")
            self._deliver(write_statuses(self.company.whatsapp, taken.wamid, statuses, to=taken.to, at=at), at)

    def _step_in(self, talk_id: int, at: datetime) -> None:
        """Let the manager give some of those to somebody for whom no rule spoke."""
        talk = messages_of(talk_id).select_related("conversation").first()
        if talk and not assignees_of([talk_id])[talk_id].person_ids and self.dice.random() < 0.25:
            step_in(self.company, talk.conversation.contact_id, at=at, dice=self.dice)

    def _soon(self, at: datetime, minutes: tuple[int, int], happening: Callable[[datetime], None]) -> None:
        self.agenda.note(at + timedelta(seconds=self.dice.randint(minutes[0] * 60, minutes[1] * 60)), happening)

    def _wamid(self) -> str:
        return f"wamid.{self.dice.getrandbits(96):024x}"
