// «Call back»: the link dials as any link would, and the click records it beside that.
import { htmx } from "./requests.js";

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-call-back]");
  if (!link || event.button) return;
  htmx.ajax("POST", link.dataset.callBack, { source: link, swap: "none" });
});
