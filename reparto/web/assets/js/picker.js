// The owner picker: the server's options, a search that ignores accents, one choice.
// The fragment is a form whose options are buttons, so it also works as a page without this module.
import { choose, fold, options, steer } from "./listbox.js";
import { give, ownerInSight } from "./owner.js";
import { anchorOf, openBeside, replace } from "./popovers.js";
import { htmx } from "./requests.js";

const room = () => document.getElementById("picker");

// A live refresh may have put a new cell in the place of the one that was pressed.
const cellNow = (id) => (id ? document.getElementById(id) : null);

export async function openPicker(trigger) {
  const popover = room();
  popover.replaceChildren();
  const answer = htmx.ajax("GET", trigger.dataset.picker, { target: popover, swap: "innerHTML" });
  const cellId = trigger.closest("[data-owner]")?.id;
  await answer;
  if (!popover.childElementCount) return;
  openBeside(popover, trigger.isConnected ? trigger : cellNow(cellId)?.querySelector("[data-picker]") ?? trigger);
  const search = popover.querySelector("[data-picker-search]");
  if (!search) return;
  search.focus();
  sift(search);
}

export function assign() {
  const trigger = ownerInSight()?.querySelector("[data-picker]") ?? document.querySelector("main [data-picker]");
  if (trigger) openPicker(trigger);
}

function matches(option, words) {
  const text = fold(option.dataset.words ?? option.dataset.name ?? option.textContent);
  return words.every((each) => text.includes(each));
}

function listOf(search) {
  return search.form.querySelector('[role="listbox"]');
}

function sift(search) {
  const list = listOf(search);
  const words = fold(search.value).split(/\s+/).filter(Boolean);
  for (const option of list.querySelectorAll('[role="option"]')) option.hidden = !matches(option, words);
  for (const group of list.querySelectorAll('[role="group"]')) group.hidden = !group.querySelector('[role="option"]:not([hidden])');
  const found = options(list);
  search.form.querySelector("[data-picker-nothing]").hidden = found.length > 0;
  choose(search, list, found[0]);
  replace(room());
}

document.addEventListener("click", (event) => {
  const trigger = event.target.closest?.("[data-picker]");
  if (!trigger || !room() || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  openPicker(trigger);
});
document.addEventListener("keydown", (event) => {
  if (event.key === " " && event.target.matches?.('a[role="button"]')) {
    event.preventDefault();
    event.target.click();
  }
  if (!event.target.matches?.("[data-picker-search]")) return;
  steer(event, event.target, listOf(event.target));
});
document.addEventListener("input", (event) => { if (event.target.matches?.("[data-picker-search]")) sift(event.target); });
document.addEventListener("submit", (event) => {
  if (!event.target.matches?.("#picker [data-picker-form]") || !event.submitter) return;
  event.preventDefault();
  const opened = anchorOf(room())?.closest("[data-owner]");
  const cell = opened?.isConnected ? opened : cellNow(opened?.id);
  const { name: field, value, dataset } = event.submitter;
  const choice = { field, value, name: dataset.name, face: event.submitter.querySelector(".av")?.cloneNode(true) };
  const url = event.target.getAttribute("action");
  room().hidePopover();
  if (!cell) return;
  if (url) cell.dataset.url = url;
  give(cell, choice);
});
