// What changed elsewhere. One EventSource per browser: the tab that holds it passes each event on to the others.
// An event names a topic and ids, never content; elements with data-live fetch themselves again.
import { electLeader } from "./leader.js";
import { htmx } from "./requests.js";

// What one commit says comes within GATHER. Then a part is fetched at once, and what follows within SETTLE is gathered
// into one more fetch; while it goes on and on the pause grows, so that a busy company does not fetch all the time. What
// is dear to measure says how long its pause is at least.
const GATHER = 8;
const SETTLE = 150;
const MOST = 1200;
const OFFLINE_AFTER = 4000;
const SILENT = 40000;
const waiting = new Map();
const last = new Map();
let offlineTimer = null;
let wasLost = false;

function topicsOf(element) {
  return element.dataset.live.split(/[\s,]+/);
}

function concerns(element, { topic, ids }) {
  if (topic && !topicsOf(element).includes(topic)) return false;
  const mine = element.dataset.liveIds?.split(/[\s,]+/);
  return !mine || !ids?.length || ids.some((id) => mine.includes(String(id)));
}

function isBusy(element) {
  if (element.querySelector('[aria-busy="true"], [aria-expanded="true"], :popover-open, .sortable-chosen, .htmx-request')) return true;
  if (!("liveCalm" in element.dataset)) return false;
  if (element.querySelector("details[open]")) return true;
  return element.matches(":hover") || element.contains(document.activeElement);
}

// An answer puts another element in the place of one with the same id.
const placeOf = (element) => element.id || element;

// The answer of a fetch that is on its way may have been asked too early.
function refetch(heard) {
  waiting.delete(placeOf(heard));
  const element = heard.isConnected ? heard : document.getElementById(heard.id);
  if (!element) return;
  if (element.classList.contains("htmx-request")) return schedule(element, SETTLE);
  if (isBusy(element)) return postpone(element);
  hidePill(element);
  const { at, pause } = last.get(placeOf(element)) ?? { at: -MOST, pause: SETTLE };
  const now = performance.now();
  const grown = now - at > 2 * pause ? SETTLE : Math.min(2 * pause, MOST);
  last.set(placeOf(element), { at: now, pause: Math.max(grown, Number(element.dataset.livePause ?? 0)) });
  htmx.trigger(element, "live");
}

function postpone(element) {
  element.dataset.liveMissed = String(Number(element.dataset.liveMissed ?? 0) + 1);
  if (!element.dispatchEvent(new CustomEvent("reparto:postponed", { bubbles: true, cancelable: true }))) return;
  const pill = element.querySelector("[data-pill]");
  if (!pill) return void setTimeout(() => schedule(element), 1000);
  pill.querySelector("[data-pill-count]").textContent = element.dataset.liveMissed;
  pill.hidden = false;
}

function hidePill(element) {
  delete element.dataset.liveMissed;
  const pill = element.querySelector("[data-pill]");
  if (pill) pill.hidden = true;
}

function schedule(element, atLeast = GATHER) {
  if (waiting.has(placeOf(element))) return;
  const { at, pause } = last.get(placeOf(element)) ?? { at: -MOST, pause: 0 };
  waiting.set(placeOf(element), setTimeout(refetch, Math.max(atLeast, at + pause - performance.now()), element));
}

function receive(change) {
  for (const element of document.querySelectorAll("[data-live]")) {
    // What one looks at comes first; the counts around it have time.
    if (concerns(element, change)) schedule(element, element.closest("body > .app > :not(main)") ? SETTLE : GATHER);
  }
  document.dispatchEvent(new CustomEvent("reparto:live", { detail: change }));
}

export function refetchAll() {
  receive({ topic: null, ids: [] });
}

function connection(isUp) {
  const banner = document.getElementById("offline");
  if (!banner) return;
  if (isUp) {
    clearTimeout(offlineTimer);
    offlineTimer = null;
    banner.hidden = true;
    if (wasLost) refetchAll();
    wasLost = false;
  } else {
    wasLost = true;
    // The browser tries again and again: the first failure counts.
    offlineTimer ??= setTimeout(() => { banner.hidden = false; }, OFFLINE_AFTER);
  }
}

// A path may die without a word: whoever hears nothing for so long, not even a beat, knocks again.
function listen(url, pass) {
  let source = null;
  let heardAt = 0;

  function open() {
    source?.close();
    const opened = source = new EventSource(url);
    const on = (name, does) => opened.addEventListener(name, (event) => { heardAt = Date.now(); does(event); });
    heardAt = Date.now();
    on("open", () => pass({ kind: "connection", isUp: true }));
    on("beat", () => {});
    // Its time is over; what is said between the two streams, the next one says first.
    on("again", open);
    on("live", (event) => pass({ kind: "change", change: JSON.parse(event.data) }));
    // The server may have missed something itself: look at everything again.
    on("catch_up", () => pass({ kind: "change", change: { topic: null, ids: [] } }));
    opened.addEventListener("error", () => {
      pass({ kind: "connection", isUp: false });
      if (opened === source && opened.readyState === EventSource.CLOSED) setTimeout(() => { if (opened === source) open(); }, 5000);
    });
  }

  open();
  window.addEventListener("online", open);
  setInterval(() => {
    if (Date.now() - heardAt < SILENT) return;
    pass({ kind: "connection", isUp: false });
    open();
  }, SILENT / 8);
}

function start() {
  const { person, liveUrl } = document.body.dataset;
  if (!person || !liveUrl) return;
  const room = `reparto-live-${person}`;
  const channel = new BroadcastChannel(room);
  const hear = (said) => (said.kind === "change" ? receive(said.change) : connection(said.isUp));
  channel.onmessage = ({ data }) => hear(data);
  electLeader(room, () => listen(liveUrl, (said) => { hear(said); channel.postMessage(said); }));
}

document.addEventListener("click", (event) => {
  const element = event.target.closest?.("[data-pill]")?.closest("[data-live]");
  if (!element) return;
  hidePill(element);
  htmx.trigger(element, "live", { asked: true });
});
// Between the question and its answer somebody may have begun to use the element: then it waits, too.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const heard = detail.requestConfig?.triggeringEvent;
  if (heard?.type !== "live" || heard.detail?.asked || !isBusy(detail.elt)) return;
  detail.shouldSwap = false;
  postpone(detail.elt);
});
document.addEventListener("pointerout", (event) => {
  const element = event.target.closest?.("[data-live-missed]");
  if (element && !element.contains(event.relatedTarget)) schedule(element);
});
window.addEventListener("offline", () => connection(false));
window.addEventListener("online", refetchAll);
window.addEventListener("pageshow", (event) => { if (event.persisted) refetchAll(); });

document.addEventListener("DOMContentLoaded", start);
