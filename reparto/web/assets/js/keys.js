// The keyboard. The table of keys is the dialog of shortcuts, which the server writes from one list (look/shortcuts.py).
// Keys are matched by event.key, never by place: ? is Shift+' and / is Shift+7 on Latin American layouts.
import { write } from "./composer.js";
import { save } from "./forms.js";
import * as lists from "./lists.js";
import { release, take } from "./owner.js";
import { onCommand, openPalette } from "./palette.js";
import { assign } from "./picker.js";
import { isAnyOpen } from "./popovers.js";
import { undoLast } from "./toasts.js";

const SEQUENCE = 1200;
let pending = null;

const COMMANDS = {
  next: () => lists.move(1),
  previous: () => lists.move(-1),
  open: lists.open,
  select: lists.select,
  "select-range": lists.selectRange,
  "close-pane": () => lists.clear() || press("close-pane"),
  assign,
  take,
  release,
  reply: () => write("reply"),
  note: () => write("note"),
  undo: undoLast,
  palette: openPalette,
  shortcuts: () => document.getElementById("shortcuts")?.showModal(),
  search: () => focusSearch(),
  save,
  send: () => false,
};

function focusSearch() {
  const box = [...document.querySelectorAll("main [data-search]")].find((each) => each.checkVisibility());
  box?.focus();
  box?.select?.();
}

function press(command) {
  const inOrder = [lists.currentItem(), document.querySelector("main"), document].filter(Boolean);
  for (const place of inOrder) {
    const found = [...place.querySelectorAll(`[data-command="${command}"]`)].find((each) => each.checkVisibility() && !each.matches('[aria-disabled="true"]'));
    if (found) { found.click(); return true; }
  }
  return false;
}

export function run(command) {
  const handler = COMMANDS[command];
  return handler ? handler() !== false : press(command);
}

function table() {
  return [...document.querySelectorAll("#shortcuts [data-keys]")].map(({ dataset }) => [dataset.keys, dataset.runs]);
}

function isTyping(element) {
  return element?.isContentEditable || element?.matches?.("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
}

function nameOf(event) {
  const graph = event.getModifierState?.("AltGraph");
  const parts = [];
  if ((event.ctrlKey || event.metaKey) && !graph) parts.push("mod");
  if (event.altKey && !graph) parts.push("alt");
  const printed = event.key.length === 1;
  const isLetter = printed && event.key.toLowerCase() !== event.key.toUpperCase();
  if (event.shiftKey && (!printed || isLetter)) parts.push("shift");
  const alias = { ArrowDown: "j", ArrowUp: "k" }[event.key];
  parts.push(alias ?? (event.key === " " ? "space" : event.key.toLowerCase()));
  return parts.join("+");
}

// Arrows move the list only where they mean nothing else.
function arrowIsFree(event) {
  const focus = document.activeElement;
  return !event.key.startsWith("Arrow") || focus === document.body || focus?.matches("main") || Boolean(focus?.closest("[data-item]"));
}

function isAllowed(name, event) {
  if (document.querySelector("dialog:modal")) return name === "mod+k" && document.getElementById("palette")?.open;
  if (name.startsWith("mod+")) return true;
  if (isTyping(event.target) || isAnyOpen()) return false;
  if (name === "escape" || name === "enter" || event.key.startsWith("Arrow")) return arrowIsFree(event);
  return document.body.dataset.singleKeys === "on";
}

function commandFor(name) {
  const sequence = pending && Date.now() - pending.at < SEQUENCE ? `${pending.key} ${name}` : null;
  pending = null;
  const keys = table();
  const found = keys.find(([each]) => each === sequence) ?? keys.find(([each]) => each === name);
  if (!found && keys.some(([each]) => each.startsWith(`${name} `))) pending = { key: name, at: Date.now() };
  return found?.[1];
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
  const name = nameOf(event);
  if (!isAllowed(name, event)) return;
  const command = commandFor(name);
  if (command && run(command)) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const own = event.target.closest?.('[data-command="palette"], [data-command="shortcuts"]');
  if (own) COMMANDS[own.dataset.command]();
});
onCommand(run);
