// Forms: sent once, read back while typing, kept as drafts.
// Every form works without this file.
const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const say = (text) => { const live = $("#live"); if (live) live.textContent = text; };
const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });
const address = (form) => new URL(form.action, location.href).pathname;
const token = (form) => (form.querySelector("[name=csrfmiddlewaretoken]") || {}).value || "";
const FORMS = "form.form, form[data-draft]";  // data-draft="plain": kept as a draft, sent as the page itself does it
const send = (form, url, values) => fetch(url, { method: "POST", headers: { "X-CSRFToken": token(form) }, body: new URLSearchParams(values) });

// Sent once; a form of a whole page is sent into `main`, so that whatever goes wrong the form still stands there
function ready(form) {
  if (form.dataset.ready) return;
  form.dataset.ready = "1";
  if (form.dataset.draft !== "plain" && !$(".form-said", form)) form.prepend(make("div", "form-said"));
  if (form.closest("main") && window.htmx && form.dataset.draft === "") {
    const put = { "hx-boost": "true", "hx-target": "#main", "hx-select": "#main > *", "hx-swap": "innerHTML show:top", "hx-push-url": "false" };
    for (const [name, value] of Object.entries(put)) form.setAttribute(name, value);
    if (document.readyState === "complete") window.htmx.process(form);
  }
  if (form.dataset.draft !== undefined && !$(".errors, .conflict", form)) offer(form);
  $$("select[data-find]", form).forEach(finder);
  late(form);
  if ($("[type=file]", form)) import(new URL("uploads.js", import.meta.url)).then((uploads) => uploads.ready(form));
}
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  const wrong = $(".file-said.bad", form);
  if (wrong) { event.preventDefault(); event.stopImmediatePropagation(); complain(form, wrong.textContent); return; }
  clearTimeout(drafts.get(form));
  drafts.delete(form);
  form.dataset.sent = "1";
  form.setAttribute("aria-busy", "true");
  if (!window.htmx || !form.closest("[hx-boost]")) setTimeout(() => free(form), 8000);
}, true);
const free = (form) => { delete form.dataset.sent; form.removeAttribute("aria-busy"); const bar = $(".sending", form); if (bar) bar.remove(); };
const freeAll = () => {
  $$("form[data-sent]").forEach(free);
  $$("#main, #panel-body").forEach((each) => each.removeAttribute("aria-busy"));  // a refusal shown elsewhere left it
};
window.addEventListener("pageshow", freeAll);
document.addEventListener("htmx:configRequest", (event) => { if (event.target.matches("form") && $(".form-said", event.target)) event.detail.headers["X-Typed"] = "1"; });
for (const name of ["htmx:afterRequest", "htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, (event) => {
    const form = event.target;
    if (form.matches && form.matches("form[data-ready]") && name !== "htmx:afterRequest") failed(form, event.detail.xhr);
    freeAll();
  });
}
function failed(form, xhr) {
  const status = xhr ? xhr.status : 0;
  if (status === 401) return;
  complain(form, status === 413 ? "文件太大，服务器没有收下；请压缩或拆分后再提交，其他内容还在。" : "没有提交成功，内容还在本页。", status !== 413);
  keep(form);
}
function complain(form, text, again) {
  const box = make("div", "refusal", text);
  box.setAttribute("role", "alert");
  if (again) {
    const button = make("button", "bt s", "重试");
    button.type = "submit";
    box.append(" ", button);
  }
  $(".form-said", form).replaceChildren(box);
  box.scrollIntoView({ block: "nearest" });
}

// After a swap: what came back gets the focus, and the title says that something is wrong
document.addEventListener("htmx:afterSettle", (event) => {
  const target = event.detail.target;
  $$(FORMS, target).forEach(ready);
  const wrong = $(".errors, .conflict", target);
  document.title = (wrong ? "错误：" : "") + document.title.replace(/^错误：/, "");
  const first = (target.id === "main" || target.className === "form-said") && $("[data-focus]", target);
  if (first) first.focus();
});
document.addEventListener("click", (event) => {
  const link = event.target.closest(".errors a[href^='#']");
  const place = link && document.getElementById(link.hash.slice(1));
  if (place) { event.preventDefault(); (/^(INPUT|SELECT|TEXTAREA)$/.test(place.tagName) ? place : $("input, select, textarea", place) || place).focus(); }
});

