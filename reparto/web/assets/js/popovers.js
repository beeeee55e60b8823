// Native popovers beside whatever opened them. On phones the styles turn them into sheets at the bottom.
const GAP = 6;
const MARGIN = 8;
const anchors = new WeakMap();
let pressed = null;

function place(popover) {
  const anchor = anchors.get(popover);
  if (!anchor?.isConnected || !popover.matches(":popover-open")) return;
  const beside = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const below = beside.bottom + GAP + height <= innerHeight - MARGIN;
  const above = beside.top - GAP - height >= MARGIN;
  const upward = popover.dataset.place === "top" ? above || !below : !below && above;
  const top = upward ? beside.top - GAP - height : Math.min(beside.bottom + GAP, innerHeight - MARGIN - height);
  const left = beside.left + width <= innerWidth - MARGIN ? beside.left : beside.right - width;
  popover.style.top = `${Math.max(MARGIN, top)}px`;
  popover.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - MARGIN - width))}px`;
}

export function openBeside(popover, anchor) {
  anchors.set(popover, anchor);
  anchor.setAttribute("aria-expanded", "true");
  if (!popover.matches(":popover-open")) popover.showPopover();
  place(popover);
}

export function replace(popover) {
  place(popover);
}

export function anchorOf(popover) {
  return anchors.get(popover);
}

export function isAnyOpen() {
  return document.querySelector(":popover-open") !== null;
}

document.addEventListener("click", (event) => { pressed = event.target.closest?.("[popovertarget]") ?? pressed; }, true);
document.addEventListener("beforetoggle", (event) => {
  const popover = event.target;
  if (!popover.matches?.(".float[popover]")) return;
  if (event.newState === "open") {
    if (pressed?.getAttribute("popovertarget") === popover.id) anchors.set(popover, pressed);
    requestAnimationFrame(() => place(popover));
  } else anchors.get(popover)?.setAttribute("aria-expanded", "false");
}, true);
for (const [name, target] of [["scroll", document], ["resize", window]])
  target.addEventListener(name, (event) => {
    if (event.target?.closest?.("[popover]")) return;
    for (const popover of document.querySelectorAll(".float:popover-open")) place(popover);
  }, true);

// Choosing an entry of a menu closes it; one that changes its own look stays.
document.addEventListener("click", (event) => {
  const entry = event.target.closest?.(".menu[popover]:popover-open .mi");
  if (entry && !entry.closest("#picker") && entry.type !== "submit") entry.closest("[popover]").hidePopover();
});
