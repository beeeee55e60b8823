// Theme and density: chosen here, kept in this browser, read again by theme.js before the styles.
const root = document.documentElement;

function mark(name) {
  const present = root.dataset[name] ?? "";
  for (const control of document.querySelectorAll(`[data-set-${name}]`))
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

function markAll() {
  mark("theme");
  mark("density");
}

document.addEventListener("htmx:load", markAll);
document.addEventListener("DOMContentLoaded", markAll);