// What is typed is read back at once: a date with its weekday, an amount in full, a certificate with what it tells
function mark(field, state, text, link) {
  let told = field.parentElement.querySelector(".reads");
  if (!told) { told = make("span", "reads"); field.after(told); }
  if (!told.id) {
    told.id = `${field.id}-reads`;
    told.setAttribute("role", "status");
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${told.id}`.trim());
  }
  told.className = `reads ${state}`;
  told.textContent = text;
  if (link && link.link) told.append(text ? "　" : "", Object.assign(make("a", "", link.link), { href: link.url, target: "_blank" }));
  field.setAttribute("aria-invalid", String(state === "bad"));
}
async function read(field) {
  const old = field.closest(".field") && $(".error", field.closest(".field"));
  if (old) { old.remove(); field.closest(".field").classList.remove("bad"); }
  const text = field.value.trim();
  if (!text) { mark(field, "", ""); return; }
  try {
    const found = await (await send(field.form, `/read/${field.dataset.reads}/`, { q: text })).json();
    if (field.value.trim() !== text) return;
    if (found.value && document.activeElement !== field) field.value = found.value;
    mark(field, found.state, found.text, found);
    late(field.form);
  } catch (error) { mark(field, "", ""); }
}
let reading = 0;
document.addEventListener("input", (event) => {
  const field = event.target;
  clearTimeout(reading);
  if (field.dataset.reads && !event.isComposing) reading = setTimeout(() => read(field), 350);
});
document.addEventListener("focusout", (event) => {
  const field = event.target;
  if (!field.form || !field.closest("form.form")) return;
  if (field.dataset.reads && field.dataset.was !== field.value) { clearTimeout(reading); field.dataset.was = field.value; read(field); }
  else if (field.required && !field.dataset.reads && field.form.dataset.touched && /^(INPUT|TEXTAREA|SELECT)$/.test(field.tagName) && !/^(file|radio|checkbox)$/.test(field.type)) {
    const label = field.labels && field.labels[0] ? field.labels[0].textContent.replace("*", "").trim() : "本项";
    if (!field.value.trim()) mark(field, "bad", `请填写「${label}」。`);
    else if ($(".reads.bad", field.parentElement)) mark(field, "", "");
  }
});
// The reason of a late entry is asked for only where the day is not today
function late(form) {
  const reason = $("[name=late_reason]", form), day = $("[name=happened_on]", form);
  if (!reason || !day) return;
  const said = day.parentElement.querySelector(".reads");
  const today = /^今[天日]$/.test(day.value.trim()) || (said && /今天$/.test(said.textContent));
  reason.closest(".field").hidden = Boolean(today) && !reason.value;
}

// Drafts: kept by the server ten seconds after a change and on leaving a field, offered on return
const drafts = new WeakMap();
function kept(form) {  // every name with all its values; what is not ticked is not among them
  const found = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !/^(csrfmiddlewaretoken|submission|.*password.*)$/.test(name)) (found[name] ||= []).push(value);
  }
  return found;
}
const tell = (form, text) => { const said = $(".draft-said", form) || $(`.draft-said[data-of="${form.id}"]`); if (said) said.textContent = text; };
const turns = new WeakMap();
function keep(form) {  // one after the other: an older draft never comes after a newer one
  clearTimeout(drafts.get(form));
  drafts.delete(form);
  const turn = (turns.get(form) || Promise.resolve()).then(() => store(form));
  turns.set(form, turn);
  return turn;
}
async function store(form) {
  if (form.dataset.sent || form.dataset.draft === undefined) return;
  const later = () => drafts.set(form, setTimeout(() => keep(form), 10000));
  try {
    const answer = await send(form, "/drafts/", { path: address(form), data: JSON.stringify(kept(form)) });
    if (answer.redirected || answer.status === 401) {
      tell(form, "登录已结束，草稿没有存上；重新登录后自动再存");
      document.dispatchEvent(new Event("out"));
      later();
    } else tell(form, answer.ok ? `草稿已于 ${(await answer.json()).at} 自动保存` : "草稿没有存上，请尽快提交");
  } catch (error) { tell(form, "网络中断，草稿没有存上；恢复后自动再存"); later(); }
}
async function offer(form) {
  let found = {};
  try {
    const answer = await fetch(`/drafts/?path=${encodeURIComponent(address(form))}`, { headers: { "X-Live": "1" } });
    found = answer.ok ? await answer.json() : {};
  } catch (error) { return; }
  if (!found.data) return;
  const bar = make("div", "note draft-bar", `有 ${found.at} 的草稿`);
  bar.setAttribute("role", "status");
  for (const [label, act] of [["继续", () => fill(form, found.data)], ["放弃", () => send(form, "/drafts/", { path: address(form) })]]) {
    const button = make("button", "bt s", label);
    button.type = "button";
    button.addEventListener("click", () => { act(); bar.remove(); });
    bar.append(button);
  }
  form.prepend(bar);
}
function fill(form, data) {
  const left = Object.fromEntries(Object.entries(data).map(([name, values]) => [name, [].concat(values)]));
  const boxes = (field) => /^(checkbox|radio)$/.test(field.type);
  for (const field of form.elements) {
    if (!field.name || field.disabled) continue;
    const values = left[field.name];
    if (boxes(field)) field.checked = (values || (field.type === "radio" ? [""] : [])).includes(field.value);
    else if (!values) continue;
    else if (field.type === "select-multiple") $$("option", field).forEach((each) => { each.selected = values.includes(each.value); });
    else if (!/^(file|password|submit|button)$/.test(field.type) && values.length) {
      const value = values.shift();  // of several fields of one name each has its own
      if (field.type !== "hidden" || field.name === "version") field.value = value;
    }
    if (field.dataset.reads) read(field);
  }
  form.dispatchEvent(new CustomEvent("filled", { bubbles: true }));
  const first = $$("input, textarea, select", form).find((each) => each.type !== "hidden");
  if (first) first.focus();
}
document.addEventListener("keydown", (event) => {  // Ctrl+S: the draft now
  const form = event.target.form || $("main form.form[data-draft]");
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s" || !form || form.dataset.draft === undefined) return;
  event.preventDefault();
  keep(form).then(() => say(($(".draft-said") || { textContent: "" }).textContent || "草稿已保存"));
});
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form || form.dataset.draft === undefined) return;
  form.dataset.touched = "1";
  if (!drafts.has(form)) drafts.set(form, setTimeout(() => keep(form), 10000));
});
document.addEventListener("focusout", (event) => {
  const form = event.target.form;
  if (form && drafts.has(form)) keep(form);
});

// A long list of choices is searched by its words
function finder(select) {
  if (select.previousElementSibling && select.previousElementSibling.matches(".finds")) return;
  const field = make("input", "finds"), options = $$("option", select);
  Object.assign(field, { type: "search", placeholder: "输入几个字查找", autocomplete: "off" });
  field.setAttribute("aria-label", `查找${select.dataset.find}`);
  select.before(field);
  field.addEventListener("input", () => {
    const words = field.value.trim();
    for (const option of options) option.hidden = Boolean(words) && !option.textContent.includes(words);
    for (const group of $$("optgroup", select)) group.hidden = !$$("option", group).some((option) => !option.hidden);
    const left = options.filter((option) => !option.hidden && option.value);
    select.size = words ? Math.min(Math.max(left.length, 2), 8) : 0;
    if (words && left.length) { select.value = left[0].value; select.dispatchEvent(new Event("change", { bubbles: true })); }
    say(`${left.length} 项`);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && !event.isComposing) { event.preventDefault(); select.focus(); }
    if (event.key === "Enter" && !event.ctrlKey && !event.isComposing && event.keyCode !== 229) { event.preventDefault(); select.size = 0; select.focus(); }
  });
  select.addEventListener("change", () => { if (document.activeElement === select) select.size = 0; });
}

// What an event does to clocks is shown before it is recorded
let effect = 0;
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (!form || !form.dataset.effect || event.target.type === "file") return;
  clearTimeout(effect);
  effect = setTimeout(async () => {
    try {
      const answer = await fetch(form.dataset.effect, { method: "POST", headers: { "HX-Request": "true" }, body: new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")) });
      if (answer.ok) { $("#effect").innerHTML = await answer.text(); say(form.dataset.effectSaid || "期限已重新计算"); }
    } catch (error) { /* the next change asks again */ }
  }, 150);
});
// A choice that filters at once, a prepared opinion, a number to copy
document.addEventListener("change", (event) => { if (event.target.matches("[data-submit]")) event.target.form.requestSubmit(); });
document.addEventListener("click", (event) => {
  const words = event.target.closest("[data-opinion]"), button = event.target.closest("[data-do=copy]");
  if (words) $("#id_opinion").value = words.dataset.opinion;
  if (button) copy(button.dataset.text);
  const account = event.target.closest("[data-account]");
  if (account) {
    $("#id_username").value = account.dataset.account;
    $("#id_password").value = account.dataset.password;
    $("form.sign-in button").focus();
  }
});

function copy(text) {
  const done = () => document.dispatchEvent(new CustomEvent("toast", { detail: `已复制 ${text.length > 30 ? `${text.slice(0, 30)}…` : text}` }));
  if (navigator.clipboard) { navigator.clipboard.writeText(text).then(done); return; }
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
  done();
}

$$(FORMS).forEach(ready);
document.addEventListener("fresh", (event) => $$(FORMS, event.target).forEach(ready));
