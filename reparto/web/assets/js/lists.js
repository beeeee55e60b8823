// Lists worked by keyboard: a current item, selection, ranges, the bulk bar.
// data-list holds data-item; an item's first link opens it, its .cb selects it.
import { htmx } from "./requests.js";

let lastSelected = null;

function items() {
  return [...document.querySelectorAll("main [data-list] [data-item]")].filter((item) => item.checkVisibility());
}

export function currentItem() {
  return document.querySelector("main [data-item].cur") ?? document.activeElement?.closest?.("[data-item]") ?? null;
}

function linkOf(item) {
  return item.matches("a[href]") ? item : item.querySelector("a[href]");
}

function makeCurrent(item) {
  for (const other of document.querySelectorAll("[data-item].cur")) other.classList.remove("cur");
  item?.classList.add("cur");
}

export function move(step) {
  const all = items();
  if (!all.length) return false;
  const from = all.indexOf(currentItem() ?? all.find((item) => item.matches("[aria-current]")));
  const to = all[Math.max(0, Math.min(all.length - 1, from < 0 ? 0 : from + step))];
  makeCurrent(to);
  linkOf(to)?.focus({ preventScroll: true });
  to.scrollIntoView({ block: "nearest" });
  return true;
}

export function open() {
  const item = currentItem();
  if (!item || document.activeElement?.matches("a, button, summary, input")) return false;
  linkOf(item)?.click();
  return true;
}

function box(item) {
  return item?.querySelector(".cb:not([data-select-all])");
}

export function select() {
  box(currentItem())?.click();
}

export function selectRange() {
  const item = currentItem();
  if (item) paintRange(item, true);
}

function paintRange(item, checked) {
  const all = items();
  const [from, to] = [all.indexOf(lastSelected ?? item), all.indexOf(item)].sort((a, b) => a - b);
  for (const each of all.slice(Math.max(0, from), to + 1)) if (box(each)) box(each).checked = checked;
  count();
}

export function clear() {
  const chosen = document.querySelectorAll("main [data-item] .cb:checked");
  for (const each of chosen) each.checked = false;
  count();
  return chosen.length > 0;
}

// The bar of what is chosen. Of all that match (data-bulk-all) only the unticked ones of this page are left out.
function count() {
  const boxes = [...document.querySelectorAll("main [data-list] [data-item] .cb")];
  const chosen = boxes.filter((each) => each.checked).length;
  const bar = document.querySelector("[data-bulk]");
  const whole = Number(bar?.dataset.bulkAll ?? 0);
  const sum = whole ? whole - boxes.length + chosen : chosen;
  for (const place of document.querySelectorAll("[data-bulk-count]")) place.textContent = sum.toLocaleString(document.documentElement.lang);
  if (bar) {
    const left = !bar.hidden && chosen === 0;
    bar.hidden = chosen === 0;
    if (left) lookAgain(bar);
  }
  drawWhole(boxes, chosen);
}

function drawWhole(boxes, chosen) {
  const whole = document.querySelector("[data-select-all]");
  if (!whole) return;
  whole.checked = chosen > 0 && chosen === boxes.length;
  whole.indeterminate = chosen > 0 && chosen < boxes.length;
}

// While something is chosen the rows stay: what is new waits behind the pill.
function lookAgain(bar) {
  const room = bar.closest("[data-live]");
  if (room && (bar.dataset.bulkAll || room.dataset.liveMissed)) htmx.trigger(room, "live", { asked: true });
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const heard = event.detail.requestConfig?.triggeringEvent;
  const { elt } = event.detail;
  if (heard?.type !== "live" || heard.detail?.asked || !elt.querySelector("[data-bulk]:not([hidden])")) return;
  event.preventDefault();
  elt.dataset.liveMissed ??= "1";
  const pill = elt.querySelector("[data-pill]");
  if (!pill) return;
  pill.querySelector("[data-pill-count]").textContent = elt.dataset.liveMissed;
  pill.hidden = false;
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-bulk-clear]")) clear();
  const checkbox = event.target.closest?.("[data-item] .cb");
  if (!checkbox) return;
  const item = checkbox.closest("[data-item]");
  if (event.shiftKey) paintRange(item, checkbox.checked);
  lastSelected = item;
  makeCurrent(item);
});
document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-select-all]")) {
    for (const item of items()) if (box(item)) box(item).checked = event.target.checked;
  }
  if (event.target.matches?.(".cb")) count();
});
document.addEventListener("focusin", (event) => {
  const item = event.target.closest?.("main [data-item]");
  if (item) makeCurrent(item);
});
// Work that has begun answers with its card: what was ticked for it is done with.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.target?.id === "bulk" && detail.successful && detail.xhr.responseText.includes('id="bulk-work"')) clear();
});
// The rows that come back after an act are drawn anew; a browser may restore ticks of its own.
document.addEventListener("htmx:load", count);
