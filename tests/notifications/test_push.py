"""UX-29, BY-36: what happens reaches people where it suits them: by web push and by mail, and not at quiet hours."""

import json
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from django.conf import LazySettings
from django.http import HttpRequest

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.config.environment import mailers
from reparto.kit.clock import now
from reparto.kit.faults import Invalid
from reparto.kit.models import Outbox
from reparto.kit.outbox import send_outbox
from reparto.kit.tenancy import enter_organization
from reparto.notifications import push_client
from reparto.notifications.check_wanted import is_quiet
from reparto.notifications.choose_notices import KINDS, choose_notices
from reparto.notifications.encrypt_push import CURVE, BrowserKeys, encrypt_push, from_base64, to_base64
from reparto.notifications.mark_read import mark_read
from reparto.notifications.models import NotificationChoices, PushSubscription
from reparto.notifications.notify_assignees import UNDO_SECONDS, Told, notify_assignees
from reparto.notifications.notify_halt import notify_halt
from reparto.notifications.reach_out import MAIL, PUSH
from reparto.notifications.sign_push import push_key
from reparto.notifications.subscribe_browser import BrowserDraft, subscribe_browser
from reparto.people.queries import find_person
from reparto.web.sign_in.leave_browser import LeavingAdapter
from tests.api.caller import Caller
from tests.cast import AT, Cast, a_company, a_contact
from tests.people.mail_server import mail_server
from tests.web.visitor import Visitor, text

from .push_service import AnyBrowser, PushService, push_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Cast:
    """A company, entered."""
    return a_company()


@pytest.fixture
def service(settings: LazySettings) -> Iterator[PushService]:
    """A push service on this machine, which the installation may speak to."""
    settings.ALLOW_PRIVATE_HOSTS = ["127.0.0.1"]
    push_client.push_client.cache_clear()
    with push_service() as found:
        yield found
    push_client.push_client.cache_clear()


@pytest.fixture
def browser(company: Cast, service: PushService) -> AnyBrowser:
    """Alba's browser, subscribed."""
    made = AnyBrowser(f"http://127.0.0.1:{service.port}/alba")
    subscribe_browser(made.draft, actor=company.alba, at=AT)
    return made


def send(company: Cast, *, at: datetime | None = None) -> list[str]:
    """Let the worker send what is due; return what became of each push."""
    send_outbox(company.organization_id, at=at or now())
    enter_organization(company.organization_id)
    return list(Outbox.objects.filter(kind=PUSH).order_by("id").values_list("state", flat=True))


def give(company: Cast, name: str = "Íñigo") -> int:
    """Give Alba a contact by hand, a while ago; return its id."""
    contact = a_contact(name, admin=company.admin)
    assign_by_hand(contact.pk, owner_id=company.alba.person_id, actor=company.manager, at=AT)
    return contact.pk


