"""Flows over the API: drafts, publishing, who may, and the trial on a conversation that writes nothing."""

import pytest

from reparto.channels.keep_message_template import TemplateDraft, keep_message_template
from reparto.conversations.models import Message
from reparto.flows.models import FlowVersion, Run
from reparto.kit.tenancy import enter_organization
from reparto.people.suspend_person import suspend_person
from tests.api.caller import Caller
from tests.cast import AT, Cast, a_company, a_phone, a_stranger, a_whatsapp_account
from tests.flows.some_flows import STARTS, a_draft, a_flow, condition, people, reply, tag, talk, template, wait
from tests.road import a_text, write
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Return a company."""
    return a_company()


@pytest.fixture
def admin(cast: Cast) -> Caller:
    """Return the administrator's program."""
    return Caller(cast.admin)


class TestFlows:
    """`/flows`."""

    def test_are_written_published_and_read_again(self, cast: Cast, admin: Caller) -> None:
        """AC-4: a flow is a draft until it is published; an edit afterwards is a draft beside the version in force."""
        steps = [people(cast.alba), wait(2), condition({"field": "email", "op": "empty"}, tag("Sin correo"))]
        made = admin.post("/flows", {"name": "Bienvenida", "trigger": STARTS, "steps": steps}).body
        assert (None, True) == (made["published"], made["changed"])

        in_force = admin.post(f"/flows/{made['id']}/publish").body
        edited = admin.patch(f"/flows/{made['id']}", {"steps": [tag("otro")]}).body

        assert (1, False) == (in_force["published"]["number"], in_force["changed"])
        assert (1, True, [tag("otro")]) == (edited["published"]["number"], edited["changed"], edited["steps"])
        assert [edited] == admin.get("/flows").body["items"]
        enter_organization(cast.organization_id)
        assert [steps] == [row.steps for row in FlowVersion.objects.all()]

    def test_are_deleted_with_what_they_have_under_way(self, cast: Cast, admin: Caller) -> None:
        """AC-4: What waits in a flow ends with it; it is listed no more, and what it did stays explained."""
        flow = a_flow(cast, tag("uno"), wait(2), tag("dos"))
        write(a_whatsapp_account(admin=cast.admin, auto=(cast.alba,)), a_text(a_phone()))
        address = f"/flows/{flow.pk}"
        asked = text(Visitor(cast.admin).get(f"/flujos/{flow.pk}/eliminar"))

        assert "Termina 1 ejecución en curso." in asked
        assert 403 == Caller(cast.manager).send("DELETE", address).status
        assert (204, 404, 404) == (
            admin.send("DELETE", address).status,
            admin.get(address).status,
            admin.send("DELETE", address).status,
        )
        assert [] == admin.get("/flows").body["items"]
        enter_organization(cast.organization_id)
        run = Run.objects.get()
        assert ("stopped", ["tagged", "waits"]) == (run.state, [one["came_to"] for one in run.story])
        write(a_whatsapp_account(admin=cast.admin), a_text(a_phone()))
        assert 1 == Run.objects.count()

    def test_name_all_their_faults_at_once(self, cast: Cast, admin: Caller) -> None:
        """Unknown people and variables, missing fields and nested conditions are each said at their place."""
        stranger = a_stranger()
        nothing = condition({}, {"kind": "condition", "filters": {}})
        steps = [people(stranger.alba), reply("Hola {{contact.secret}}"), {"kind": "wait"}, nothing, {"kind": "tag"}]
        keep_message_template(
            TemplateDraft(a_whatsapp_account(admin=cast.admin).pk, "listo", "es", "Hola {{1}}"), actor=cast.admin, at=AT
        )
        steps += [template(**{"1": "{{contact.x}}"}), template(), template("otra"), template(x="") | {"text": "y"}]
        said = admin.post("/flows", {"name": "", "trigger": {"kind": "keyword"}, "steps": steps})

        assert 422 == said.status
        assert {
            "name": "blank",
            "trigger.keywords": "empty",
            "steps[0].person_ids[0]": "unknown_person",
            "steps[1].text": "unknown_variable",
            "steps[2].amount": "not_in_range",
            "steps[2].unit": "unknown_choice",
            "steps[3].filters": "empty",
            "steps[3].otherwise[0].kind": "unknown_choice",
            "steps[4].tags": "not_a_list",
            "steps[5].template.values.1": "unknown_variable",
            "steps[6].template.values.1": "blank",
            "steps[7].template": "unknown_template",
            "steps[8].text": "unknown_field",
            "steps[8].template.values.1": "blank",
        } == said.codes

    def test_name_nobody_anew_who_is_suspended(self, cast: Cast, admin: Caller) -> None:
        """EC-23: who was suspended after they were named stays in the steps; newly named, also beside it, is a fault."""
        steps = [condition({"field": "tags", "op": "has", "value": "VIP"}, people(cast.alba))]
        flow = admin.post("/flows", {"name": "Uno", "trigger": {"kind": "conversation_starts"}, "steps": steps}).body
        enter_organization(cast.organization_id)
        for one in (cast.alba, cast.bruno):
            suspend_person(one.person_id, actor=cast.admin, at=AT)
        kept = admin.patch(f"/flows/{flow['id']}", {"steps": [*steps, people(cast.carla)]})
        refused = admin.patch(f"/flows/{flow['id']}", {"steps": [people(cast.alba), people(cast.bruno)]})

        assert (200, {"steps[1].person_ids[0]": "unknown_person"}) == (kept.status, refused.codes)

    def test_without_steps_are_not_published(self, cast: Cast, admin: Caller) -> None:
        """A draft may be empty; what is in force does something."""
        flow = a_draft(cast)

        assert {"steps": "empty"} == admin.post(f"/flows/{flow.pk}/publish").codes

    def test_are_refused_when_somebody_changed_them_meanwhile(self, cast: Cast, admin: Caller) -> None:
        """A stale If-Match is 412, for an edit and for publishing, and changes nothing."""
        flow = a_draft(cast, tag("x"))
        admin.patch(f"/flows/{flow.pk}", {"name": "Uno"}, if_match='"1"')

        assert 412 == admin.patch(f"/flows/{flow.pk}", {"name": "Dos"}, if_match='"1"').status
        assert 412 == admin.post(f"/flows/{flow.pk}/publish", if_match='"1"').status
        assert "Uno" == admin.get(f"/flows/{flow.pk}").body["name"]

    def test_are_managed_by_administrators_alone(self, cast: Cast) -> None:
        """INV-31: a manager looks, an agent does not; a stranger's flow is the same nothing as none."""
        flow, other = a_draft(cast, tag("x")), a_stranger()
        body = {"name": "x", "trigger": STARTS, "steps": [people(cast.alba)]}
        manager, alba, stranger = Caller(cast.manager), Caller(cast.alba), Caller(other.admin)

        assert (200, 403) == (manager.get("/flows").status, alba.get("/flows").status)
        assert [403, 403] == [one.post("/flows", body).status for one in (manager, alba)]
        assert [403, 403] == [one.post(f"/flows/{flow.pk}/publish").status for one in (manager, alba)]
        theirs, none = (stranger.patch(f"/flows/{number}", {"name": "y"}) for number in (flow.pk, 10**9))
        assert (404, theirs.raw) == (theirs.status, none.raw)


