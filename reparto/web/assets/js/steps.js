// Forms that the server draws anew at each step: the newest request wins, a step it overtook goes with it, and what is
// typed or chosen while an answer is on its way stays. The controls ask with hx-sync="closest form:replace".
const overtaken = new WeakMap();
const sent = new WeakMap();
const forms = new WeakMap();  // by request: what it was asked from may be gone when it is over
let late = {};

function formOf(element) {
  return element?.closest?.("form[data-steps]");
}

function chosen(control) {
  return control.type === "checkbox" || control.type === "radio" ? control.checked : control.value;
}

function choose(control, value) {
  if (typeof value === "boolean") control.checked = value;
  else if (!control.options || [...control.options].some((one) => one.value === value)) control.value = value;
}

function controls(form) {
  const all = [...form.querySelectorAll("textarea, select, input:not([type=hidden])")];
  return new Map(all.map((control) => [control.id || `${control.name}=${control.value}`, control]));
}

function typed(form) {
  return new Map([...controls(form)].map(([key, control]) => [key, chosen(control)]));
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
  const differ = form ? [...typed(form)].filter(([key, value]) => sent.get(form)?.has(key) && sent.get(form).get(key) !== value) : [];
  late = { form, differ };
});
document.addEventListener("htmx:afterSwap", () => {
  const { form, differ } = late;
  late = {};
  const now = differ?.length ? controls(form) : new Map();
  for (const [key, value] of differ ?? []) if (now.has(key)) choose(now.get(key), value);
});
