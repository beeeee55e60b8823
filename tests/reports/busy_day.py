"""A company with a busy day behind it: two rules, people coming and going, work by hand, answers, and one who waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from reparto.assignment.answer_conversation import answer_conversation
from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.assign_conversation import Chosen, assign_conversation
from reparto.contacts.record_follow_up import FollowUpDraft, record_follow_up
from reparto.conversations.models import Conversation
from reparto.conversations.send_reply import Reply
from reparto.kit.choose_period import choose_period
from reparto.people.actor import Actor
from reparto.people.set_availability import set_availability
from reparto.people.show_sign_of_life import show_sign_of_life
from reparto.reports.choose_scope import choose_scope
from reparto.reports.measure_fairness import FairnessReport, measure_fairness
from tests.cast import AT, Cast, a_company, a_contact, a_phone, a_rule, a_whatsapp_account
from tests.road import a_text, write

#: How many write, one every few minutes.
MANY = 14
APART = timedelta(minutes=7)
ZONE = "America/Mexico_City"


@dataclass(frozen=True)
class Day:
    """What there is to be counted."""

    cast: Cast
    end: datetime
    turns_id: int  #: the rule that goes round
    weights_id: int  #: the rule that weighs


def a_busy_day() -> Day:
    """Let people write to a company; Bruno is away for a while, and at last everybody is."""
    cast = a_company()
    everybody = (cast.alba, cast.bruno, cast.carla)
    accounts = [a_whatsapp_account(admin=cast.admin, auto=everybody, phone_number_id=one) for one in ("1001", "1002")]
    first = {"all": [{"field": "account", "op": "is", "value": accounts[0].pk}]}
    turns = a_rule(*everybody, admin=cast.admin, description="Por turno", filters=first)
    weighed = ({"person_id": cast.carla.person_id, "weight": 3}, {"group_id": cast.north_id})
    weights = a_rule(admin=cast.admin, description="Por peso", assign_to=weighed, strategy="weighted")
    for number in range(MANY):
        at = AT + number * APART
        _come_and_go(cast, everybody, number, at)
        write(accounts[number % 3 % 2], a_text(a_phone(), at=at), at=at)
    _work(cast, AT + MANY * APART)
    end = AT + (MANY + 1) * APART
    for person in everybody:
        set_availability(person.person_id, status="offline", actor=person, at=end)
    write(accounts[0], a_text(a_phone(), at=end), at=end)
    return Day(cast, end, turns.pk, weights.pk)


def _come_and_go(cast: Cast, everybody: tuple[Actor, ...], number: int, at: datetime) -> None:
    for person in everybody:
        show_sign_of_life(person.person_id, at=at)
    if number in (4, 9):
        set_availability(cast.bruno.person_id, status={4: "away", 9: "available"}[number], actor=cast.bruno, at=at)


def _work(cast: Cast, at: datetime) -> None:
    """Answer, note, take and hand over, as people do."""
    talks = list(Conversation.objects.order_by("id"))
    for place, talk in enumerate(talks[:6]):
        (worker,) = [one for one in (cast.alba, cast.bruno, cast.carla) if one.person_id == talk.contact.owner_id]
        answer_conversation(talk.pk, Reply("Hola"), actor=worker, at=at + timedelta(minutes=place))
    other = next(one.person_id for one in (cast.alba, cast.bruno) if one.person_id != talks[-1].contact.owner_id)
    assign_conversation(talks[-1].pk, Chosen((other,)), actor=cast.admin, at=at)
    contact = a_contact("De mano", admin=cast.admin)
    assign_by_hand(contact.pk, owner_id=cast.bruno.person_id, actor=cast.admin, at=at)
    call = FollowUpDraft("call", at=at + timedelta(minutes=3))
    record_follow_up(contact.pk, call, actor=cast.bruno, at=at + timedelta(minutes=3))
    taken = a_contact("Tomado", admin=cast.admin)
    assign_by_hand(taken.pk, owner_id=cast.alba.person_id, actor=cast.alba, at=at)


def report(day: Day, *, group_id: int | None = None, as_manager: bool = False) -> FairnessReport:
    """Measure the day."""
    actor, whole = day.cast.manager if as_manager else day.cast.admin, choose_period("today", zone=ZONE, at=AT)
    return measure_fairness(whole, choose_scope(actor, group_id=group_id), at=day.end)
