// A month at a time below two date fields: the first day chosen begins the stretch, the second ends it.
// The week begins where the server says; without this module the two fields do the same.
const DAY = 86_400_000;
const shown = new WeakMap();
const ending = new WeakSet();

const iso = (day) => day.toISOString().slice(0, 10);
const parse = (text) => { const day = new Date(`${text}T00:00:00Z`); return Number.isNaN(day.getTime()) ? null : day; };
const field = (cal, name) => document.getElementById(cal.dataset[name]);
const firstOf = (day, months = 0) => new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 1));
const written = (day, options) => new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: "UTC", ...options }).format(day);

function make(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function daysFrom(month, begins) {
  const offset = (month.getUTCDay() - begins + 7) % 7;
  return Array.from({ length: 42 }, (_, at) => new Date(month.getTime() + (at - offset) * DAY));
}

function drawDay(day, month, from, until) {
  const text = iso(day);
  const button = make("button", String(day.getUTCDate()), { type: "button", "data-day": text, tabindex: "-1", "aria-label": written(day, { dateStyle: "full" }) });
  button.setAttribute("aria-pressed", String(from <= text && text <= until));
  button.classList.toggle("beside", day.getUTCMonth() !== month.getUTCMonth());
  const cell = make("td", "");
  cell.append(button);
  return cell;
}

function draw(cal, focused = "") {
  const [from, until] = [field(cal, "from").value, field(cal, "until").value];
  const month = shown.get(cal) ?? firstOf(parse(until) ?? new Date());
  shown.set(cal, month);
  const days = daysFrom(month, Number(cal.dataset.weekBegins));
  const head = make("div", "", { class: "row" });
  head.append(
    make("button", "‹", { type: "button", class: "btn gh ic sm", "data-turn": "-1", "aria-label": cal.dataset.before }),
    make("b", written(month, { month: "long", year: "numeric" }), { class: "sp t13s", "aria-live": "polite" }),
    make("button", "›", { type: "button", class: "btn gh ic sm", "data-turn": "1", "aria-label": cal.dataset.after }),
  );
  const table = make("table", "", { "aria-label": cal.dataset.name });
  const names = make("tr", "");
  for (const day of days.slice(0, 7)) {
    const name = make("th", "", { scope: "col" });
    name.append(make("abbr", written(day, { weekday: "narrow" }), { title: written(day, { weekday: "long" }) }));
    names.append(name);
  }
  table.append(names);
  for (let week = 0; week < 42; week += 7) {
    const row = make("tr", "");
    row.append(...days.slice(week, week + 7).map((day) => drawDay(day, month, from, until)));
    table.append(row);
  }
  cal.replaceChildren(head, table);
  const reached = table.querySelector(`[data-day="${focused || from}"]`) ?? table.querySelector("button:not(.beside)");
  reached.tabIndex = 0;
  if (focused) reached.focus();
}

function choose(cal, day) {
  const [from, until] = [field(cal, "from"), field(cal, "until")];
  if (ending.delete(cal) && day >= from.value) until.value = day;
  else { from.value = until.value = day; ending.add(cal); }
  draw(cal, day);
}

function go(cal, day) {
  shown.set(cal, firstOf(day));
  draw(cal, iso(day));
}

document.addEventListener("click", (event) => {
  const cal = event.target.closest?.("[data-calendar]");
  const button = cal && event.target.closest("button");
  if (!button) return;
  if (button.dataset.day) choose(cal, button.dataset.day);
  else {
    shown.set(cal, firstOf(shown.get(cal), Number(button.dataset.turn)));
    draw(cal);
    cal.querySelector(`[data-turn="${button.dataset.turn}"]`).focus();
  }
});
document.addEventListener("keydown", (event) => {
  const at = event.target.closest?.("[data-calendar] [data-day]");
  const by = at && { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, PageUp: -28, PageDown: 28 }[event.key];
  if (!by) return;
  event.preventDefault();
  go(at.closest("[data-calendar]"), new Date(parse(at.dataset.day).getTime() + by * DAY));
});
document.addEventListener("change", (event) => {
  for (const cal of document.querySelectorAll("[data-calendar]"))
    if ([cal.dataset.from, cal.dataset.until].includes(event.target.id)) { shown.delete(cal); ending.delete(cal); draw(cal); }
});
function prepare() {
  for (const cal of document.querySelectorAll("[data-calendar]:empty")) draw(cal);
}
document.addEventListener("htmx:load", prepare);
document.addEventListener("DOMContentLoaded", prepare);
