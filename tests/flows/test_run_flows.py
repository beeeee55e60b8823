"""Flows at work: what begins them, and that people are added and never replaced."""

from datetime import timedelta

import pytest

from reparto.assignment.describe_decision import describe_decision
from reparto.assignment.explain_decision import explain_decision
from reparto.assignment.models import Decision
from reparto.channels.models import Account
from reparto.contacts.edit_contact import edit_contact
from reparto.contacts.queries import tags_of
from reparto.contacts.set_default_assignees import set_default_assignees
from reparto.flows.edit_flow import edit_flow
from reparto.flows.models import Run
from reparto.flows.publish_flow import publish_flow
from reparto.people.edit_person import edit_person
from reparto.people.set_availability import set_availability
from reparto.people.suspend_person import suspend_person
from tests.cast import AT, Cast, a_company, a_contact, a_phone, a_rule, a_whatsapp_account
from tests.flows.some_flows import (
    a_draft,
    a_flow,
    assigned,
    groups,
    people,
    reply,
    story,
    tag,
    talk,
    wait,
)
from tests.road import a_text, work, write

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=3)
CLIENTS = {"field": "kind", "op": "is", "value": "client"}


@pytest.fixture
def cast() -> Cast:
    """Return a company."""
    return a_company()


@pytest.fixture
def account(cast: Cast) -> Account:
    """Return a WhatsApp number on which all three agents receive."""
    return a_whatsapp_account(admin=cast.admin, auto=(cast.alba, cast.bruno, cast.carla))


class TestWhoIsNamed:
    """AC-4: the steps *Conversación* and *Equipo*."""

    def test_is_added_to_owner_and_default_assignees(self, cast: Cast, account: Account) -> None:
        """AC-4, EC-50: people and groups of the flow, the owner and the default assignees all get the conversation."""
        number = a_phone()
        contact = a_contact(admin=cast.admin, phone=number, owner=cast.alba)
        set_default_assignees(contact.pk, [cast.bruno.person_id], actor=cast.admin, at=AT)
        a_flow(cast, people(cast.carla), groups(cast.south_id))

        write(account, a_text(number))

        everybody = {cast.alba.person_id, cast.bruno.person_id, cast.carla.person_id}
        assert (everybody, {cast.south_id}) == assigned()
        assert ["named", "named"] == story()

    def test_is_said_by_the_decision_with_the_flows_name(self, cast: Cast, account: Account) -> None:
        """AC-4: ¿Por qué? names the flow as it was called then, and the decision can be derived again."""
        flow = a_flow(cast, people(cast.carla), name="Bienvenida")
        write(account, a_text(a_phone()))
        edit_flow(flow.pk, {"name": "Otra"}, actor=cast.admin, at=AT)

        decision = Decision.objects.latest("id")
        card = describe_decision(decision)

        assert "flow" == decision.route
        assert "Flujo «Bienvenida»" == card.route_label
        assert "Bienvenida" in card.chosen_because
        assert explain_decision(decision.pk).same

    def test_is_added_to_whoever_has_it_already(self, cast: Cast, account: Account) -> None:
        """AC-4, EC-45: a step after a wait adds to those who have the conversation; each has a decision."""
        a_rule(cast.alba, admin=cast.admin)
        a_flow(cast, wait(2), people(cast.bruno), groups(cast.south_id))
        write(account, a_text(a_phone()))
        assert ({cast.alba.person_id}, set()) == assigned()

        work(cast.organization_id, at=LATER)

        assert ({cast.alba.person_id, cast.bruno.person_id}, {cast.south_id}) == assigned()
        assert ["flow", "flow", "rule"] == [one.route for one in Decision.objects.order_by("-id")]

    def test_is_added_though_away_but_never_over_capacity(self, cast: Cast, account: Account) -> None:
        """EC-33: where somebody has it, being away is no reason against, being full is; the trace has both."""
        a_rule(cast.alba, admin=cast.admin)
        set_availability(cast.bruno.person_id, status="away", actor=cast.bruno, at=AT)
        edit_person(cast.carla.person_id, {"capacity": 0}, actor=cast.admin, at=AT)
        a_flow(cast, wait(2), people(cast.bruno, cast.carla, cast.alba))
        write(account, a_text(a_phone()))

        work(cast.organization_id, at=LATER)

        assert {cast.alba.person_id, cast.bruno.person_id} == assigned()[0]
        card = describe_decision(Decision.objects.latest("id"))
        assert ["Carla"] == [one.name for one in card.skipped]
        assert "Flujo «Bienvenida»" == card.route_label

    def test_by_two_flows_is_added_together(self, cast: Cast, account: Account) -> None:
        """Two flows that begin with the same conversation both have their people on it, and both are named."""
        a_flow(cast, people(cast.alba), name="Uno")
        a_flow(cast, people(cast.bruno), name="Dos")

        write(account, a_text(a_phone()))

        assert {cast.alba.person_id, cast.bruno.person_id} == assigned()[0]
        assert "Flujo «Uno · Dos»" == describe_decision(Decision.objects.latest("id")).route_label

    def test_and_cannot_receive_is_a_rejected_candidate(self, cast: Cast, account: Account) -> None:
        """Somebody away is not added, the trace says why, and the rule decides as it would have."""
        a_rule(cast.alba, admin=cast.admin)
        set_availability(cast.bruno.person_id, status="away", actor=cast.bruno, at=AT)
        a_flow(cast, people(cast.bruno))

        write(account, a_text(a_phone()))

        assert ({cast.alba.person_id}, set()) == assigned()
        skipped = describe_decision(Decision.objects.latest("id")).skipped
        assert ["Bruno"] == [one.name for one in skipped]

    def test_and_is_suspended_is_skipped_and_said(self, cast: Cast, account: Account) -> None:
        """AC-4: the others are added, and log and trace say who was skipped and why; a step of theirs alone adds nobody."""
        a_flow(cast, people(cast.bruno, cast.carla), people(cast.bruno))
        suspend_person(cast.bruno.person_id, actor=cast.admin, at=AT)

        write(account, a_text(a_phone()))

        run = Run.objects.get()
        assert (["named", "suspended"], {cast.carla.person_id}) == (story(run), assigned()[0])
        assert [[{"person_id": cast.bruno.person_id, "reason": "suspended"}]] * 2 == [
            one["left_out"] for one in run.story
        ]
        skipped = describe_decision(Decision.objects.latest("id")).skipped
        assert ["Bruno"] == [one.name for one in skipped]

    def test_in_a_closed_conversation_is_nobody(self, cast: Cast, account: Account) -> None:
        """A conversation that was closed meanwhile stays as it is, and the story says so."""
        a_rule(cast.alba, admin=cast.admin)
        a_flow(cast, wait(2), people(cast.bruno))
        write(account, a_text(a_phone()))
        type(talk()).objects.update(status="closed")

        work(cast.organization_id, at=LATER)

        assert (["waits", "closed"], "done") == (story(), Run.objects.get().state)
        assert ({cast.alba.person_id}, set()) == assigned()


