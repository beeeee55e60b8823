"""UP-9: the mail of a rule's template, by a real mail server: once, to who received, and it is seen what became of it."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.conf import LazySettings

from reparto.assignment.answer_halt import answer_halt
from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.models import Decision, Halt
from reparto.assignment.start_bulk import BulkChange, start_bulk
from reparto.assignment.work_bulk import work_bulk
from reparto.channels.models import Account
from reparto.contacts.add_custom_field import CustomFieldDraft, add_custom_field
from reparto.contacts.choose_many import choose_many
from reparto.contacts.models import Contact
from reparto.kit.clock import now
from reparto.kit.models import Outbox
from reparto.kit.outbox import send_outbox
from reparto.kit.tenancy import enter_organization
from reparto.notifications.choose_notices import choose_notices
from reparto.notifications.mail_assignees import KIND, MOST_APART, SETTLED
from reparto.notifications.notify_assignees import Told, notify_assignees
from reparto.people.actor import Actor
from reparto.people.queries import find_person
from reparto.rules.add_template import add_template
from reparto.rules.edit_rule import edit_rule
from reparto.rules.edit_template import edit_template
from reparto.rules.models import Template
from reparto.rules.queries import all_rules
from reparto.rules.read_template import TemplateDraft
from tests.api.caller import Caller
from tests.cast import AT, Cast, a_company, a_contact, a_rule, an_account
from tests.people.mail_server import MailServer, an_installation_that_mails
from tests.road import submit_form
from tests.rows import late
from tests.web.visitor import Visitor, text

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def company() -> Cast:
    """A company, entered."""
    return a_company()


@pytest.fixture
def server(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """An installation that sends mail, and where it arrives."""
    with an_installation_that_mails(settings, monkeypatch) as found:
        yield found


@pytest.fixture
def template(company: Cast) -> Template:
    """A template with fields of the contact, of who receives, and of the rule."""
    draft = TemplateDraft(
        "Te toca",
        "Ñuevo: {{contact.name}}",
        "Hola, {{agent.first_name}}:\n{{ contact.name }} · {{contact.email}}\n{{rule.name}} {{contact.link}}",
    )
    return add_template(draft, actor=company.admin, at=AT)


@pytest.fixture
def form(company: Cast, template: Template) -> Account:
    """A web form whose leads a rule gives to Alba, with a tag and the template."""
    a_rule(company.alba, admin=company.admin, template_id=template.pk, tags=("Web",))
    return an_account("webform", admin=company.admin, auto=(company.alba,))


def send(company: Cast) -> None:
    """Let the worker send what is due."""
    send_outbox(company.organization_id, at=LATER)
    enter_organization(company.organization_id)


def state() -> str:
    """Return what became of the only mail."""
    return Outbox.objects.get(kind=KIND).state


class TestOne:
    def test_arrives_and_is_seen_on_the_decision(self, company: Cast, form: Account, server: MailServer) -> None:
        """UP-9, INV-61: filled in once, in plain text; values are never read as fields, lines or HTML."""
        name = "Íñigo Muñoz <b>{{agent.name}}</b>"
        submit_form(form, name=name, email="inigo@cliente.example.com")
        assert [] == server.arrived
        send(company)
        send(company)

        (mail,) = server.arrived
        contact, decision = Contact.objects.get(), Decision.objects.get()
        assert (find_person(company.alba.person_id).email, f"Ñuevo: {name}") == (mail["To"], mail["Subject"])
        assert "text/plain" == mail.get_content_type()
        link = f"Repartir http://127.0.0.1:8000/contactos/{contact.pk}"
        assert ["Hola, Alba:", f"{name} · inigo@cliente.example.com", link] == mail.get_content().splitlines()[:3]
        assert "Correo enviado" in text(Visitor(company.alba).get(f"/decisiones/{decision.pk}"))
        (shown,) = Caller(company.alba).get(f"/contacts/{contact.pk}/decisions").body["items"]
        assert ("sent", False) == (shown["mail"]["state"], shown["mail"]["together"])

    def test_says_what_was_when_the_rule_decided(
        self, company: Cast, form: Account, template: Template, server: MailServer
    ) -> None:
        """UP-9: the rule by the name it had; a country by its name, and an instant in the zone of who reads it."""
        add_custom_field(CustomFieldDraft("cita", "Cita", "date"), actor=company.admin, at=AT)
        body = {"body": "{{rule.name}} · {{contact.country}} · {{contact.custom.cita}}"}
        edit_template(template.pk, body, actor=company.admin, at=AT)
        submit_form(form, name="Clara", email="c@cliente.example.com", country="MX", cita="2026-03-02T02:00:00+00:00")
        edit_rule(all_rules().get().pk, {"description": "Otra"}, actor=company.admin, at=AT)
        send(company)

        assert "Repartir · México · 01/03/2026 20:00" == server.arrived[0].get_content().strip()

    def test_says_what_the_template_says_when_it_leaves(
        self, company: Cast, form: Account, template: Template, server: MailServer
    ) -> None:
        """UP-9: a template that got a new name and other words meanwhile sends those."""
        submit_form(form, name="Clara", email="clara@cliente.example.com")
        changes = {"name": "Otra", "subject": "Va {{contact.first_name}}"}
        edit_template(template.pk, changes, actor=company.admin, at=AT)
        send(company)

        assert ["Va Clara"] == [mail["Subject"] for mail in server.arrived]

    def test_tells_nothing_of_what_is_somebody_elses_by_then(
        self, company: Cast, form: Account, server: MailServer
    ) -> None:
        """A contact that was given on before the mail left is not written about to who had it."""
        submit_form(form, name="Clara", email="clara@cliente.example.com")
        contact = Contact.objects.get()
        assign_by_hand(contact.pk, owner_id=company.carla.person_id, actor=company.admin, at=AT)
        send(company)

        assert ([], "failed") == (server.arrived, state())
        decision = Decision.objects.order_by("id").first()
        assert decision is not None
        assert "No se envió el correo" in text(Visitor(company.admin).get(f"/decisiones/{decision.pk}"))

    def test_is_tried_again_while_the_server_is_away(self, company: Cast, form: Account, server: MailServer) -> None:
        """4xx means later, and the mail leaves once."""
        server.to_recipients = "451 not now"
        submit_form(form, name="Clara", email="clara@cliente.example.com")
        send(company)
        assert "pending" == state()
        server.to_recipients = "250 fine"
        send_outbox(company.organization_id, at=LATER + timedelta(minutes=1))
        enter_organization(company.organization_id)

        assert ("sent", 1) == (state(), len(server.arrived))


class TestLate:
    def test_who_gets_what_was_left_lying_is_written_to(
        self, company: Cast, template: Template, server: MailServer
    ) -> None:
        """UP-9: a rule that waits for a time mails whoever it gives the contact, and not who had it."""
        a_contact("Clara", admin=company.admin, owner=company.alba)
        late.a_rule(company, company.bruno, trigger="no_first_followup", template_id=template.pk)
        assert 1 == late.sweep(company, at=AT + 3 * late.HOUR)
        send_outbox(company.organization_id, at=AT + timedelta(hours=4))
        enter_organization(company.organization_id)

        assert [find_person(company.bruno.person_id).email] == [mail["To"] for mail in server.arrived]


class TestWithout:
    def test_a_mail_server_none_is_promised(self, company: Cast, form: Account) -> None:
        """An installation that sends no mail keeps none for later; editor, decision and its card say so."""
        submit_form(form, name="Clara", email="clara@cliente.example.com")
        unsent = Decision.objects.latest("id")
        edit_rule(all_rules()[0].pk, {"template_id": None}, actor=company.admin, at=AT)
        submit_form(form, name="Dora", email="dora@cliente.example.com", key=None)
        admin, said = Caller(company.admin), "No se envió correo: esta instalación no tenía servidor de correo."
        mails = [admin.get(f"/decisions/{pk}").body["mail"] for pk in (unsent.pk, Decision.objects.latest("id").pk)]

        assert [{"state": "none", "sent_at": None, "together": False}, None] == mails
        assert said in text(Visitor(company.admin).get(f"/decisiones/{unsent.pk}"))
        assert not Outbox.objects.filter(kind=KIND).exists()
        assert "todavía no envía correo" in text(Visitor(company.admin).get("/reglas/nueva"))


def listed_by(mail: EmailMessage, reader: Actor) -> set[int]:
    """Follow the mail's link; return the contacts that it lists."""
    (notice,) = re.findall(r"/contactos\?notice=(\d+)", mail.get_content())
    return {one["id"] for one in Caller(reader).get(f"/contacts?notification={notice}&limit=200").body["items"]}


