// Forms: sent once, read back while typing, kept as drafts. Every form works without this file.
const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];

// Forms: one click is one act; what is typed survives a lost connection
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  form.dataset.sent = "1";
  form.setAttribute("aria-busy", "true");
  setTimeout(() => free(form), 8000);
}, true);
const free = (form) => { delete form.dataset.sent; form.removeAttribute("aria-busy"); };
const freeAll = () => $$("form[data-sent]").forEach(free);
window.addEventListener("pageshow", freeAll);
for (const name of ["htmx:afterRequest", "htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.addEventListener(name, freeAll);

// What is typed is read back at once: a date with its weekday, an amount in full, a certificate with what it tells
document.addEventListener("focusout", async (event) => {
  const field = event.target;
  if (!field.dataset || !field.dataset.reads) return;
  let told = field.parentElement.querySelector(".reads");
  if (!told) {
    told = document.createElement("span");
    told.className = "reads";
    told.id = `${field.id}-reads`;
    told.setAttribute("role", "status");
    field.after(told);
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${told.id}`.trim());
  }
  if (!field.value.trim()) { told.textContent = ""; return; }
  try {
    const answer = await fetch(`/read/${field.dataset.reads}/?q=${encodeURIComponent(field.value)}`, { headers: { "X-Live": "1" } });
    if (!answer.ok) return;
    const found = await answer.json();
    told.textContent = found.text;
    told.className = found.ok ? "reads ok" : "reads bad";
    field.setAttribute("aria-invalid", String(!found.ok));
  } catch (error) { told.textContent = ""; }
});

// Drafts: kept by the server ten seconds after a change and on leaving a field, offered on return
const drafts = new WeakMap();
const address = (form) => new URL(form.action, location.href).pathname;
const token = (form) => (form.querySelector("[name=csrfmiddlewaretoken]") || {}).value || "";
const kept = (form) => Object.fromEntries([...new FormData(form)].filter(([name, value]) =>
  typeof value === "string" && value && !/^(csrfmiddlewaretoken|submission|password)$/.test(name)));

async function keep(form) {
  clearTimeout(drafts.get(form));
  drafts.delete(form);
  if (form.dataset.sent) return;
  const body = new URLSearchParams({ path: address(form), data: JSON.stringify(kept(form)), csrfmiddlewaretoken: token(form) });
  try {
    const answer = await fetch("/drafts/", { method: "POST", body });
    const said = form.querySelector(".draft-said");
    if (answer.ok && said) said.textContent = `草稿已于 ${(await answer.json()).at} 自动保存`;
  } catch (error) { /* the next change tries again */ }
}

async function offer(form) {
  form.dataset.offered = "1";
  const answer = await fetch(`/drafts/?path=${encodeURIComponent(address(form))}`, { headers: { "X-Live": "1" } });
  const found = answer.ok ? await answer.json() : {};
  if (!found.data) return;
  const bar = document.createElement("p");
  bar.className = "note draft-bar";
  bar.append(`有 ${found.at} 的草稿`);
  for (const [label, act] of [["继续", () => fill(form, found.data)], ["放弃", () => drop(form)]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "bt s";
    button.textContent = label;
    button.addEventListener("click", () => { act(); bar.remove(); });
    bar.append(button);
  }
  form.prepend(bar);
}

function fill(form, data) {
  for (const [name, value] of Object.entries(data)) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (/^(checkbox|radio)$/.test(field.type)) field.checked = field.value === value;
      else if (!/^(file|hidden|password)$/.test(field.type)) field.value = value;
    }
  }
  const first = $$("input, textarea, select", form).find((each) => each.type !== "hidden");
  if (first) first.focus();
}

function drop(form) {
  fetch("/drafts/", { method: "POST", body: new URLSearchParams({ path: address(form), csrfmiddlewaretoken: token(form) }) });
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form || form.dataset.draft === undefined || drafts.has(form)) return;
  drafts.set(form, setTimeout(() => keep(form), 10000));
});
document.addEventListener("focusout", (event) => {
  const form = event.target.form;
  if (form && drafts.has(form)) keep(form);
});
const offers = (within = document) => $$("form[data-draft]:not([data-offered])", within).forEach(offer);
offers();
document.addEventListener("htmx:afterSettle", (event) => offers(event.detail.target));

// A choice that filters at once, a prepared opinion, a number to copy
document.addEventListener("change", (event) => { if (event.target.matches("[data-submit]")) event.target.form.requestSubmit(); });
document.addEventListener("click", (event) => {
  const words = event.target.closest("[data-opinion]"), button = event.target.closest("[data-do=copy]");
  if (words) $("#id_opinion").value = words.dataset.opinion;
  if (button) copy(button.dataset.text);
});

function copy(text) {
  const done = () => document.dispatchEvent(new CustomEvent("toast", { detail: `已复制 ${text}` }));
  if (navigator.clipboard) { navigator.clipboard.writeText(text).then(done); return; }
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
  done();
}
