// The tree of groups: a group is dragged by its grip onto another or to the edge between two, or lifted and dropped by
// the keyboard; Alt ↑ ↓ changes its order. List and buttons in each group's form do the same without either. After a move the address names the grip, which has the
// focus again.
import { say } from "./words.js";

let lifted = null;
let into = null;
let side = "into";
let dragging = false;

const tree = () => document.querySelector("[data-tree]");
const nodes = () => [...(tree()?.querySelectorAll(":scope > li") ?? [])];
const words = (name, node) => tree().dataset[name].replace("{name}", node.dataset.name);

// Never into or beside itself; not into where it hangs already, and nothing stands beside the company.
function allowed(node, where) {
  if (!node || !lifted || node.dataset.path.startsWith(lifted.dataset.path)) return false;
  return where === "into" ? node.dataset.id !== lifted.dataset.parent : Boolean(node.dataset.parent);
}

// The outer quarters of a row are its edges.
function sideOf(node, y) {
  const { top, height } = node.querySelector("summary").getBoundingClientRect();
  const share = (y - top) / height;
  return share < 0.25 ? "before" : share > 0.75 ? "behind" : "into";
}

function lift(node) {
  lifted = node;
  node.classList.add("lifted");
}

function aim(node, where = "into") {
  into?.classList.remove("into", "before", "behind");
  into = allowed(node, where) ? node : null;
  side = where;
  into?.classList.add(where);
}

function leave() {
  aim(null);
  lifted?.classList.remove("lifted");
  lifted = null;
  dragging = false;
}

function drop() {
  if (!into || !lifted) return;
  const form = document.querySelector("[data-tree-form]");
  form.action = lifted.dataset.url;
  form.elements.parent_id.value = side === "into" ? into.dataset.id : into.dataset.parent;
  for (const name of ["before", "behind"]) {
    form.elements[name].disabled = side !== name;
    form.elements[name].value = into.dataset.id;
  }
  form.requestSubmit();
}

function step(by) {
  const all = nodes();
  let at = all.indexOf(into ?? lifted);
  for (let tried = 0; tried < all.length; tried += 1) {
    at = (at + by + all.length) % all.length;
    if (!allowed(all[at], "into")) continue;
    aim(all[at]);
    into.scrollIntoView({ block: "nearest" });
    say(words("into", into));
    return;
  }
}

document.addEventListener("keydown", (event) => {
  const grip = event.target.closest?.("[data-lift]");
  if (!grip) return;
  const moved = event.altKey && { ArrowUp: "up", ArrowDown: "down" }[event.key];
  if (moved) {
    event.preventDefault();
    grip.closest("li").querySelector(`[data-step="${moved}"]`)?.click();
    return;
  }
  const act = {
    Enter: () => {
      if (into) drop();
      else if (!lifted) { lift(grip.closest("li")); say(words("lifted", lifted)); }
    },
    ArrowDown: () => lifted && step(1),
    ArrowUp: () => lifted && step(-1),
    Escape: () => { if (lifted) { say(words("left", lifted)); leave(); } },
  }[event.key];
  if (!act || (!lifted && event.key !== "Enter")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  act();
});
document.addEventListener("focusout", (event) => { if (!dragging && event.target.closest?.("[data-lift]")) leave(); });
document.addEventListener("dragstart", (event) => {
  const grip = event.target.closest?.("[data-lift]");
  if (!grip) return;
  event.dataTransfer.setData("text/plain", "");
  event.dataTransfer.effectAllowed = "move";
  dragging = true;
  lift(grip.closest("li"));
});
document.addEventListener("dragover", (event) => {
  const node = lifted && event.target.closest?.("[data-tree] > li");
  aim(node, node ? sideOf(node, event.clientY) : "into");
  if (into) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  if (!lifted) return;
  event.preventDefault();
  drop();
});
document.addEventListener("dragend", leave);
