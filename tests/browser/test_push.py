"""UX-29 in a real browser: a phone is turned on, is told *Te toca* by its worker, and is led to the conversation."""

import json
from typing import Any

import pytest
from django.db import connection, transaction
from playwright.sync_api import BrowserContext, Page, expect

from reparto.conversations.models import Conversation
from reparto.kit.tenancy import in_organization
from reparto.notifications.subscribe_browser import browsers_of
from tests.browser.served import elsewhere, serve, sign_in_with, violations
from tests.cast import a_company, a_phone, a_whatsapp_account
from tests.notifications.push_service import AnyBrowser
from tests.road import a_text, write
from tests.web.live_browser import sign_in
from tests.web.open_browser import open_browser

pytestmark = pytest.mark.django_db(transaction=True)
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


def test_a_phone_is_turned_on_and_led_to_the_conversation() -> None:
    """UX-29: at 390×844 the profile turns this browser on; a push shows *Te toca*, and pressing it opens its place."""
    with transaction.atomic():
        cast = a_company()
        account = a_whatsapp_account(admin=cast.admin, auto=(cast.alba,))
        write(account, a_text(a_phone()))
        talk = Conversation.objects.get().pk
        key = sign_in(cast.admin)
    connection.close()
    draft = AnyBrowser("https://push.example.com/alba").draft
    with serve() as url, open_browser() as browser:
        context = sign_in_with(browser, url, key, viewport={"width": 390, "height": 844}, permissions=["notifications"])
        context.add_init_script(SUBSCRIBES % (draft.endpoint, draft.p256dh, draft.auth))
        page = context.new_page()
        page.goto("/perfil/notificaciones")
        assert [] == violations(page)
        page.get_by_role("button", name="Activar aquí").click()
        expect(page.locator("[data-this]")).to_be_visible()
        deliver(context, page, url, {"title": "Te toca", "text": "Clara", "url": f"/bandeja/{talk}", "tag": "n1"})
        assert [["Te toca", "Clara"]] == page.evaluate(SHOWN)
        context.service_workers[0].evaluate(PRESS)
        page.wait_for_url(f"**/bandeja/{talk}")

        def kept() -> list[str]:
            with in_organization(cast.organization_id):
                return [one.endpoint for one in browsers_of(cast.admin.person_id)]

        assert [draft.endpoint] == elsewhere(kept)
