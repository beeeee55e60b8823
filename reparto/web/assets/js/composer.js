// The composer: reply or note, Ctrl ↵, a draft that survives reloads and reassignment.
import { csrfToken } from "./requests.js";
import { word } from "./words.js";

const REST = 1500;
const timers = new WeakMap();

export const forms = () => document.querySelectorAll("[data-composer]");
export const field = (form) => form.querySelector("textarea");
export const newKey = () => [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("");
const key = (form) => `draft:${document.body.dataset.person}:${form.dataset.draft}`;

export function write(mode) {
  const form = document.querySelector("main [data-composer]");
  if (!form) return;
  turn(form, mode);
  field(form).focus();
}

export function turn(form, mode) {
  form.classList.toggle("noting", mode === "note");
  form.elements.mode.value = mode;
  field(form).placeholder = mode === "note" ? field(form).dataset.inNote : field(form).dataset.inReply;
  for (const tab of form.querySelectorAll("[data-mode]")) tab.setAttribute("aria-pressed", String(tab.dataset.mode === mode));
}

function tell(form, text) {
  const state = form.querySelector("[data-draft-state]");
  if (state) state.textContent = text;
}

// A page that is being left may have been drawn anew before its last words arrived: those stay here.
let leaving = false;
addEventListener("beforeunload", () => { leaving = true; });
export const isLeaving = () => leaving;

export function keep(form) {
  leaving = false;
  const text = field(form).value;
  if (text) localStorage.setItem(key(form), JSON.stringify({ text, mode: form.elements.mode.value, key: form.elements.key.value }));
  else localStorage.removeItem(key(form));
  tell(form, text ? word("draftKept") : "");
  clearTimeout(timers.get(form));
  if (form.dataset.draftUrl) timers.set(form, setTimeout(send, REST, form, text));
}

// What the server has is taken from there; this browser keeps only what has not arrived.
function send(form, text) {
  timers.delete(form);
  const body = new URLSearchParams({ text, mode: form.elements.mode.value, key: form.elements.key.value });
  const headers = { "X-CSRFToken": csrfToken() };
  fetch(form.dataset.draftUrl, { method: "PUT", headers, body, keepalive: true }).then((answer) => {
    if (answer.ok && !leaving && field(form).value === text) localStorage.removeItem(key(form));
    if (answer.status === 205) clear(form, text);
    if (answer.status === 404) tell(form, word("draftHere"));
  }).catch(() => {});
}

// It had arrived after all: its answer was lost.
function clear(form, text) {
  if (field(form).value !== text) return;
  field(form).value = "";
  form.elements.key.value = newKey();
  stopDraft(form);
}

export function stopDraft(form) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  localStorage.removeItem(key(form));
  tell(form, "");
}

function sendNow() {
  for (const form of forms()) {
    if (!timers.has(form)) continue;
    clearTimeout(timers.get(form));
    send(form, field(form).value);
  }
}

function bringBack() {
  for (const form of forms()) {
    if (form.dataset.ready) continue;
    form.dataset.ready = "yes";
    const kept = JSON.parse(localStorage.getItem(key(form)) ?? "null");
    if (!kept) continue;
    field(form).value = kept.text;
    if (kept.key) form.elements.key.value = kept.key;
    if (!form.matches(".shut")) turn(form, kept.mode);
    keep(form);
  }
}

// A file needs no words beside it.
export function showFile(form) {
  const input = form.querySelector("[data-attach]");
  if (!input) return;
  form.querySelector("[data-attached]").textContent = input.files[0]?.name ?? "";
  form.querySelector("[data-detach]").hidden = !input.files.length;
  field(form).required = !input.files.length;
}

// Why it did not leave stands beside it until something changes.
export function refuse(form, why) {
  const place = form.querySelector("[data-refused]");
  if (place) place.textContent = why;
}

document.addEventListener("change", ({ target }) => { if (target.matches?.("[data-attach]")) { refuse(target.form, ""); showFile(target.form); } });
// A picture on the clipboard is attached; words are pasted as ever.
document.addEventListener("paste", (event) => {
  const form = event.target.closest?.("[data-composer]");
  const input = form?.querySelector("[data-attach]");
  if (!input || form.elements.mode.value === "note" || !event.clipboardData?.files.length) return;
  event.preventDefault();
  input.files = event.clipboardData.files;
  showFile(form);
});

export function scrollDown() {
  for (const log of document.querySelectorAll('[role="log"]')) log.scrollTop = log.scrollHeight;
}

document.addEventListener("click", (event) => {
  const tab = event.target.closest?.("[data-composer] [data-mode]");
  if (tab) { turn(tab.form, tab.dataset.mode); field(tab.form).focus(); }
  const off = event.target.closest?.("[data-detach]");
  if (off) { off.form.querySelector("[data-attach]").value = ""; refuse(off.form, ""); showFile(off.form); field(off.form).focus(); }
});
document.addEventListener("input", ({ target }) => { if (target.matches?.("[data-composer] textarea")) { refuse(target.form, ""); keep(target.form); } });
document.addEventListener("refused", ({ target, detail }) => refuse(target, detail.value));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !event.target.matches?.("[data-composer] textarea")) return;
  event.preventDefault();
  if (event.target.form.matches(".htmx-request") && !event.target.value.trim()) return;
  event.target.form.requestSubmit(event.shiftKey ? event.target.form.querySelector("[data-send-close]") : null);
});
document.addEventListener("htmx:beforeRequest", ({ detail }) => { if (detail.target?.id === "inbox") sendNow(); });
window.addEventListener("pagehide", sendNow);
document.addEventListener("htmx:load", bringBack);
// A thread opens at its end, and stays there when something arrives unless somebody is reading above.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const log = detail.target?.closest?.('[role="log"]') ?? detail.target?.querySelector?.('[role="log"]');
  if (log) log.dataset.atEnd = String(log.scrollHeight - log.scrollTop - log.clientHeight < 80);
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const log = detail.target?.closest?.('[role="log"]') ?? document.querySelector('[role="log"]');
  if (log && log.dataset.atEnd !== "false") scrollDown();
});
document.addEventListener("DOMContentLoaded", () => { bringBack(); scrollDown(); });
