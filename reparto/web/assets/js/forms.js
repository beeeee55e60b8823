// Forms: unsaved changes counted and warned about once, copies of template rows, forms that send themselves.
import { word } from "./words.js";

const first = new WeakMap();
let leavingOnPurpose = false;

function values(form) {
  const pairs = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  return pairs.map(([name, value]) => `${name}=${value}`);
}

function remember() {
  for (const form of document.querySelectorAll("[data-unsaved]")) if (!first.has(form)) first.set(form, values(form));
}

function changes(form) {
  const before = first.get(form) ?? [];
  const after = values(form);
  const differing = after.filter((pair, at) => pair !== before[at]).length;
  return Math.max(differing, Math.abs(after.length - before.length));
}

function count(form) {
  const number = changes(form);
  for (const place of form.querySelectorAll("[data-unsaved-count]")) place.textContent = String(number);
  for (const place of form.querySelectorAll("[data-unsaved-note]")) place.hidden = number === 0;
}

export function save() {
  const form = document.querySelector("[data-unsaved]");
  form?.requestSubmit();
  return Boolean(form);
}

function unsaved() {
  return [...document.querySelectorAll("[data-unsaved]")].some((form) => changes(form) > 0);
}

function addCopy(button) {
  const shape = document.querySelector(button.dataset.clone);
  const list = document.querySelector(button.dataset.into);
  if (!shape || !list) return;
  const copy = shape.content.cloneNode(true);
  const control = copy.querySelector("input, select, textarea");
  list.append(copy);
  control?.focus();
  touch(list);
}

function touch(element) {
  const form = element.closest("[data-unsaved]");
  if (form) count(form);
}

document.addEventListener("input", (event) => touch(event.target));
document.addEventListener("change", (event) => {
  touch(event.target);
  event.target.closest?.("form[data-auto-submit]")?.requestSubmit();
});
document.addEventListener("reparto:changed", (event) => touch(event.target));
document.addEventListener("submit", (event) => { if (event.target.matches?.("[data-unsaved]")) leavingOnPurpose = true; });
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.elt?.matches?.("[data-unsaved]")) return;
  leavingOnPurpose = false;
  if (detail.successful && detail.xhr.status < 400) { first.set(detail.elt, values(detail.elt)); count(detail.elt); }
});
document.addEventListener("click", (event) => {
  const adder = event.target.closest?.("[data-clone]");
  if (adder) addCopy(adder);
  const remover = event.target.closest?.("[data-remove]");
  const gone = remover?.closest(remover.dataset.remove);
  const parent = gone?.parentElement;
  gone?.remove();
  if (parent) touch(parent);
  const discard = event.target.closest?.("[data-discard]");
  if (discard) leavingOnPurpose = true;
});
window.addEventListener("beforeunload", (event) => { if (!leavingOnPurpose && unsaved()) event.preventDefault(); });
document.addEventListener("htmx:confirm", (event) => {
  if (event.detail.elt.closest("[data-unsaved]") || event.detail.verb !== "get" || event.detail.elt.matches("[data-live]")) return;
  if (event.detail.target?.querySelector?.("[data-unsaved]") && unsaved() && !window.confirm(word("leave"))) event.preventDefault();
});
document.addEventListener("htmx:load", remember);
document.addEventListener("DOMContentLoaded", remember);
