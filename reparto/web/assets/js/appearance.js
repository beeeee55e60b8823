// Theme and density: chosen here, kept in this browser, read again by theme.js before the styles. And what is seen first.
const root = document.documentElement;

function mark(name) {
  const present = root.dataset[name] ?? "";
  for (const control of document.querySelectorAll(`button[data-set-${name}]`))
    control.setAttribute("aria-pressed", String(control.getAttribute(`data-set-${name}`) === present));
}

function choose(name, value) {
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
  localStorage.setItem(name, value);
  mark(name);
}

document.addEventListener("click", (event) => {
  for (const name of ["theme", "density"]) {
    const control = event.target.closest?.(`[data-set-${name}]`);
    if (control) choose(name, control.getAttribute(`data-set-${name}`));
  }
});

// On a Mac the key beside the space bar does what Ctrl does elsewhere.
function nameKeys() {
  if (!/Mac|iPhone|iPad/.test(navigator.platform)) return;
  for (const cap of document.querySelectorAll(".kbd")) if (cap.textContent.startsWith("Ctrl")) cap.textContent = cap.textContent.replace("Ctrl", "⌘");
}

function markAll() {
  nameKeys();
  mark("theme");
  mark("density");
}

document.addEventListener("htmx:load", markAll);
document.addEventListener("DOMContentLoaded", markAll);
// A row of tabs that is wider than the screen begins at the one that is open.
document.addEventListener("DOMContentLoaded", () => {
  const open = document.querySelector("main :is(.tabs, .sub) > [aria-current]");
  const row = open?.parentElement;
  if (row) row.scrollLeft = open.offsetLeft - row.offsetLeft - (row.clientWidth - open.offsetWidth) / 2;
});
