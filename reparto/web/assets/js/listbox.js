// The keyboard of a search box over a list of options: ↑ ↓ move, Enter presses; used by the picker and the palette.
export function options(list) {
  return [...list.querySelectorAll('[role="option"]')].filter((option) => option.checkVisibility());
}

export function choose(input, list, option) {
  for (const other of list.querySelectorAll('[aria-selected="true"]')) other.setAttribute("aria-selected", "false");
  if (!option) return input.removeAttribute("aria-activedescendant");
  option.id ||= `option-${Math.random().toString(36).slice(2)}`;
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", option.id);
}

export function chosen(list) {
  return options(list).find((option) => option.getAttribute("aria-selected") === "true");
}

export function steer(event, input, list) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    const all = options(list);
    const from = all.indexOf(chosen(list));
    choose(input, list, all[(from + step + all.length) % all.length]);
  } else if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    chosen(list)?.click();
  }
}

// Letters without accents or case: "matias" finds Matías.
export function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
