"""Several people in one conversation, in real browsers: mentions, quick replies, presence, collisions, a lost stream."""

from playwright.sync_api import expect

from reparto.assignment.answer_conversation import answer_conversation
from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.assignment.assign_conversation import Chosen, assign_conversation
from reparto.conversations.keep_quick_reply import QuickReplyDraft, keep_quick_reply
from reparto.conversations.models import Conversation
from reparto.conversations.queries import assignees_of
from reparto.conversations.send_reply import Reply
from reparto.kit.clock import now
from reparto.kit.tenancy import in_organization
from tests.browser.inbox_scene import SOON, Scene
from tests.browser.served import elsewhere, violations

BOX = "#inbox-composer textarea"


class TestSuggestions:
    def test_of_people_and_of_quick_replies(self, scene: Scene) -> None:
        """UX-18: @ in a note offers colleagues, / offers quick replies filled in; keys choose, axe finds nothing."""
        elsewhere(lambda: keep(scene))
        page = scene.opened(0)
        page.keyboard.press("n")
        page.keyboard.type("Mira @bru")
        expect(page.locator(".suggest [role=option]")).to_have_count(1, timeout=SOON)
        assert [] == violations(page)
        page.keyboard.press("Enter")
        expect(page.locator(BOX)).to_have_value("Mira @Bruno ")
        page.keyboard.type("/salu")
        expect(page.locator(".suggest")).to_contain_text("Saludo", timeout=SOON)
        page.keyboard.press("Tab")
        expect(page.locator(BOX)).to_have_value("Mira @Bruno Hola, soy Alba")
        page.keyboard.press("Control+Enter")

        expect(page.locator("#inbox-log .note .men")).to_have_text("@Bruno", timeout=SOON)


def keep(scene: Scene) -> None:
    """Keep a quick reply for all."""
    with in_organization(scene.cast.organization_id):
        draft = QuickReplyDraft("Saludo", "Hola, soy {{agent.name}}", shared=True)
        keep_quick_reply(draft, actor=scene.cast.admin, at=now())


class TestWhatIsOpen:
    def test_is_what_the_key_takes(self, scene: Scene) -> None:
        """LG-5: `I` does what the button of the open conversation says; the contact keeps its owner."""
        elsewhere(lambda: pass_to(scene, None))
        marta = scene.opened(0, who="manager")
        expect(marta.locator('#inbox-head [data-command="take"]')).to_be_visible()
        marta.keyboard.press("i")
        expect(marta.locator('#inbox-head [data-command="take"]')).to_have_count(0, timeout=SOON)

        owner, people = elsewhere(lambda: whose(scene))
        assert (scene.cast.alba.person_id, [scene.cast.manager.person_id]) == (owner, people)

    def test_out_of_sight_leaves_what_was_typed(self, scene: Scene) -> None:
        """UX-19: passed to a group that is not theirs, the words stay in the box, which says so, and are to be copied."""
        alba = scene.opened(0)
        elsewhere(lambda: pass_to(scene, scene.cast.carla.person_id))
        alba.locator(BOX).press_sequentially("A medias")
        expect(alba.locator("[data-draft-state]")).to_contain_text("Ya no ves la conversación", timeout=SOON)
        expect(alba.locator(BOX)).to_have_value("A medias")


def pass_to(scene: Scene, person_id: int | None) -> None:
    """Let somebody else work the first conversation, and own its contact; or let nobody work it."""
    with in_organization(scene.cast.organization_id):
        admin, talk = scene.cast.admin, Conversation.objects.get(pk=scene.talks[0])
        assign_conversation(talk.pk, Chosen((person_id,) if person_id else (), ()), actor=admin, at=now())
        if person_id:
            assign_by_hand(talk.contact_id, owner_id=person_id, actor=admin, at=now())


def whose(scene: Scene) -> tuple[int | None, list[int]]:
    """Return who owns the contact of the first conversation, and who works it."""
    with in_organization(scene.cast.organization_id):
        talk = Conversation.objects.select_related("contact").get(pk=scene.talks[0])
        return talk.contact.owner_id, assignees_of([talk.pk])[talk.pk].person_ids


