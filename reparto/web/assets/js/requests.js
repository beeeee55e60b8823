// htmx: its settings, the CSRF token, the line that shows a slow request, and what a refused one leaves behind.
import htmx from "htmx.org/dist/htmx.esm.js";

import { toast } from "./toasts.js";
import { word } from "./words.js";

// No settling pause: until it is over a new button has no htmx yet, and a press in it would leave the page.
Object.assign(htmx.config, { allowEval: false, includeIndicatorStyles: false, disableInheritance: true, defaultSettleDelay: 0 });

let pending = 0;

function show(change) {
  pending = Math.max(0, pending + change);
  document.getElementById("busy-line")?.classList.toggle("on", pending > 0);
}

function isBackground(detail) {
  return detail.elt?.matches?.("[data-live]") && detail.requestConfig?.verb === "get";
}

export function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "get") detail.headers["X-CSRFToken"] = csrfToken();
});
document.addEventListener("htmx:beforeSend", ({ detail }) => {
  if (isBackground(detail)) return;
  show(1);
  // htmx's own event is not heard once what asked is out of the page.
  detail.xhr.addEventListener("loadend", () => show(-1));
});

// A control that shows its new value before the server agreed goes back.
function putBack(control) {
  if (!control?.matches?.("[data-optimistic]")) return;
  if (control.type === "checkbox") control.checked = !control.checked;
  else for (const option of control.options ?? []) option.selected = option.defaultSelected;
}

function reason(xhr) {
  return xhr.status === 403 ? word("forbidden") : word("failed");
}

document.addEventListener("htmx:responseError", ({ detail }) => {
  putBack(detail.elt);
  if (isBackground(detail) || detail.elt?.matches?.("[data-owner]")) return;
  if (!detail.xhr.getResponseHeader("HX-Trigger")?.includes('"toast"')) toast({ text: reason(detail.xhr), kind: "error" });
});
document.addEventListener("htmx:sendError", ({ detail }) => {
  putBack(detail.elt);
  if (!isBackground(detail) && !detail.elt?.matches?.("[data-owner]")) toast({ text: word("noConnection"), kind: "error" });
});

// What an answer is meant for may have been drawn anew, too: the answer to a person goes to what stands there when it comes.
// A live answer does not: whoever drew it anew knew more.
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  let meant = detail.target;
  if (!meant?.id || detail.requestConfig.triggeringEvent?.type === "live") return;
  const now = () => (meant.isConnected ? meant : document.getElementById(meant.id) ?? meant);
  Object.defineProperty(detail, "target", { enumerable: true, get: now, set: (other) => { meant = other; } });
});

// Choices that come in late leave what was chosen meanwhile.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { target } = detail;
  if (!detail.shouldSwap || !target.matches?.("select")) return;
  const chosen = target.value;
  target.addEventListener("htmx:afterSwap", () => { if ([...target.options].some((one) => one.value === chosen)) target.value = chosen; }, { once: true });
});

// What asked may have been drawn anew before its answer came: what the answer says is heard all the same.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const said = detail.elt.isConnected ? null : detail.xhr.getResponseHeader("HX-Trigger");
  if (!said?.startsWith("{")) return;
  for (const [name, told] of Object.entries(JSON.parse(said))) document.dispatchEvent(new CustomEvent(name, { detail: told }));
});

export { htmx, reason };
