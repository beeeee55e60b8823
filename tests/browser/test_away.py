"""Who is away, in a real browser with a worker beside: what is new and what is answered goes to others, and when not."""

from datetime import timedelta

from django.db import transaction
from playwright.sync_api import expect

from reparto.assignment.models import Decision
from reparto.assignment.put_in_line import InLine, put_in_line
from reparto.channels.set_mode import set_mode
from reparto.contacts.models import Address
from reparto.conversations.models import Assignee, Conversation
from reparto.conversations.thread_messages import Said, thread_messages
from reparto.kit.clock import now
from reparto.kit.tenancy import in_organization
from reparto.people.actor import Actor
from reparto.people.edit_person import edit_person
from reparto.people.models import Presence
from reparto.people.set_availability import set_availability
from reparto.people.show_sign_of_life import show_sign_of_life
from reparto.portfolio.add_direct_assignment import DirectAssignmentDraft, add_direct_assignment
from tests import road
from tests.browser.inbox_scene import SOON, Scene
from tests.browser.served import elsewhere, violations, work
from tests.cast import a_contact, a_phone, a_rule, an_account
from tests.product import eventually

#: What UX-24 promises.
PROMISED = timedelta(seconds=5)
MAIL = "clara@cliente.example.com"


class TestAway:
    def test_others_get_what_comes_and_a_closed_laptop_changes_nothing(self, scene: Scene) -> None:
        """UX-24: *Ausente* stops new work, a reply returns to the group within 5 s; two minutes without a sign do not."""
        elsewhere(lambda: join(scene))
        page, watched = scene.window(), scene.opened(0, who="manager", query="?view=team")
        page.goto("/contactos")
        page.locator(".side .me").click()
        page.locator("#availability-side").get_by_role("button", name="Ausente", exact=False).first.click()
        expect(page.locator(".side .me")).to_contain_text("Ausente", timeout=SOON)
        expect(page.locator("#availability-side [role=switch]")).to_have_attribute("aria-checked", "true")
        assert [] == violations(page)
        new = a_phone()
        with work():
            elsewhere(lambda: send(scene, scene.phones[0], new))
            expect(watched.locator("#inbox-assignees")).to_contain_text("Bruno", timeout=SOON)
            assert eventually(lambda: elsewhere(lambda: workers(scene, new)) == ["Bruno"])
        assert elsewhere(lambda: waited(scene)) <= PROMISED

        page.locator(".side .me").click()
        page.locator("#availability-side").get_by_role("button", name="En línea").click()
        expect(page.locator(".side .me")).not_to_contain_text("Ausente", timeout=SOON)
        page.context.close()
        elsewhere(lambda: be_gone(scene, scene.cast.alba, minutes=2))
        scene.writes(1, "¿Y lo mío?")
        assert ["Alba"] == elsewhere(lambda: workers(scene, scene.phones[1]))

    def test_past_the_grace_the_portfolio_falls_back_and_e_mail_does_not(self, scene: Scene) -> None:
        """UX-24: ten minutes gone, a client goes to the backup, then to the supervisor; one who sends an e-mail stays."""
        mailed = elsewhere(lambda: keep_portfolio(scene))
        page = scene.opened(0, who="manager", query="?view=team")
        people = page.locator("#inbox-assignees")
        expect(people).to_contain_text("Alba")
        elsewhere(lambda: be_gone(scene, scene.cast.alba))
        scene.writes(0, "¿Sigues ahí?")
        expect(people).to_contain_text("Bruno: Es ejecutivo de respaldo de este cliente", timeout=SOON)
        assert [] == violations(page)
        elsewhere(lambda: be_gone(scene, scene.cast.bruno))
        scene.writes(0, "¿Y ahora?")
        expect(people).to_contain_text("Marta: Es supervisor de respaldo de este cliente", timeout=SOON)

        talk = elsewhere(lambda: send_mail(scene, *mailed))
        page.goto(f"/bandeja/{talk}?view=team")
        expect(people).to_contain_text("Alba: Es ejecutivo principal de este cliente")


def keep_portfolio(scene: Scene) -> tuple[int, int]:
    """Let a number and a mailbox be Alba's, then Bruno's, then Marta's; return the box and who mails."""
    cast, three = scene.cast, (scene.cast.alba, scene.cast.bruno, scene.cast.manager)
    with in_organization(cast.organization_id):
        edit_person(cast.manager.person_id, {"receives": True}, actor=cast.admin, at=now())
        set_availability(cast.manager.person_id, status="available", actor=cast.manager, at=now())
        box = an_account("email", admin=cast.admin)
        for account, client in ((scene.account, scene.phones[0]), (box, MAIL)):
            for person in three:
                set_mode(person.person_id, account.pk, mode="auto", actor=cast.admin, at=now())
            row = DirectAssignmentDraft(account.pk, client, *(person.person_id for person in three))
            add_direct_assignment(row, actor=cast.admin, at=now())
        show_sign_of_life(cast.bruno.person_id, at=now())
        return box.pk, a_contact(admin=cast.admin, email=MAIL).pk


def send_mail(scene: Scene, box: int, contact: int) -> int:
    """Let somebody write to the mailbox, and a worker take its turn; return the conversation."""
    organization = scene.cast.organization_id
    with in_organization(organization):
        said = Said(contact, box, "mail-1", "text", "Les escribo por aquí", now())
        (talk,) = thread_messages(organization, [said], at=now())
        put_in_line(organization, [InLine(contact, talk.conversation_id)], at=now())
    road.work(organization, at=now())
    return talk.conversation_id


def be_gone(scene: Scene, person: Actor, minutes: int = 11) -> None:
    """Let somebody's last sign of life be so long ago."""
    with in_organization(scene.cast.organization_id):
        Presence.objects.filter(person_id=person.person_id).update(seen_at=now() - timedelta(minutes=minutes))


def join(scene: Scene) -> None:
    """Let Bruno receive from the account, too, by a rule behind Alba's."""
    with in_organization(scene.cast.organization_id):
        bruno, admin = scene.cast.bruno, scene.cast.admin
        set_mode(bruno.person_id, scene.account.pk, mode="auto", actor=admin, at=now())
        a_rule(bruno, admin=admin, description="Si Alba no está")
        show_sign_of_life(bruno.person_id, at=now())


def send(scene: Scene, *phones: str) -> None:
    """Let people write; a worker is elsewhere."""
    messages = [road.a_text(phone, "¿Sigues ahí?", at=now()) for phone in phones]
    with transaction.atomic():
        assert 200 == road.deliver(scene.account, road.a_webhook(scene.account, *messages), at=now()).status


def workers(scene: Scene, phone: str) -> list[str]:
    """Return who works the conversation with a number."""
    with in_organization(scene.cast.organization_id):
        contacts = Address.objects.filter(value__endswith=phone.lstrip("+")).values("contact_id")
        rows = Assignee.objects.filter(conversation__contact_id__in=contacts).order_by("id")
        return list(rows.values_list("person__name", flat=True))


def waited(scene: Scene) -> timedelta:
    """Return how long after it came the reply was given to somebody else."""
    with in_organization(scene.cast.organization_id):
        talk = Conversation.objects.get(pk=scene.talks[0])
        given = Decision.objects.filter(conversation=talk).latest("id")
        assert [scene.cast.bruno.person_id] == given.person_ids
        assert talk.last_inbound_at is not None
        return given.at - talk.last_inbound_at