class TestPreview:
    """`POST /flows/{id}/preview`."""

    def test_says_what_would_have_been_done_and_writes_nothing(self, cast: Cast, admin: Caller) -> None:
        """AC-4: a dry run tells each step with the reply filled in, and leaves no run, message or tag."""
        account = a_whatsapp_account(admin=cast.admin)
        write(account, a_text(a_phone(), "¿Precio?"))
        steps = (people(cast.alba), condition({"field": "kind", "op": "is", "value": "client"}, wait(2, "days")))
        keyword = {"kind": "keyword", "keywords": ["precio"]}
        flow, conversation = a_draft(cast, *steps, reply("Hola"), trigger=keyword), talk().pk

        tried = admin.post(f"/flows/{flow.pk}/preview", {"conversation_id": conversation}).body

        assert "begins" == tried["reason"]
        assert ["named", "not_met", "waits"] == [one["came_to"] for one in tried["steps"]]
        enter_organization(cast.organization_id)
        assert 0 == Run.objects.count() + Message.objects.filter(direction="out").count()

    def test_says_when_it_would_not_begin(self, cast: Cast, admin: Caller) -> None:
        """A word that was not said, or a filter not met, is the reason."""
        write(a_whatsapp_account(admin=cast.admin), a_text(a_phone()))
        word = a_draft(cast, tag("x"), trigger={"kind": "keyword", "keywords": ["precio"]})
        client = a_draft(cast, tag("x"), filters={"field": "kind", "op": "is", "value": "client"})
        number = talk().pk

        reasons = [
            admin.post(f"/flows/{flow.pk}/preview", {"conversation_id": number}).body["reason"]
            for flow in (word, client)
        ]

        assert ["trigger_not_met", "filter_not_met"] == reasons

    def test_of_a_conversation_that_is_not_there_is_nothing(self, cast: Cast, admin: Caller) -> None:
        """An unknown conversation is a 404."""
        flow = a_draft(cast, tag("x"))

        assert 404 == admin.post(f"/flows/{flow.pk}/preview", {"conversation_id": 10**9}).status
