// «This browser»: asks the browser for a subscription and gives it to the server; the worker shows what comes.
import { csrfToken } from "./requests.js";

const room = () => document.querySelector("[data-push-room]");

function say(name) {
  for (const one of document.querySelectorAll("[data-push-say]")) one.hidden = one.dataset.pushSay !== name;
}

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function called() {
  const agent = navigator.userAgent;
  const browser = ["Edg", "OPR", "Firefox", "Chrome", "Safari"].find((one) => agent.includes(one)) ?? "";
  const system = ["Android", "iPhone", "iPad", "Windows", "Mac", "Linux"].find((one) => agent.includes(one)) ?? "";
  return [{ Edg: "Edge", OPR: "Opera" }[browser] ?? browser, system].filter(Boolean).join(" · ");
}

async function present() {
  const worker = await navigator.serviceWorker.getRegistration("/");
  return worker?.pushManager.getSubscription();
}

async function show() {
  if (!room()) return;
  if (!("serviceWorker" in navigator) || !("PushManager" in window)) return say("unsupported");
  const here = (await present())?.endpoint;
  const listed = [...document.querySelectorAll("[data-endpoint]")].find((one) => one.dataset.endpoint === here);
  if (listed) listed.querySelector("[data-this]").hidden = false;
  say(listed ? "on" : Notification.permission === "denied" ? "denied" : "off");
}

async function subscribe() {
  if ((await Notification.requestPermission()) !== "granted") return say("denied");
  await navigator.serviceWorker.register("/sw.js");
  const worker = await navigator.serviceWorker.ready;
  // One made for another key of the installation hears nothing.
  await (await worker.pushManager.getSubscription())?.unsubscribe();
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(room().dataset.key) });
  const { endpoint, keys } = made.toJSON();
  const body = new URLSearchParams({ endpoint, p256dh: keys.p256dh, auth: keys.auth, browser: called() });
  const answer = await fetch(room().dataset.pushRoom, { method: "POST", body, headers: { "X-CSRFToken": csrfToken() } });
  if (!answer.ok) throw new Error(answer.status);
  location.reload();
}

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-push-on]")) return;
  say("busy");
  subscribe().catch(() => say("failed"));
});

show();
