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

async function open(place) {
  const pages = await self.clients.matchAll({ type: "window" });
  const page = pages.find((one) => one.url === place) ?? pages[0];
  if (!page) return self.clients.openWindow(place);
  await page.focus().catch(() => {});
  return page.url === place ? page : page.navigate(place);
}
