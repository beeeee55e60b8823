"""UX-29 in a real browser: a phone is turned on, is told *Te toca* by its worker, and is led to the conversation."""

import json
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from reparto.conversations.models import Conversation
from reparto.kit.tenancy import in_organization
from reparto.notifications.subscribe_browser import browsers_of
from tests.browser.served import elsewhere, sign_in_with, violations
from tests.browser.stage import PHONE, Stage
from tests.cast import Cast, a_company, a_phone, a_whatsapp_account
from tests.notifications.push_service import AnyBrowser
from tests.road import a_text, write
from tests.web.live_browser import sign_in

#: The push service of the browser's maker is the one thing that is not there.
SUBSCRIBES = """
const made = {endpoint: "%s", keys: {p256dh: "%s", auth: "%s"}};
const one = () => ({endpoint: made.endpoint, toJSON: () => made, unsubscribe: async () => true});
PushManager.prototype.subscribe = async () => { localStorage.setItem("subscribed", "1"); return one(); };
PushManager.prototype.getSubscription = async () => (localStorage.getItem("subscribed") ? one() : null);
"""
SHOWN = (
    "async () => (await (await navigator.serviceWorker.ready).getNotifications()).map((one) => [one.title, one.body])"
)
PRESS = """async () => {
  const [notification] = await self.registration.getNotifications();
  self.dispatchEvent(new NotificationEvent("notificationclick", {notification}));
}"""


def deliver(context: BrowserContext, page: Page, url: str, said: dict[str, Any]) -> None:
    """Let something be pushed to the worker, as the browser does when its push service brings it."""
    talk = context.new_cdp_session(page)
    found: list[str] = []
    talk.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(one["registrationId"] for one in event["registrations"] if not one["isDeleted"]),
    )
    talk.send("ServiceWorker.enable")
    page.wait_for_timeout(300)
    message = {"origin": url, "registrationId": found[-1], "data": json.dumps(said)}
    talk.send("ServiceWorker.deliverPushMessage", message)
    page.wait_for_timeout(300)


CHANGE = """async () => {
  PushManager.prototype.subscribe = async () => ({toJSON: () => ({endpoint: "%s", keys: {p256dh: "%s", auth: "%s"}})});
  await renew({endpoint: "%s"});
}"""


def found() -> tuple[Cast, int, str]:
    """Found a company to which somebody writes, and sign its administrator in."""
    cast = a_company()
    write(a_whatsapp_account(admin=cast.admin, auto=(cast.alba,)), a_text(a_phone()))
    return cast, Conversation.objects.get().pk, sign_in(cast.admin)


def test_a_phone_is_turned_on_and_led_to_the_conversation(stage: Stage) -> None:
    """UX-29: at 390×844 a browser is turned on and told *Te toca*, which opens its place; signed out it hears no more."""
    cast, talk, key = stage.found(found)
    draft = AnyBrowser("https://push.example.com/alba").draft
    context = sign_in_with(stage.browser, stage.url, key, viewport=PHONE, permissions=["notifications"])
    context.add_init_script(SUBSCRIBES % (draft.endpoint, draft.p256dh, draft.auth))
    page = context.new_page()
    page.goto("/perfil/notificaciones")
    assert [] == violations(page)
    page.get_by_role("button", name="Activar aquí").click()
    expect(page.locator("[data-this]")).to_be_visible()
    deliver(context, page, stage.url, {"title": "Te toca", "text": "Clara", "url": f"/bandeja/{talk}", "tag": "n1"})
    assert [["Te toca", "Clara"]] == page.evaluate(SHOWN)
    context.service_workers[0].evaluate(PRESS)
    page.wait_for_url(f"**/bandeja/{talk}")

    def kept() -> list[str]:
        with in_organization(cast.organization_id):
            return [one.endpoint for one in browsers_of(cast.admin.person_id)]

    assert [draft.endpoint] == elsewhere(kept)
    other = AnyBrowser("https://push.example.com/anew").draft
    context.service_workers[0].evaluate(CHANGE % (other.endpoint, other.p256dh, other.auth, draft.endpoint))
    assert [other.endpoint] == elsewhere(kept)
    page.goto("/salir/")
    page.get_by_role("button", name="Salir", exact=True).click()
    page.wait_for_url("**/entrar/**")
    assert [] == elsewhere(kept)
