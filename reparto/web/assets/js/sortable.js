// Ordered lists: dragged by the grip, or moved by the buttons of its menu, or by Alt ↑ ↓. Always all three.
import Sortable from "sortablejs/modular/sortable.core.esm.js";

import { htmx } from "./requests.js";
import { say, word } from "./words.js";

function announce(list, entry) {
  const entries = [...list.children];
  entries.forEach((each, at) => { for (const place of each.querySelectorAll("[data-position]")) place.textContent = String(at + 1); });
  say(`${word("moved")} ${entries.indexOf(entry) + 1}`);
  list.dispatchEvent(new CustomEvent("reparto:changed", { bubbles: true }));
  const form = list.closest("form[hx-post]");
  if (form?.getAttribute("hx-trigger")?.includes("sorted")) htmx.trigger(form, "sorted");
}

function shift(entry, step) {
  const list = entry.parentElement;
  const other = step < 0 ? entry.previousElementSibling : entry.nextElementSibling;
  if (!other) return;
  const focused = document.activeElement;
  if (step < 0) other.before(entry);
  else other.after(entry);
  if (entry.contains(focused)) focused.focus();
  entry.scrollIntoView({ block: "nearest" });
  announce(list, entry);
}

function entryOf(element) {
  return element.closest("[data-sortable] > *");
}

function prepare() {
  for (const list of document.querySelectorAll("[data-sortable]")) {
    if (list.dataset.ready) continue;
    list.dataset.ready = "yes";
    const animation = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 160;
    Sortable.create(list, { handle: "[data-grip]", animation, onEnd: ({ item, oldIndex, newIndex }) => { if (oldIndex !== newIndex) announce(list, item); } });
  }
}

document.addEventListener("click", (event) => {
  const mover = event.target.closest?.("[data-move]");
  const entry = mover && entryOf(mover);
  if (entry) shift(entry, mover.dataset.move === "up" ? -1 : 1);
});
document.addEventListener("keydown", (event) => {
  const step = event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const entry = step && entryOf(event.target);
  if (!entry) return;
  event.preventDefault();
  shift(entry, step);
});
document.addEventListener("htmx:load", prepare);
document.addEventListener("DOMContentLoaded", prepare);
