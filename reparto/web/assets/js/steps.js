// Forms that the server draws anew at each step: the newest request wins, a step it overtook goes with it, and what is
// typed while an answer is on its way stays. The controls ask with hx-sync="closest form:replace".
const overtaken = new WeakMap();
const sent = new WeakMap();
const forms = new WeakMap();  // by request: what it was asked from may be gone when it is over
let late = [];

function formOf(element) {
  return element?.closest?.("form[data-steps]");
}

function typed(form) {
  const controls = form.querySelectorAll("textarea[id], input[id]:not([type=hidden], [type=checkbox], [type=radio])");
  return new Map([...controls].map((control) => [control.id, control.value]));
}

document.addEventListener("htmx:configRequest", ({ detail }) => {
  const form = formOf(detail.elt);
  if (!form) return;
  const steps = [...(overtaken.get(form) ?? []), ...detail.formData.getAll("step")];
  detail.formData.delete("step");
  for (const step of steps) detail.formData.append("step", step);
  overtaken.set(form, steps);
  forms.set(detail, form);
  sent.set(form, typed(form));
});
document.addEventListener("htmx:afterRequest", ({ detail }) => { if (detail.xhr.status) overtaken.delete(forms.get(detail.requestConfig)); });
document.addEventListener("htmx:sendError", ({ detail }) => { overtaken.delete(forms.get(detail.requestConfig)); });
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const form = formOf(detail.target);
  late = form ? [...typed(form)].filter(([id, value]) => sent.get(form)?.has(id) && sent.get(form).get(id) !== value) : [];
});
document.addEventListener("htmx:afterSwap", () => {
  for (const [id, value] of late.splice(0)) {
    const control = document.getElementById(id);
    if (control) control.value = value;
  }
});
