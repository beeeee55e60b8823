// Shows what is pushed to this browser, and leads to its place. It keeps nothing and answers no request of a page.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const said = event.data?.json() ?? {};
  const look = { body: said.text ?? "", tag: said.tag ?? "", data: { url: said.url ?? "/" } };
  event.waitUntil(self.registration.showNotification(said.title ?? "Reparto", look));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  // A place of our own, whatever was sent.
  const place = new URL(event.notification.data?.url ?? "/", self.location.origin);
  if (place.origin === self.location.origin) event.waitUntil(open(place.href));
});

// The push service gave this browser another address: the server learns it, or it would write to the old one.
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event.oldSubscription, event.newSubscription)));

async function renew(former, given) {
  const asked = await fetch("{% url 'own_browsers' %}", { headers: { Accept: "application/json" } });
  // Whoever signed out hears no more.
  if (!asked.ok || asked.redirected) return;
  const { key, token } = await asked.json();
  const made = given ?? (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) }));
  const { endpoint, keys } = made.toJSON();
  const body = new URLSearchParams({ endpoint, p256dh: keys.p256dh, auth: keys.auth, replaces: former?.endpoint ?? "" });
  await fetch("{% url 'own_browsers' %}", { method: "POST", body, headers: { "X-CSRFToken": token } });
}

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

async function open(place) {
  const pages = await self.clients.matchAll({ type: "window" });
  const page = pages.find((one) => one.url === place) ?? pages[0];
  if (!page) return self.clients.openWindow(place);
  await page.focus().catch(() => {});
  return page.url === place ? page : page.navigate(place);
}
