// What the composer offers while one writes: people behind an @ in a note, quick replies behind a /. The server chooses
// them; this shows them, and puts the chosen one into the text.
const SIGNS = [{ sign: "/", url: "quickUrl", fits: () => true }, { sign: "@", url: "mentionsUrl", fits: (form) => form.elements.mode.value === "note" }];
const LONGEST = 40;
let asked = 0;
let open = null;

function begun(area) {
  const before = area.value.slice(0, area.selectionStart);
  for (const one of SIGNS) {
    const start = before.lastIndexOf(one.sign);
    const typed = before.slice(start + 1);
    const free = start === 0 || /[\s(]/.test(before[start - 1] ?? "");
    if (start < 0 || !free || typed.length > LONGEST || /^\s|\n/.test(typed)) continue;
    if (area.form.dataset[one.url] && one.fits(area.form)) return { area, start, typed, url: area.form.dataset[one.url] };
  }
  return null;
}

function close() {
  asked += 1;
  if (!open) return;
  open.list.hidden = true;
  open.area.removeAttribute("aria-activedescendant");
  open = null;
}

function mark(index) {
  const options = [...open.list.children];
  const at = (index + options.length) % options.length;
  options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
  options[at].scrollIntoView({ block: "nearest" });
  open.area.setAttribute("aria-activedescendant", options[at].id);
  open.at = at;
}

async function suggest(area) {
  const place = begun(area);
  if (!place) return close();
  const turn = ++asked;
  const url = new URL(place.url, location.href);
  url.searchParams.set("q", place.typed);
  const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (turn !== asked) return;
  const list = area.form.querySelector(".suggest");
  list.innerHTML = answer?.ok ? await answer.text() : "";
  if (!list.children.length) return close();
  list.hidden = false;
  open = { ...place, list };
  mark(0);
}

function choose(option) {
  const { area, start } = open;
  if (option.dataset.href) return void location.assign(option.dataset.href);
  const added = option.dataset.insert;
  area.setRangeText(added, start, area.selectionStart, "end");
  close();
  area.focus();
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

const KEYS = {
  ArrowDown: () => mark(open.at + 1),
  ArrowUp: () => mark(open.at - 1),
  Enter: () => choose(open.list.children[open.at]),
  Tab: () => choose(open.list.children[open.at]),
  Escape: close,
};

document.addEventListener("input", (event) => { if (event.target.matches?.("[data-composer] textarea")) suggest(event.target); });
// Before anybody else hears the key: here Escape closes a list, not the conversation.
document.addEventListener("keydown", (event) => {
  if (!open || event.target !== open.area || event.ctrlKey || event.metaKey || !KEYS[event.key]) return;
  event.preventDefault();
  event.stopPropagation();
  KEYS[event.key]();
}, { capture: true });
document.addEventListener("mousedown", (event) => {
  const option = open && event.target.closest?.(".suggest [role=option]");
  if (!option) return;
  event.preventDefault();
  choose(option);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-composer] [data-type]");
  if (!button) return;
  const area = button.form.querySelector("textarea");
  const before = area.value.slice(0, area.selectionStart);
  area.focus();
  area.setRangeText(`${before && !/\s$/.test(before) ? " " : ""}${button.dataset.type}`, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
});
document.addEventListener("focusout", (event) => { if (open && event.target === open.area) close(); });
