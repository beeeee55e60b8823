// What is on its way: the words leave the box at once, and stay in this browser until the answer comes. Refused or lost they
// come back to their own conversation: now if it is open, else when it is opened next.
import { field, forms, isLeaving, keep, newKey, refuse, scrollDown, showFile, stopDraft, turn } from "./composer.js";
import { toast } from "./toasts.js";
import { word } from "./words.js";

const underWay = new Set();  // keys of what this page waits for
const files = new Map();  // by key: a file outlives its form, not the page

const shelf = (draft) => `sent:${document.body.dataset.person}:${draft}:`;
const place = (sent) => shelf(sent.draft) + sent.key;
const store = (sent) => localStorage.setItem(place(sent), JSON.stringify(sent));
const standing = (draft) => [...forms()].find((form) => form.dataset.draft === draft);

function filesOf(input) {
  const kept = new DataTransfer();
  for (const file of input?.files ?? []) kept.items.add(file);
  return kept.files;
}

// What was sent leaves the field at once, and its draft with it: neither may come back as if it had not been sent.
function take(form) {
  const input = form.querySelector("[data-attach]");
  const { mode, key } = form.elements;
  const sent = { text: field(form).value, mode: mode.value, key: key.value || newKey(), draft: form.dataset.draft };
  Object.assign(sent, { to: field(form).ariaLabel, page: location.href, file: input?.files[0]?.name, at: Date.now() });
  files.set(sent.key, filesOf(input));
  underWay.add(sent.key);
  store(sent);
  stopDraft(form);
  field(form).value = "";
  key.value = newKey();
  if (input) input.value = "";
  refuse(form, "");
  showFile(form);
  return sent;
}

function forget(sent) {
  localStorage.removeItem(place(sent));
  files.delete(sent.key);
}

// To htmx an answer that is swapped (409, 422) is a success too, and so is one that leads to the door.
function answered(form, sent, xhr) {
  underWay.delete(sent.key);
  if (!xhr.status && isLeaving()) return;
  const present = form.isConnected ? form : standing(sent.draft);
  const taken = xhr.status >= 200 && xhr.status < 300 && !xhr.getResponseHeader("HX-Redirect");
  if (!taken) return refused(present, sent, reasons(xhr));
  forget(sent);
  // Sending forgot the draft there: what was begun meanwhile is another one.
  if (field(present ?? form).value) keep(present ?? form);
  scrollDown();
}

function reasons(xhr) {
  const said = xhr.getResponseHeader("HX-Trigger");
  return said?.startsWith("{") ? JSON.parse(said) : {};
}

function refused(form, sent, told) {
  if (form) return giveBack(form, { ...sent, why: told.refused });
  const why = told.refused ?? told.toast?.text ?? "";
  store({ ...sent, why });
  toast({ text: [sent.to, word("notSent"), why].filter(Boolean).join(" · "), kind: "error", open: sent.page });
}

// Before what was typed meanwhile. A note comes back as a note, whatever is written: what was meant for the team must not leave.
function giveBack(form, sent) {
  const [box, kept] = [field(form), files.get(sent.key)];
  if (sent.mode === "note" && form.elements.mode.value !== sent.mode) turn(form, sent.mode);
  box.value = sent.text.startsWith(box.value) ? sent.text : [sent.text, box.value].filter(Boolean).join("\n");
  // Under its key the same words are the same reply: should they have arrived, nothing goes out twice.
  form.elements.key.value = sent.key;
  const input = form.querySelector("[data-attach]");
  if (input && kept && !input.files.length) { input.files = kept; showFile(form); }
  refuse(form, [sent.why, sent.file && !kept ? `${word("attachAgain")} ${sent.file}` : ""].filter(Boolean).join(" "));
  forget(sent);
  if (box.value) keep(form);
}

// What nobody heard an answer to, and what was refused while one was elsewhere.
function leftOver(draft) {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(shelf(draft)));
  const found = names.map((name) => JSON.parse(localStorage.getItem(name)));
  return found.filter(({ key }) => !underWay.has(key)).sort((one, other) => other.at - one.at);
}

function bringBack() {
  for (const form of forms()) {
    if (form.dataset.asked) continue;
    form.dataset.asked = "yes";
    for (const sent of leftOver(form.dataset.draft)) giveBack(form, { why: word("notHeard"), ...sent });
  }
}

document.addEventListener("htmx:beforeSend", ({ detail }) => {
  const form = detail.elt;
  if (!form?.matches?.("[data-composer]")) return;
  const sent = take(form);
  // Not htmx's own events: once the form is out of the page nobody hears them.
  detail.xhr.addEventListener("loadend", () => answered(form, sent, detail.xhr));
});
document.addEventListener("htmx:load", bringBack);
document.addEventListener("DOMContentLoaded", bringBack);