def named_by(mail: EmailMessage) -> list[str]:
    """Return the contacts that the mail names, one a line."""
    return re.findall(r"^– (.+?)\r?$", mail.get_content(), re.MULTILINE)


class TestMany:
    def test_of_a_sweep_are_one_mail(self, company: Cast, template: Template, server: MailServer) -> None:
        """BY-36, UP-9: a sweep that gives somebody more than ten mails them once, even if they also chose mail, with the list."""
        late.a_rule(company, company.bruno, template_id=template.pk)
        choose_notices({"mail": ["assigned"]}, actor=company.bruno, at=AT)
        given = {late.a_contact(company).pk for _ in range(MOST_APART + 2)}
        at = AT + 3 * late.HOUR
        assert 0 == late.sweep(company, at=at)
        answer_halt(Halt.objects.get().pk, "go_on", actor=company.admin, at=at)
        assert len(given) == late.sweep(company, at=at)
        send_outbox(company.organization_id, at=at + SETTLED)
        enter_organization(company.organization_id)

        (mail,) = server.arrived
        assert (find_person(company.bruno.person_id).email, "Te asignaron 12 contactos") == (
            mail["To"],
            mail["Subject"],
        )
        assert given == listed_by(mail, company.bruno)
        assert 10 == len(named_by(mail))

    def test_name_those_that_are_theirs_still(self, company: Cast, server: MailServer) -> None:
        """BY-36: the mail names the first ten, each on a line of its own; one given on before it left has no name there."""
        choose_notices({"mail": ["assigned"]}, actor=company.alba, at=AT)
        given = [a_contact(f"Cliente\n{number:02}", admin=company.admin) for number in range(14)]
        job = choose_many([one.pk for one in given], actor=company.manager, at=AT)
        start_bulk(job.pk, BulkChange("owner", company.alba.person_id), actor=company.manager)
        while work_bulk(company.organization_id, at=AT):
            pass
        assign_by_hand(given[0].pk, owner_id=company.bruno.person_id, actor=company.admin, at=AT)
        send(company)

        (mail,) = server.arrived
        assert [f"Cliente {number:02}" for number in range(1, 11)] == named_by(mail)

    def test_of_a_bulk_are_one_mail(self, company: Cast, server: MailServer) -> None:
        """BY-36: who chose mail hears of a bulk by one, which leaves once its count stands still."""
        choose_notices({"mail": ["assigned"]}, actor=company.alba, at=AT)
        given = {a_contact(admin=company.admin).pk for _ in range(60)}
        job = choose_many(list(given), actor=company.manager, at=AT)
        start_bulk(job.pk, BulkChange("owner", company.alba.person_id), actor=company.manager)
        while work_bulk(company.organization_id, at=AT):
            send_outbox(company.organization_id, at=AT)
            enter_organization(company.organization_id)
        assert [] == server.arrived
        send(company)

        (mail,) = server.arrived
        assert (find_person(company.alba.person_id).email, True) == (mail["To"], "60 contactos" in mail["Subject"])
        assert given == listed_by(mail, company.alba)

    def test_at_once_are_one_mail(self, company: Cast, template: Template, server: MailServer) -> None:
        """BY-36: while a job has given few each is mailed by itself; beyond ten all are one mail, which waits for it."""
        at = now()
        few, more = range(1, 4), range(4, 40)
        for parcel in (few, more, range(40, 60)):
            told = [Told((company.alba.person_id,), one, None, one, template.pk, 1) for one in parcel]
            notify_assignees(company.organization_id, told, at=at, key="sweep:1")
        rows = Outbox.objects.filter(kind=KIND)
        assert [*(f"{one}:{company.alba.person_id}" for one in few)] == sorted(
            rows.exclude(key__startswith="job:").values_list("key", flat=True)
        )
        together = rows.get(key__startswith="job:")
        assert at + SETTLED == together.due_at
        rows.exclude(pk=together.pk).delete()
        send_outbox(company.organization_id, at=at + SETTLED)

        (mail,) = server.arrived
        assert "Te asignaron 59 contactos" == mail["Subject"]
        assert re.search(r"/contactos\?notice=\d+", mail.get_content())

    def test_in_one_sitting_are_one_mail(self, company: Cast, template: Template, server: MailServer) -> None:
        """BY-36: the same without a job's name, for who is given more than ten in one sitting; others have their own."""
        alba, bruno = company.alba.person_id, company.bruno.person_id
        told = [Told((alba,), one, None, one, template.pk, 1) for one in range(MOST_APART + 1)]
        notify_assignees(company.organization_id, [*told, Told((bruno,), 99, None, 99, template.pk, 1)], at=AT)

        kept = sorted(Outbox.objects.filter(kind=KIND).values_list("body__person_id", flat=True))
        assert [alba, bruno] == kept
