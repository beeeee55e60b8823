// Who else looks at the open conversation, and who is writing in it. Nothing of it is kept anywhere: each browser tells the
// others, remembers what it heard for a while, and asks the server only to draw the faces.
import { csrfToken } from "./requests.js";

const BEAT = 20000;
const GONE_AFTER = 45000;
const STILL_WRITING = 8000;
const SAY_WRITING_EVERY = 3000;
const STATES = ["gone", "viewing", "reply", "note"];

let here = null;
let heard = new Map();
let said = 0;
let shown = "";

const room = () => document.getElementById("inbox-presence");
const me = () => Number(document.body.dataset.person);

function tell(state, place = here) {
  if (!place) return;
  const body = new URLSearchParams({ state });
  fetch(place.url, { method: "POST", body, keepalive: true, headers: { "X-CSRFToken": csrfToken(), "HX-Request": "true" } }).catch(() => {});
}

function enter() {
  const element = room();
  const talk = Number(element?.dataset.talk ?? 0);
  if (here?.talk !== talk) {
    if (here) tell("gone");
    heard = new Map();
    shown = "";
    here = talk ? { talk, url: element.dataset.url, draw: element.dataset.draw } : null;
    tell("viewing");
  }
  if (shown && !document.querySelector("#inbox-head [data-viewers]")) shown = "";
  draw();
}

function listOf(fits) {
  return [...heard].filter(([, one]) => fits(one)).map(([person]) => person).slice(0, 5).join(",");
}

async function draw() {
  if (!here) return;
  const now = Date.now();
  for (const [person, one] of heard) if (now - one.at > GONE_AFTER) heard.delete(person);
  const writes = (state) => (one) => one.state === state && now - one.wroteAt < STILL_WRITING;
  const query = new URLSearchParams({ viewing: listOf(() => true), reply: listOf(writes("reply")), note: listOf(writes("note")) }).toString();
  if (query === shown) return;
  shown = query;
  const place = here;
  const answer = await fetch(`${place.draw}?${query}`, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok || here !== place || shown !== query) return;
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.getElementById("inbox-viewers")?.replaceChildren(drawn.querySelector("[data-viewers]"));
  room()?.replaceChildren(...drawn.querySelector("[data-writers]").childNodes);
}

document.addEventListener("reparto:live", ({ detail }) => {
  if (detail.topic !== "presence" || !here) return;
  const [talk, person, number] = detail.ids;
  if (talk !== here.talk || person === me()) return;
  const state = STATES[number];
  const isNew = !heard.has(person);
  if (state === "gone") heard.delete(person);
  else {
    const before = heard.get(person);
    const wrote = state === "viewing" ? (before?.wroteAt ?? 0) : Date.now();
    heard.set(person, { at: Date.now(), state: state === "viewing" ? (before?.state ?? state) : state, wroteAt: wrote });
    // Whoever has just come does not know of us yet.
    if (isNew) tell("viewing");
  }
  draw();
});
document.addEventListener("input", (event) => {
  if (!event.target.matches?.("#inbox-composer textarea") || Date.now() - said < SAY_WRITING_EVERY) return;
  said = Date.now();
  tell(event.target.form.elements.mode.value === "note" ? "note" : "reply");
});
// What one has seen goes along with what one says: a newer answer that is not in the log is shown before.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!detail.elt.matches?.("#inbox-composer [data-composer]")) return;
  const ids = [...document.querySelectorAll("#inbox-log .m[id^=m-]")].map((one) => Number(one.id.slice(2)));
  detail.parameters.set?.("seen", String(Math.max(0, ...ids)));
  if (!detail.parameters.set) detail.parameters.seen = String(Math.max(0, ...ids));
});
window.addEventListener("pagehide", () => tell("gone"));
document.addEventListener("visibilitychange", () => { if (!document.hidden) tell("viewing"); });
document.addEventListener("htmx:load", enter);
document.addEventListener("DOMContentLoaded", enter);
setInterval(() => { if (!document.hidden) tell("viewing"); }, BEAT);
setInterval(draw, 2000);