class TestWhatBegins:
    """Triggers."""

    def test_a_conversation_begins_it_once(self, cast: Cast, account: Account) -> None:
        """The first message of a conversation begins the flow; further ones do not."""
        a_flow(cast, tag("Nuevo"))
        number = a_phone()

        write(account, a_text(number), a_text(number, "¿Hay alguien?"))
        write(account, a_text(number, "¿Hola?"))

        assert 1 == Run.objects.count()

    def test_a_word_that_was_said_begins_it(self, cast: Cast, account: Account) -> None:
        """A keyword is found among whole words, accents, case and signs ignored; each message begins it anew."""
        a_flow(cast, tag("Precio"), trigger={"kind": "keyword", "keywords": ["Cotización", "lista de precios"]})
        number = a_phone()

        for said in ("Hola", "recotizacion", "¡COTIZACION!", "la lista, de precios?"):
            write(account, a_text(number, said))

        assert 2 == Run.objects.count()

    def test_a_tag_begins_it_with_the_open_conversation(self, cast: Cast, account: Account) -> None:
        """A tag put on after publishing begins it, by whichever road; one that stood already does not."""
        a_rule(cast.alba, admin=cast.admin)
        number = a_phone()
        contact = a_contact(admin=cast.admin, phone=number, tags=("VIP",))
        write(account, a_text(number))
        a_flow(cast, people(cast.carla), trigger={"kind": "tag_added", "tag": "flota"})
        a_flow(cast, people(cast.bruno), trigger={"kind": "tag_added", "tag": "vip"})

        edit_contact(contact.pk, {"tags": ["VIP", "Flota"]}, actor=cast.admin, at=AT)
        work(cast.organization_id)

        assert {cast.alba.person_id, cast.carla.person_id} == assigned()[0]

    def test_a_tag_that_a_flow_puts_on_begins_the_next(self, cast: Cast, account: Account) -> None:
        """Flows chain by tags, and a circle ends because a tag is put on once."""
        a_flow(cast, tag("uno"))
        a_flow(cast, tag("dos"), trigger={"kind": "tag_added", "tag": "uno"})
        a_flow(cast, tag("uno", "tres"), trigger={"kind": "tag_added", "tag": "dos"})

        write(account, a_text(a_phone()))

        assert ["dos", "tres", "uno"] == tags_of([talk().contact_id])[talk().contact_id]
        assert 3 == Run.objects.count()

    def test_only_its_accounts_begin_it(self, cast: Cast, account: Account) -> None:
        """A flow for one account is not begun by another."""
        other = a_whatsapp_account(admin=cast.admin, phone_number_id="99")
        a_flow(cast, tag("x"), trigger={"kind": "conversation_starts", "account_ids": [other.pk]})

        write(account, a_text(a_phone()))
        assert 0 == Run.objects.count()
        write(other, a_text(a_phone()))

        assert 1 == Run.objects.count()

    def test_only_contacts_who_meet_its_filter_begin_it(self, cast: Cast, account: Account) -> None:
        """The filter is asked of the contact when it happens."""
        client = a_phone()
        a_contact(admin=cast.admin, phone=client, kind="client")
        a_flow(cast, tag("x"), filters=CLIENTS)

        write(account, a_text(a_phone()), a_text(client))

        assert [client] == [run.contact.name and client for run in Run.objects.all()]

    def test_a_draft_and_one_switched_off_begin_nothing(self, cast: Cast, account: Account) -> None:
        """What is not published does nothing; switched off, it begins nothing and what is under way ends."""
        a_draft(cast, tag("x"))
        off = a_flow(cast, wait(1), tag("y"))
        write(account, a_text(a_phone()))

        edit_flow(off.pk, {"active": False}, actor=cast.admin, at=AT)
        write(account, a_text(a_phone()), at=LATER)

        assert ["stopped"] == [run.state for run in Run.objects.all()]

    def test_a_run_keeps_the_version_with_which_it_began(self, cast: Cast, account: Account) -> None:
        """An edit is a draft; published, it is for runs to come, and those under way go on as they were."""
        flow = a_flow(cast, wait(1), tag("antes"))
        write(account, a_text(a_phone()))
        former = talk().contact_id
        edit_flow(flow.pk, {"steps": [tag("después")]}, actor=cast.admin, at=AT)
        publish_flow(flow.pk, actor=cast.admin, at=AT)

        write(account, a_text(a_phone()), at=LATER)

        assert {former: ["antes"], talk().contact_id: ["después"]} == tags_of([former, talk().contact_id])

    def test_two_programs_that_answer_each_other_come_to_an_end(self, cast: Cast, account: Account) -> None:
        """One contact begins a flow ten times an hour at the most; what does not begin is told once, in its runs."""
        a_flow(cast, reply("¿Precio de qué?"), trigger={"kind": "keyword", "keywords": ["precio"]})
        number = a_phone()

        for _ in range(12):
            write(account, a_text(number, "precio"))

        assert ["done"] * 10 + ["stopped"] == [run.state for run in Run.objects.order_by("id")]
        assert ["too_often"] == story(Run.objects.get(state="stopped"))

    def test_one_that_meets_itself_at_work_is_told(self, cast: Cast, account: Account) -> None:
        """Said again while the flow waits, a word begins it no second time, and its runs say so; retold it is one entry."""
        a_flow(cast, wait(2), tag("x"), trigger={"kind": "keyword", "keywords": ["precio"]})
        number, again = a_phone(), a_text(a_phone(), "precio", wamid="wamid.twice")
        write(account, a_text(number, "precio"))
        for _ in range(2):
            write(account, again | {"from": number.lstrip("+")})

        assert [("running", ["waits"]), ("stopped", ["at_work"])] == [
            (run.state, story(run)) for run in Run.objects.order_by("id")
        ]

    def test_one_word_said_twice_in_a_batch_begins_it_once_and_is_told(self, cast: Cast, account: Account) -> None:
        """Heard together, the second of two messages finds the flow at work as if it had come later; nothing is silent."""
        a_flow(cast, wait(2), tag("x"), trigger={"kind": "keyword", "keywords": ["precio"]})
        number = a_phone()
        write(account, a_text(number, "precio"), a_text(number, "¿Y el precio?"))

        assert [("running", ["waits"]), ("stopped", ["at_work"])] == [
            (run.state, story(run)) for run in Run.objects.order_by("id")
        ]
