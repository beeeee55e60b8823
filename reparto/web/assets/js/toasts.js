// Notices at the bottom: one at a time, 8 s, waiting while somebody reads; Z undoes; errors stay until dismissed.
// A view sends them in a header: HX-Trigger: {"toast": {"text": …, "undo": url, "kind": "status|error|conflict", …}}.
import { refetchAll } from "./live.js";
import { htmx } from "./requests.js";
import { say, word } from "./words.js";

const SECONDS_SHOWN = 8;
const queue = [];
let present = null;
let remaining = 0;
let started = 0;
let timer = null;

export function toast(notice) {
  queue.push(notice);
  if (!present || present.kind === "status") next();
}

export function undoLast() {
  if (present?.undo) undo();
}

function region() {
  return document.getElementById("toasts");
}

function next() {
  leave();
  present = queue.shift() ?? null;
  if (present) draw();
}

function draw() {
  present.kind ??= "status";
  present.element ??= build(present);
  if (!present.element) return;
  if (!present.element.isConnected) region().append(present.element);
  say(present.text, { urgent: present.kind !== "status" });
  remaining = SECONDS_SHOWN * 1000;
  if (present.kind === "status") resume();
}

function leave() {
  clearTimeout(timer);
  present?.element?.remove();
  present = null;
}

function resume() {
  if (!present || present.kind !== "status") return;
  clearTimeout(timer);
  started = Date.now();
  timer = setTimeout(next, remaining);
}

function pause() {
  clearTimeout(timer);
  remaining = Math.max(1500, remaining - (Date.now() - started));
}

function build(notice) {
  const shape = document.getElementById("toast-shape");
  if (!shape) return null;
  const element = shape.content.firstElementChild.cloneNode(true);
  element.classList.add(notice.kind);
  element.querySelector("[data-text]").textContent = notice.text;
  const acts = element.querySelector("[data-acts]");
  if (!notice.undo) acts.replaceChildren();
  for (const [act, label] of offers(notice)) acts.append(button(act, label));
  return element;
}

function offers(notice) {
  if (notice.kind === "conflict" && notice.mine) return [["mine", word("mine")], ["dismiss", word("theirs")]];
  if (notice.open) return [["open", word("open")]];
  return notice.retry ? [["retry", word("retry")]] : [];
}

function button(act, label) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "u";
  made.dataset.act = act;
  made.textContent = label;
  return made;
}

async function undo() {
  const { undo: url } = present;
  next();
  await htmx.ajax("POST", url, { source: document.body, swap: "none" });
  refetchAll();
}

function useMine({ mine }) {
  next();
  htmx.ajax("POST", mine.url, { target: mine.target, swap: "outerHTML", values: mine.values });
}

const ACTS = {
  undo,
  dismiss: next,
  open() { location.assign(present.open); },
  retry() { const { retry } = present; next(); retry(); },
  mine() { useMine(present); },
};

document.addEventListener("toast", ({ detail }) => toast({ ...detail }));
document.addEventListener("click", (event) => {
  const pressed = event.target.closest?.("#toasts [data-act]");
  if (pressed && present) ACTS[pressed.dataset.act]?.();
});
for (const name of ["pointerover", "focusin"])
  document.addEventListener(name, (event) => { if (event.target.closest?.("#toasts .toast")) pause(); });
for (const name of ["pointerout", "focusout"])
  document.addEventListener(name, (event) => { if (event.target.closest?.("#toasts .toast")) resume(); });

// Those the server wrote into the page.
function adopt() {
  for (const element of region()?.querySelectorAll("[data-toast]") ?? []) {
    const text = element.querySelector("[data-text]").textContent;
    const kind = element.classList.contains("error") ? "error" : "status";
    element.remove();
    toast({ text, kind, undo: element.dataset.undo, element });
  }
}

document.addEventListener("DOMContentLoaded", adopt);
