// Gives a contact (or whatever carries data-owner) to somebody: shows it at once, goes back if the server refuses.
import { htmx, reason } from "./requests.js";
import { currentItem } from "./lists.js";
import { toast } from "./toasts.js";
import { word } from "./words.js";

// What is chosen goes before the present row, and that before the page.
export function ownerInSight() {
  return document.querySelector("main [data-bulk]:not([hidden])") ?? currentItem()?.querySelector("[data-owner]") ?? [...document.querySelectorAll("main [data-owner]")].find((cell) => cell.checkVisibility() && !cell.closest("[data-item]"));
}

function draft(choice) {
  const shown = document.createElement("span");
  shown.className = "who";
  shown.setAttribute("aria-busy", "true");
  const name = document.createElement("span");
  name.className = "ell";
  name.textContent = choice.name || word("nobody");
  const saving = document.createElement("span");
  saving.className = "t12 faint";
  saving.textContent = word("saving");
  shown.append(...(choice.face ? [choice.face] : []), name, saving);
  return shown;
}

export function give(cell, choice) {
  const before = [...cell.childNodes];
  const cellId = cell.id;
  const hadFocus = cell.contains(document.activeElement) || document.activeElement === document.body;
  if (cell.matches(".owner")) cell.replaceChildren(draft(choice));
  else cell.setAttribute("aria-busy", "true");

  const goBack = (event) => {
    if (event.detail.elt !== cell) return;
    cell.removeAttribute("aria-busy");
    cell.replaceChildren(...before);
    if (event.detail.xhr?.getResponseHeader("HX-Trigger")?.includes('"toast"')) return;
    const text = event.type === "htmx:sendError" ? word("noConnection") : reason(event.detail.xhr);
    toast({ text, kind: "error", retry: () => give(cell, choice) });
  };
  for (const name of ["htmx:responseError", "htmx:sendError"]) cell.addEventListener(name, goBack, { once: true });

  const sent = cell.matches("form") ? new FormData(cell) : new FormData();
  const values = { ...Object.fromEntries([...new Set(sent.keys())].map((name) => [name, sent.getAll(name)])), [choice.field ?? "person"]: choice.value, version: cell.dataset.version ?? "" };
  delete values.csrfmiddlewaretoken;
  return htmx.ajax("POST", cell.dataset.url, { source: cell, target: cell, swap: "outerHTML", values }).then(() => {
    if (hadFocus) document.getElementById(cellId)?.querySelector("a, button")?.focus({ preventScroll: true });
  });
}

function me() {
  const face = document.querySelector(".me .av")?.cloneNode(true);
  face?.classList.replace("x28", "x24");
  return { value: document.body.dataset.person, name: document.body.dataset.personName, face };
}

// An open conversation that nobody works goes before its contact's owner, unless that has the focus.
function talkToTake() {
  if (document.activeElement?.closest("[data-owner]")) return null;
  return [...document.querySelectorAll('main [data-context$=":open"] [data-command="take"]')].find((each) => each.checkVisibility() && !each.closest("[data-owner]"));
}

export function take() {
  const talk = talkToTake();
  if (talk) return talk.click();
  const cell = ownerInSight();
  if (!cell) return;
  const mayTake = cell.dataset.may === "take" && !cell.dataset.ownerId;
  if ((mayTake || cell.dataset.may === "assign") && cell.dataset.ownerId !== document.body.dataset.person) give(cell, me());
}

export function release() {
  const cell = ownerInSight();
  if (cell?.dataset.may === "assign" && cell.dataset.ownerId) give(cell, { value: "", name: "" });
}

document.addEventListener("submit", (event) => {
  const cell = event.target.matches?.("[data-take]") && event.target.closest("[data-owner]");
  if (!cell) return;
  event.preventDefault();
  give(cell, me());
});
