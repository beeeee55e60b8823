// The inbox: a thread that grows without disturbing what is there, conversations that open without losing the list's place,
// and the count-down of WhatsApp's window.
import { htmx } from "./requests.js";

// hx-swap="merge": children are known by their id; what is equal stays, what changed is replaced, what is new is added
// where it belongs, and nothing is taken away. Whoever listens hears only what is new.
function merge(target, fragment) {
  const added = [];
  let before = null;
  for (const fresh of [...fragment.children]) {
    const known = fresh.id && document.getElementById(fresh.id);
    let placed = fresh;
    if (known?.parentElement !== target) {
      if (before) before.after(fresh);
      else target.append(fresh);
      added.push(fresh);
    } else if (known.isEqualNode(fresh)) placed = known;
    else {
      known.replaceWith(fresh);
      added.push(fresh);
    }
    before = placed;
  }
  return added;
}

htmx.defineExtension("merge", {
  isInlineSwap: (style) => style === "merge",
  // A list, even an empty one, says that it is done: what is not ours is left to htmx.
  handleSwap: (style, target, fragment) => (style === "merge" ? merge(target, fragment) : false),
});

// A conversation opens in place: the address changes, the list stays where it was.
function open(link) {
  const at = document.querySelector("#inbox .list .scroll")?.scrollTop ?? 0;
  const shown = { target: "#inbox", select: "#inbox", swap: "outerHTML", push: link.href };
  htmx.ajax("GET", link.href, shown).then(() => {
    const list = document.querySelector("#inbox .list .scroll");
    if (list) list.scrollTop = at;
    document.querySelector("#inbox .cv[aria-current]")?.classList.add("cur");
  });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#inbox .cv");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  open(link);
});

// While somebody uses the list no row moves: what is there says at once what is new, and the pill how many rows are new or
// say something else.
let peeks = 0;

function update(known, fresh) {
  known.replaceChildren(...fresh.childNodes);
  known.classList.toggle("unread", fresh.classList.contains("unread"));
}

function countNews(list, answer) {
  let news = 0;
  for (const fresh of answer.querySelectorAll("#inbox-list [data-item]")) {
    const known = document.getElementById(fresh.id);
    if (known?.dataset.stamp === fresh.dataset.stamp) continue;
    news += 1;
    if (known) update(known, fresh);
  }
  const pill = list.querySelector("[data-pill]");
  pill.querySelector("[data-pill-count]").textContent = String(news);
  pill.hidden = news === 0;
}

async function peek(list) {
  const turn = ++peeks;
  const response = await fetch(list.getAttribute("hx-get"), { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!response?.ok) return;
  const answer = new DOMParser().parseFromString(await response.text(), "text/html");
  if (turn !== peeks || !list.isConnected) return;
  countNews(list, answer);
  const views = answer.getElementById("inbox-views");
  if (views) document.getElementById("inbox-views")?.replaceChildren(...views.childNodes);
}

document.addEventListener("reparto:postponed", (event) => {
  if (event.target.id !== "inbox-list") return;
  event.preventDefault();
  peek(event.target);
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.("#inbox-list [data-pill]")) document.querySelector("#inbox .list .scroll")?.scrollTo({ top: 0 });
});

// What arrives in a tab that nobody looks at is not read.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.elt.id === "inbox-log" && document.hidden) detail.headers["X-Hidden"] = "yes";
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && document.getElementById("inbox-log")) htmx.trigger("#inbox-log", "live");
});

// Earlier messages come in above: what one was reading stays in sight.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const log = detail.target?.id === "inbox-earlier" && detail.target.parentElement;
  if (!log) return;
  const below = log.scrollHeight - log.scrollTop;
  log.dataset.atEnd = "false";
  requestAnimationFrame(() => requestAnimationFrame(() => { log.scrollTop = log.scrollHeight - below; }));
});

// How long WhatsApp still takes free text. The thread brings the end, so a new message moves it without touching the composer.
function say(left) {
  const minutes = Math.floor(left / 60000);
  if (minutes < 1) return "< 1 min";
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function countDown() {
  const label = document.querySelector("[data-window]");
  const until = document.querySelector("[data-window-until]")?.dataset.windowUntil;
  if (!label || !until) return;
  const left = Date.parse(until) - Date.now();
  if (left <= 0) return void htmx.trigger("#inbox-composer", "live");
  const end = new Date(until).toLocaleTimeString("es", { hour: "2-digit", minute: "2-digit", timeZone: document.body.dataset.zone || undefined });
  label.textContent = label.dataset.window.replace("{}", say(left)).replace("{until}", end);
  label.closest(".window")?.classList.toggle("soon", left <= 60000);
}

setInterval(countDown, 5000);
document.addEventListener("htmx:load", countDown);