class TestPush:
    def test_your_turn_arrives_encrypted_and_signed(
        self, company: Cast, browser: AnyBrowser, service: PushService
    ) -> None:
        """UX-29: *Te toca* with the contact's name and place, for that browser's eyes only, after the undo window, once."""
        contact_id = give(company)
        assert AT + timedelta(seconds=UNDO_SECONDS) == Outbox.objects.get(kind=PUSH).due_at
        assert ["sent"] == send(company)
        send(company)

        ((headers, body),) = service.came
        said = json.loads(browser.read(body))
        assert ("Te toca", "Íñigo", f"/contactos/{contact_id}") == (said["title"], said["text"], said["url"])
        assert ("aes128gcm", "high") == (headers["Content-Encoding"], headers["Urgency"])
        token, key = headers["Authorization"].removeprefix("vapid t=").split(", k=")
        claims = json.loads(from_base64(token.split(".")[1]))
        assert (push_key(), f"http://127.0.0.1:{service.port}") == (key, claims["aud"])
        _verify(token, key)

    def test_a_browser_that_is_gone_is_forgotten(
        self, company: Cast, browser: AnyBrowser, service: PushService
    ) -> None:
        """404 and 410 end a subscription; a redirect is not followed; what is overloaded or cut is tried again."""
        give(company)
        service.status = 503
        assert ["pending"] == send(company)
        service.status = 0
        assert ["pending"] == send(company, at=now() + timedelta(minutes=1))
        service.status = 302
        assert ["failed"] == send(company, at=now() + timedelta(minutes=5))
        assert PushSubscription.objects.exists()
        give(company, "Otra")
        service.status = 410
        assert ["failed", "failed"] == send(company)
        assert not PushSubscription.objects.exists()

    def test_goes_to_public_addresses_only(self, company: Cast, settings: LazySettings, service: PushService) -> None:
        """INV-54: an address within is refused as it subscribes, and again as it is spoken to."""
        inside = AnyBrowser(f"http://127.0.0.1:{service.port}/x")
        subscribe_browser(inside.draft, actor=company.alba, at=AT)
        settings.ALLOW_PRIVATE_HOSTS = []
        push_client.push_client.cache_clear()
        give(company)
        with pytest.raises(Invalid):
            subscribe_browser(inside.draft, actor=company.alba, at=AT)
        bad = BrowserDraft("https://push.example.com/x", "no", "key")
        with pytest.raises(Invalid, match="p256dh"):
            subscribe_browser(bad, actor=company.alba, at=AT)

        assert (["failed"], []) == (send(company), service.came)
        assert not PushSubscription.objects.exists()

    def test_what_was_read_or_taken_back_leaves_no_more(
        self, company: Cast, browser: AnyBrowser, service: PushService
    ) -> None:
        """BY-26: nobody is called to what they have seen already."""
        give(company)
        mark_read(actor=company.alba, at=now())

        assert (["failed"], []) == (send(company), service.came)

    def test_a_job_is_told_of_once(self, company: Cast, browser: AnyBrowser, service: PushService) -> None:
        """BY-36: many at once are one push, with the number that they came to."""
        for start in (0, 30):
            told = [Told((company.alba.person_id,), start + one, None, start + one) for one in range(1, 31)]
            notify_assignees(company.organization_id, told, at=AT, key="sweep:7")
        assert ["sent"] == send(company)

        assert "Te asignaron 60 contactos" == json.loads(browser.read(service.came[0][1]))["text"]

    def test_is_encrypted_as_the_standard_says(self) -> None:
        """RFC 8291, Appendix A: the example comes out byte for byte."""
        keys = BrowserKeys(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "BTBZMqHH6r4Tts7J_aSIgg",
        )
        own = ec.derive_private_key(
            int.from_bytes(from_base64("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), CURVE
        )
        text = b"When I grow up, I want to be a watermelon"
        body = encrypt_push(text, keys, own=own, salt=from_base64("DGv6ra1nlYgDCS1FRnbzlw"))

        assert (
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru"
            "3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        ) == to_base64(body)


class TestChoices:
    def test_of_each_event_by_page_and_api(self, company: Cast, browser: AnyBrowser, service: PushService) -> None:
        """BY-36: without push nothing is pushed; in the product it is told all the same."""
        alba, program = Visitor(company.alba), Caller(company.alba)
        sent = {"push": ["mention"], "mail": ["assigned"], "quiet": "on", "since": "22:00", "until": "07:00"}
        alba.client.post("/perfil/notificaciones", sent)
        # What an agent is not asked stays as it was.
        quiet = {"since": "22:00", "until": "07:00"}
        chosen = {"push": ["mention", "ended", "halt"], "mail": ["assigned"], "quiet": quiet}
        assert chosen == program.get("/me/notifications").body
        assert chosen | {"quiet": None} == program.patch("/me/notifications", {"quiet": None}).body
        wrong = program.patch("/me/notifications", {"quiet": {"since": "22", "until": "07:00"}})
        assert {"quiet.since": "not_a_time"} == wrong.codes
        give(company)

        assert [] == send(company)
        page = text(alba.get("/perfil/notificaciones"))
        assert "Firefox · Linux" in page
        assert "Íñigo" in text(alba.get("/notificaciones"))

    def test_of_before_do_not_silence_a_kind_that_came_later(
        self, company: Cast, browser: AnyBrowser, service: PushService
    ) -> None:
        """BY-36: whoever chose before a kind existed hears of it as by preset, until they refuse it."""
        alba, program = company.alba, Caller(company.alba)
        choose_notices({"push": ["assigned"], "mail": ["assigned"]}, actor=alba, at=AT)
        NotificationChoices.objects.update(known=[kind for kind in KINDS if kind != "halt"])
        notify_halt(company.organization_id, [alba.person_id], found=9, at=AT)
        heard = Outbox.objects.filter(kind__in=(PUSH, MAIL))
        assert [PUSH] == [one.kind for one in heard]
        shown = program.get("/me/notifications").body
        assert (["assigned", "halt"], ["assigned"]) == (shown["push"], shown["mail"])
        assert shown["push"] == program.patch("/me/notifications", {"quiet": None}).body["push"]

        program.patch("/me/notifications", {"push": ["assigned"]})
        notify_halt(company.organization_id, [alba.person_id], found=9, at=AT + timedelta(hours=1))
        assert (["assigned"], 1) == (program.get("/me/notifications").body["push"], heard.count())

    def test_by_mail(self, company: Cast, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
        """BY-36: who chose mail is written to once, in their language, with the way back."""
        choose_notices({"mail": ["assigned"]}, actor=company.alba, at=AT)
        with mail_server() as server:
            monkeypatch.setenv("REPARTO_MAIL_URL", f"smtp+plain://127.0.0.1:{server.port}")
            settings.MAILERS = mailers("REPARTO_MAIL_URL")
            settings.DEFAULT_FROM_EMAIL = "Reparto <avisos@reparto.example.com>"
            give(company)
            send(company)
            send(company)

        (mail,) = server.arrived
        assert "Te toca: Íñigo" == mail["Subject"]
        assert "/perfil/notificaciones" in mail.get_content()
        assert "sent" == Outbox.objects.get(kind=MAIL).state

    def test_quiet_hours_go_by_ones_own_clock(self, company: Cast) -> None:
        """BY-36: past midnight too, in the person's zone."""
        choose_notices({"quiet": {"since": "22:00", "until": "07:00"}}, actor=company.alba, at=AT)
        person = find_person(company.alba.person_id)
        hours = (time(21, 59), time(22), time(3), time(7))
        at = [datetime.combine(AT, hour, tzinfo=ZoneInfo(person.time_zone)) for hour in hours]

        assert [False, True, True, False] == [is_quiet(person, at=one) for one in at]

    def test_a_browser_is_told_nothing_once_nobody_is_signed_in_there(
        self, company: Cast, service: PushService, settings: LazySettings
    ) -> None:
        """UX-29: signing out ends its own subscription and no other; so does whoever signs in there after somebody else."""
        first, second = (Visitor(company.alba) for _ in range(2))
        for place, visitor in enumerate((first, second)):
            draft = AnyBrowser(f"http://127.0.0.1:{service.port}/{place}").draft
            sent = {"endpoint": draft.endpoint, "p256dh": draft.p256dh, "auth": draft.auth, "browser": f"B{place}"}
            assert 204 == visitor.post("/perfil/navegadores", **sent).status_code
        cookie = second.client.cookies[settings.PUSH_COOKIE_NAME]

        first.client.post("/salir/")

        enter_organization(company.organization_id)
        assert ["B1"] == list(PushSubscription.objects.values_list("browser", flat=True))
        bruno = Visitor(company.bruno)
        bruno.client.cookies[settings.PUSH_COOKIE_NAME] = cookie.value
        request = HttpRequest()
        request.session, request.COOKIES = bruno.client.session, {settings.PUSH_COOKIE_NAME: cookie.value}
        LeavingAdapter().login(request, find_person(company.bruno.person_id))
        assert not PushSubscription.objects.exists()

    def test_a_browser_with_another_address_is_the_same_browser(
        self, company: Cast, browser: AnyBrowser, service: PushService
    ) -> None:
        """UX-29: what the service worker sends when its push service gave it another address replaces the former one."""
        alba = Visitor(company.alba)
        asked = json.loads(text(alba.get("/perfil/navegadores")))
        draft = AnyBrowser(f"http://127.0.0.1:{service.port}/anew").draft
        sent = {"endpoint": draft.endpoint, "p256dh": draft.p256dh, "auth": draft.auth}

        answer = alba.post("/perfil/navegadores", **sent, replaces=browser.draft.endpoint)

        assert (push_key(), True, 204) == (asked["key"], bool(asked["token"]), answer.status_code)
        (kept,) = PushSubscription.objects.all()
        assert (draft.endpoint, "Firefox · Linux") == (kept.endpoint, kept.browser)

    def test_are_ones_own(self, company: Cast, browser: AnyBrowser, service: PushService) -> None:
        """Nobody forgets another's browser; whoever subscribes with it later has it."""
        (kept,) = PushSubscription.objects.all()
        assert 404 == Visitor(company.bruno).post(f"/perfil/navegadores/{kept.pk}/quitar").status_code
        assert PushSubscription.objects.filter(person_id=company.alba.person_id).exists()
        sent = {name: getattr(browser.draft, name) for name in ("endpoint", "p256dh", "auth", "browser")}
        assert 204 == Visitor(company.bruno).post("/perfil/navegadores", **sent).status_code
        assert [company.bruno.person_id] == list(PushSubscription.objects.values_list("person_id", flat=True))
        assert 422 == Visitor(company.bruno).post("/perfil/navegadores", **sent | {"auth": "x"}).status_code


class TestApp:
    def test_it_installs(self, company: Cast) -> None:
        """UX-29: the manifest names icons that there are, and the worker stands at the root; no page is asked for."""
        alba = Visitor(company.alba).client
        manifest = alba.get("/manifest.webmanifest")
        assert ("standalone", 3) == ((said := manifest.json())["display"], len(said["icons"]))
        assert "application/manifest+json" == manifest.headers["Content-Type"]
        worker = alba.get("/sw.js")
        assert "text/javascript" == worker.headers["Content-Type"]
        assert '<link rel="manifest" href="/manifest.webmanifest">' in alba.get("/perfil").content.decode()


def _verify(token: str, key: str) -> None:
    """Check the signature of a token as a push service does. Raises when it is wrong."""
    said, _, signature = token.rpartition(".")
    raw = from_base64(signature)
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, from_base64(key))
    public.verify(encode_dss_signature(r, s), said.encode(), ec.ECDSA(hashes.SHA256()))
