// Keeps "3 min" true while the page stays open. Dates older than a day are left as the server wrote them.
import { word } from "./words.js";

const EVERY = 30_000;

// After other words it is «3 min ago»: the server says how.
function within(element, said) {
  return element.dataset.ago ? element.dataset.ago.replace("{}", said) : said;
}

function refresh() {
  for (const element of document.querySelectorAll("time[data-ago]")) {
    const minutes = Math.floor((Date.now() - Date.parse(element.dateTime)) / 60_000);
    if (minutes < 1) element.textContent = word("now");
    else if (minutes < 60) element.textContent = within(element, `${minutes} min`);
    else if (minutes < 1440) element.textContent = within(element, `${Math.floor(minutes / 60)} h`);
  }
}

setInterval(refresh, EVERY);
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
