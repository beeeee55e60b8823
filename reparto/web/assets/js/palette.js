// Ctrl K: the server's answers in a dialog; the first group is about the object in sight.
import { choose, chosen, options, steer } from "./listbox.js";
import { currentItem } from "./lists.js";
import { htmx } from "./requests.js";

const PATIENCE = 60;
let runCommand = () => {};
let asked = null;
let timer = null;
// What is in the box has no answer yet: what the list shows is about something else.
let isWaiting = false;
let isEntered = false;

const dialog = () => document.getElementById("palette");
const input = () => document.getElementById("palette-input");
const results = () => document.getElementById("palette-results");

export function onCommand(run) {
  runCommand = run;
}

// What the page is about goes before a row of its list: the keys act on it, too.
function context() {
  return (document.querySelector("main [data-context]:not([data-item])") ?? currentItem()?.closest("[data-context]"))?.dataset.context ?? "";
}

export function openPalette() {
  if (!dialog()) return;
  if (dialog().open) return dialog().close();
  dialog().dataset.context = context();
  input().value = "";
  dialog().showModal();
  isEntered = false;
  expectAnswer(0);
}

function expectAnswer(delay) {
  isWaiting = true;
  asked?.abort();
  clearTimeout(timer);
  timer = setTimeout(ask, delay);
}

async function ask() {
  asked = new AbortController();
  const query = new URLSearchParams({ q: input().value, context: dialog().dataset.context });
  try {
    const answer = await fetch(`${input().dataset.url}?${query}`, { headers: { "HX-Request": "true" }, signal: asked.signal });
    if (answer.ok) show(await answer.text());
  } catch (error) {
    if (error.name !== "AbortError") results().replaceChildren();
  }
}

function show(html) {
  const shape = document.createElement("template");
  shape.innerHTML = html;
  results().replaceChildren(shape.content);
  choose(input(), results(), options(results())[0]);
  isWaiting = false;
  if (isEntered && dialog().open) chosen(results())?.click();
  isEntered = false;
}

function pick(option) {
  const { run, post } = option.dataset;
  dialog().close();
  if (run) runCommand(run);
  else if (post) htmx.ajax("POST", post, { source: document.body, swap: "none" });
  else location.assign(option.href);
}

document.addEventListener("input", (event) => {
  if (event.target.id !== "palette-input") return;
  isEntered = false;
  expectAnswer(PATIENCE);
});
document.addEventListener("keydown", (event) => {
  if (event.target.id !== "palette-input") return;
  if (event.key !== "Enter" || event.isComposing || !isWaiting) return steer(event, input(), results());
  // Faster than the server: what comes is pressed, never what stands there.
  event.preventDefault();
  isEntered = true;
  expectAnswer(0);
});
document.addEventListener("click", (event) => {
  const option = event.target.closest?.("#palette-results [role=option]");
  if (!option || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  pick(option);
});