class TestTogether:
    def test_two_see_each_other_and_who_writes(self, scene: Scene) -> None:
        """UX-17: faces in the head of both, a warning while the other writes a reply, gone when they leave."""
        alba, marta = scene.opened(0), scene.opened(0, who="manager")
        expect(alba.locator("#inbox-viewers")).to_contain_text("Marta", timeout=SOON)
        expect(marta.locator("#inbox-viewers")).to_contain_text("Alba", timeout=SOON)
        marta.locator(BOX).press_sequentially("Buenas")

        expect(alba.locator("#inbox-presence")).to_contain_text("Marta está escribiendo una respuesta", timeout=SOON)
        assert [] == violations(alba)
        marta.goto("/contactos")
        expect(alba.locator("#inbox-viewers")).not_to_contain_text("Marta", timeout=SOON)

    def test_over_an_unseen_answer_one_is_asked_once(self, scene: Scene) -> None:
        """UX-17: a newer reply that one has not seen is shown, one's own words stay; sent again they leave unasked."""
        page = scene.window()
        page.route("**/live", lambda route: route.abort())
        page.goto(f"/bandeja/{scene.talks[0]}")
        elsewhere(lambda: answers(scene, "Ya te lo mandé"))
        page.locator(BOX).fill("Te lo mando hoy")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#toasts")).to_contain_text("Marta respondió mientras tanto", timeout=SOON)
        expect(page.locator("#inbox-log .m.out")).to_have_count(1, timeout=SOON)
        expect(page.locator("#inbox-log .m.out")).to_contain_text("Ya te lo mandé")
        expect(page.locator(BOX)).to_have_value("Te lo mando hoy")
        assert [] == violations(page)
        page.locator(BOX).press("Control+Enter")

        expect(page.locator("#inbox-log .m.out")).to_have_count(2, timeout=SOON)
        expect(page.locator("#inbox-log .m.out").last).to_contain_text("Te lo mando hoy")
        expect(page.locator(BOX)).to_have_value("")


def answers(scene: Scene, text: str) -> None:
    """Let the manager answer the first contact."""
    with in_organization(scene.cast.organization_id):
        answer_conversation(scene.talks[0], Reply(text), actor=scene.cast.manager, at=now())


class TestADraft:
    def test_outlives_that_somebody_else_reassigns(self, scene: Scene) -> None:
        """UX-19: while she writes it becomes Bruno's: the words stay in her box, also after a reload."""
        page = scene.opened(0)
        with page.expect_response("**/borrador*"):
            page.locator(BOX).press_sequentially("A medias")
        elsewhere(lambda: reassign(scene))
        expect(page.locator("#inbox-assignees")).to_contain_text("Bruno", timeout=SOON)
        expect(page.locator(BOX)).to_have_value("A medias")
        page.reload()

        expect(page.locator(BOX)).to_have_value("A medias")
        assert [] == violations(page)


def reassign(scene: Scene) -> None:
    """Let the manager put Bruno on the conversation, and nobody else."""
    with in_organization(scene.cast.organization_id):
        assign_conversation(scene.talks[0], Chosen((scene.cast.bruno.person_id,)), actor=scene.cast.manager, at=now())


class TestALostStream:
    def test_is_said_and_nothing_is_missed(self, scene: Scene) -> None:
        """While there is no stream a banner says so; back again, what came meanwhile is there, and the draft, too."""
        page = scene.window()
        page.route("**/live", lambda route: route.abort())
        page.goto(f"/bandeja/{scene.talks[0]}")
        page.locator(BOX).fill("A medias")
        expect(page.locator("#offline")).to_be_visible(timeout=SOON)
        assert [] == violations(page)
        scene.writes(0, "¿Siguen ahí?")
        scene.writes(0, "Escribo otra vez")
        expect(page.locator("#inbox-log")).not_to_contain_text("Escribo otra vez")
        page.unroute("**/live")

        expect(page.locator("#inbox-log")).to_contain_text("¿Siguen ahí?", timeout=2 * SOON)
        expect(page.locator("#inbox-log")).to_contain_text("Escribo otra vez")
        expect(page.locator("#offline")).to_be_hidden(timeout=SOON)
        expect(page.locator(BOX)).to_have_value("A medias")

    def test_that_falls_silent_is_opened_anew(self, scene: Scene) -> None:
        """A path that died without a word is given up after forty seconds; no failure tells of it, only the silence."""
        page = scene.window()
        page.clock.install()
        with page.expect_response("**/live"):
            page.goto(f"/bandeja/{scene.talks[0]}")
        with page.expect_request("**/live", timeout=SOON):
            page.clock.fast_forward(60_000)
            page.clock.fast_forward(60_000)  # its first word may come between: from there it is silent

        expect(page.locator("#offline")).to_be_hidden(timeout=SOON)
