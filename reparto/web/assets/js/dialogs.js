// Opens dialogs and the "why?" popover, loads what they show, copies links.
import { htmx } from "./requests.js";
import { openBeside, replace } from "./popovers.js";
import { toast } from "./toasts.js";

async function openDialog(address) {
  if (address.startsWith("#")) return document.querySelector(address)?.showModal();
  const dialog = document.getElementById("dialog");
  await htmx.ajax("GET", address, { target: dialog, swap: "innerHTML" });
  if (dialog.childElementCount && !dialog.open) dialog.showModal();
}

async function openWhy(link) {
  const room = document.getElementById("why");
  if (!room) return location.assign(link.href);
  room.replaceChildren();
  await htmx.ajax("GET", link.dataset.why, { target: room, swap: "innerHTML" });
  if (!room.childElementCount) return;
  openBeside(room, link);
  replace(room);
}

async function copy(text) {
  const whole = text.startsWith("/") ? new URL(text, location.href).href : text;
  await navigator.clipboard?.writeText(whole);
  toast({ text: whole });
}

document.addEventListener("click", (event) => {
  const pressed = event.target.closest?.("[data-dialog], [data-why], [data-copy], [data-close]");
  if (!pressed || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  if (pressed.dataset.dialog) openDialog(pressed.dataset.dialog);
  else if (pressed.dataset.why) openWhy(pressed);
  else if (pressed.dataset.copy) copy(pressed.dataset.copy);
  else pressed.closest("dialog")?.close();
});
// A button may send its form into the dialog (hx-target="#dialog"): the answer opens it.
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const { target } = detail;
  if (target?.id === "dialog" && target.childElementCount && !target.open) target.showModal();
});
// A click beside a dialog closes it, unless something was typed there.
document.addEventListener("click", (event) => {
  if (event.target instanceof HTMLDialogElement && event.target.open && !event.target.querySelector("[data-unsaved]")) event.target.close();
});
// An answer may say that the dialog is done: HX-Trigger: {"close-dialog": {}}.
document.addEventListener("close-dialog", () => document.getElementById("dialog")?.close());
