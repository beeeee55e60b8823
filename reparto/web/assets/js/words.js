// The few words the modules say; the server writes them, translated, on #words.
export function word(name) {
  return document.getElementById("words")?.dataset[name] ?? name;
}

// Says something to a screen reader.
export function say(text, { urgent = false } = {}) {
  const region = document.getElementById(urgent ? "alert" : "say");
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => { region.textContent = text; });
}
