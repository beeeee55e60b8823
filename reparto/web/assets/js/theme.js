// Runs before the styles, so that the chosen theme and density never flash. Built apart from app.js.
const root = document.documentElement;
for (const [name, values] of [["theme", ["light", "dark"]], ["density", ["compact"]]]) {
  const chosen = localStorage.getItem(name);
  if (chosen === "") delete root.dataset[name];
  else if (values.includes(chosen)) root.dataset[name] = chosen;
}
