"""A company with something of everything, so that each page of the product has something to show."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from reparto.assignment.answer_conversation import answer_conversation
from reparto.assignment.hand_over import Heirs, hand_over
from reparto.assignment.models import Decision
from reparto.assignment.record_sale import record_sale
from reparto.channels.keep_message_template import TemplateDraft as MessageTemplateDraft
from reparto.channels.keep_message_template import keep_message_template
from reparto.channels.models import Account
from reparto.contacts.add_custom_field import CustomFieldDraft, add_custom_field
from reparto.contacts.add_sale import SaleDraft
from reparto.contacts.keep_view import ViewDraft, keep_view
from reparto.contacts.record_follow_up import FollowUpDraft, record_follow_up
from reparto.contacts.set_default_assignees import set_default_assignees
from reparto.conversations.keep_quick_reply import QuickReplyDraft, keep_quick_reply
from reparto.conversations.models import Conversation
from reparto.conversations.send_reply import Reply
from reparto.kit.clock import now
from reparto.people.add_absence import AbsenceDraft, add_absence
from reparto.people.add_campaign import add_campaign
from reparto.people.set_availability import set_availability
from reparto.people.set_campaign_members import set_campaign_members
from reparto.reports.begin_shadow import begin_shadow
from reparto.reports.jobs import decide_in_the_shadow, simulate_until_done
from reparto.reports.start_simulation import Asked, start_simulation
from reparto.rules.add_draft import add_draft
from reparto.rules.add_template import TemplateDraft, add_template
from reparto.rules.edit_draft import edit_draft
from reparto.rules.queries import current_rule_set
from tests import calls
from tests.cast import AT, Cast, a_company, a_contact, a_person, a_phone, a_rule, a_whatsapp_account, an_account
from tests.flows.some_flows import a_flow, condition, groups, people, reply, tag, wait
from tests.road import a_text, write

LIMA_OR_FLEETS = {"any": [{"field": "city", "op": "is", "value": "Lima"}, {"field": "sellers", "op": ">=", "value": 5}]}
IS_CLIENT = {"all": [{"field": "kind", "op": "is", "value": "client"}]}
PROSPECT = {"all": [{"field": "kind", "op": "is", "value": "prospect"}]}


@dataclass(frozen=True)
class Everything:
    """The company, and a row for each parameter of an address."""

    cast: Cast
    ids: dict[str, int]


def found_everything() -> Everything:
    """Found a company, and let its people do a little of all that can be done."""
    cast = a_company()
    ids = {"person_id": cast.alba.person_id, "number": 2}
    ids |= _settings(cast) | _rules(cast)
    ids |= _work(cast, ids["account_id"]) | _trials(cast, ids["draft_id"])
    _absences(cast)
    return Everything(cast, ids)


def _settings(cast: Cast) -> dict[str, int]:
    admin = cast.admin
    account = a_whatsapp_account(admin=admin, auto=(cast.alba, cast.bruno))
    keep_message_template(MessageTemplateDraft(account.pk, "listo", "es", "Hola {{1}}"), actor=admin, at=AT)
    campaign = add_campaign("Feria", actor=admin, at=AT)
    set_campaign_members(campaign.pk, [cast.alba.person_id], actor=admin, at=AT)
    field = add_custom_field(CustomFieldDraft("plan", "Plan", "choice", ("Básico", "Completo")), actor=admin, at=AT)
    quick = keep_quick_reply(QuickReplyDraft("Saludo", "Hola, soy {{agent.name}}", shared=True), actor=admin, at=AT)
    mail = TemplateDraft("Aviso", "Te toca {{contact.name}}", "Hola {{agent.name}}")
    keep_view(ViewDraft("De Lima", {"q": "Lima"}, shared=True), actor=admin, at=AT)
    return {
        "account_id": account.pk,
        "field_id": field.pk,
        "quick_reply_id": quick.pk,
        "template_id": add_template(mail, actor=admin, at=AT).pk,
    }


def _rules(cast: Cast) -> dict[str, int]:
    admin = cast.admin
    steps = (reply("Hola {{contact.name}}"), wait(2), condition(IS_CLIENT, tag("Nuevo")), people(cast.alba))
    flow = a_flow(cast, *steps, groups(cast.south_id), name="Bienvenida", trigger={"kind": "tag_added", "tag": "VIP"})
    first = a_rule(cast.carla, admin=admin, description="Flotas", filters=LIMA_OR_FLEETS, tags=("flota",))
    a_rule(cast.carla, cast.alba, cast.bruno, admin=admin, description="Por turno", filters=PROSPECT)
    after = {"amount": 3, "unit": "days"}
    a_rule(cast.bruno, admin=admin, description="Rescate", trigger="no_followup", after=after)
    draft = add_draft("Verano", actor=admin, at=AT)
    others = [draft.content[1] | {"assign_to": [{"person_id": cast.carla.person_id}], "description": "Solo Carla"}]
    edit_draft(draft.pk, {"rules": [draft.content[0], *others]}, actor=admin, at=AT)
    return {"flow_id": flow.pk, "rule_id": first.pk, "draft_id": draft.pk}


def _work(cast: Cast, account_id: int) -> dict[str, int]:
    """Let people write, and be answered; one is called back, one bought something."""
    admin, at = cast.admin, now() - timedelta(minutes=20)
    for person in (cast.alba, cast.bruno):
        set_availability(person.person_id, status="available", actor=person, at=at)
    account = Account.objects.get(pk=account_id)
    for minute in range(3):
        write(account, a_text(a_phone(), at=at), at=at + timedelta(minutes=minute))
    talk = Conversation.objects.earliest("id")
    contact = talk.contact
    answer_conversation(talk.pk, Reply("Claro que sí"), actor=cast.alba, at=now())
    answer_conversation(talk.pk, Reply("@Bruno, ¿lo ves?", private=True), actor=cast.alba, at=now())
    record_follow_up(contact.pk, FollowUpDraft("visit", "Pidió precio"), actor=cast.alba, at=now())
    record_sale(contact.pk, SaleDraft(Decimal(1250), "MXN"), actor=cast.alba, at=now())
    set_default_assignees(contact.pk, [cast.bruno.person_id], actor=admin, at=now())
    a_contact("Sin encargado", admin=admin)
    calls.ring(an_account("phone", admin=admin), calls.a_call(a_phone()), at=at)
    decision = Decision.objects.filter(conversation=talk).earliest("id")
    return {"contact_id": contact.pk, "conversation_id": talk.pk, "decision_id": decision.pk}


def _trials(cast: Cast, draft_id: int) -> dict[str, int]:
    """Let rules be replayed, and others decide in the shadow otherwise than those in force."""
    admin, account = cast.admin, Account.objects.filter(kind="whatsapp").earliest("id")
    shadow = begin_shadow(draft_id, actor=admin, at=now() - timedelta(minutes=15))
    for minute in (12, 10, 8):
        at = now() - timedelta(minutes=minute)
        write(account, a_text(a_phone(), at=at), at=at)
    decide_in_the_shadow(cast.organization_id)
    asked = Asked(current_rule_set(), since=now() - timedelta(days=7), until=now())
    simulation = start_simulation(asked, actor=admin, at=now())
    simulate_until_done(cast.organization_id)
    return {"shadow_id": shadow.pk, "simulation_id": simulation.pk}


def _absences(cast: Cast) -> None:
    """Let one be on leave, and one have gone, whose work waits to be handed over."""
    admin = cast.admin
    leave = AbsenceDraft(now() - timedelta(days=1), now() + timedelta(days=3), "Vacaciones")
    add_absence(cast.carla.person_id, leave, actor=admin, at=now())
    gone = a_person("Gonzalo", admin=admin, group_id=cast.north_id, receives=True)
    a_contact("De Gonzalo", admin=admin, owner=gone)
    hand_over(gone.person_id, Heirs(cast.bruno.person_id), actor=admin, at=now())
