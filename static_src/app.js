// The shell: keys, rows, side panel, batch, search, live counts. Every page works without this file.
const root = document.documentElement;
root.classList.remove("nojs");
const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const say = (text) => { const live = $("#live"); if (live) live.textContent = text; };

// While somebody types or an input method composes, no key is ours (Enter confirms a candidate with keyCode 229).
const writes = (element) =>
  element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName) ||
  (element.tagName === "INPUT" && !/^(checkbox|radio|button|submit)$/.test(element.type));
const composing = (event) => event.isComposing || event.keyCode === 229;
const typing = (event) => event.defaultPrevented || composing(event) || writes(event.target);
const single = () => document.body.dataset.keys !== "off";

// Rows: J K move, X selects, E acts, Enter opens what has the focus
const rows = () => $$("[data-row]");
const current = () => rows().find((row) => row.contains(document.activeElement)) || $("[data-row].cur");

function go(row) {
  if (!row) return;
  rows().forEach((each) => each.classList.toggle("cur", each === row));
  (row.querySelector("a.t, a.cn, a") || row).focus();
  row.scrollIntoView({ block: "nearest" });
}

function step(by, extend) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(current());
  const inside = all.some((row) => row.contains(document.activeElement));
  const next = all[Math.min(Math.max(at + (inside ? by : at < 0 ? 1 : 0), 0), all.length - 1)];
  if (extend) { pick(all[Math.max(at, 0)], true); pick(next, true); }
  go(next);
}

function pick(row, on) {
  const box = row && row.querySelector("input[data-pick]");
  if (!box) return;
  box.checked = on === undefined ? !box.checked : on;
  batch();
}

// Batch bar
function batch() {
  const picked = $$("input[data-pick]:checked");
  const bar = $("[data-batch]");
  if (!bar) return;
  bar.hidden = picked.length === 0;
  const filters = $("[data-filters]");
  if (filters) filters.hidden = picked.length > 0;
  $("[data-batch-count]", bar).textContent = picked.length;
}

// Side panel
const panel = () => $("#panel");
let opener = null;

function open(url, from) {
  opener = from && from.id ? "#" + from.id : null;
  panel().hidden = false;
  root.classList.add("with-panel");
  window.htmx.ajax("GET", url, { target: "#panel-body", swap: "innerHTML" });
}

function close() {
  if (!panel() || panel().hidden) return false;
  panel().hidden = true;
  root.classList.remove("with-panel");
  $("#panel-body").replaceChildren();
  const back = opener && $(opener);
  if (back) back.focus(); else go(current() || rows()[0]);
  return true;
}

const refresh = () => {
  const list = $("#list");
  if (!list) return;
  const held = document.activeElement && document.activeElement.id;
  window.htmx.ajax("GET", list.dataset.url || location.href, { target: "#list", swap: "outerHTML" }).then(() => {
    batch();
    const again = held && document.getElementById(held);
    if (again) again.focus();
  });
};

function toast(text) {
  const box = $("#toast");
  if (!box || !text) return;
  box.textContent = text;
  box.hidden = false;
  say(text);
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { box.hidden = true; }, 6000);
}

document.addEventListener("done", (event) => {
  close();
  toast(event.detail.text);
  if ($("#list")) refresh(); else location.reload();
});

// Keys
let leader = "";
const PLACES = { w: "/workbench/", c: "/cases/", s: "/sign/", q: "/queue/", d: "/deadlines/" };
const ACTS = {
  j: (event) => step(1, event.shiftKey), k: (event) => step(-1, event.shiftKey),
  x: () => pick(current()), " ": (event) => { if (current() && event.target.tagName !== "BUTTON" && event.target.type !== "checkbox") { event.preventDefault(); pick(current()); } },
  e: () => { const row = current(); const act = row && row.querySelector("a.bt, button.bt"); if (act) act.click(); },
  "?": () => { const help = $("#keys"); if (help && !help.open) help.showModal(); },
  "/": (event) => { const field = $("#search"); if (field) { event.preventDefault(); field.focus(); } },
};

document.addEventListener("keydown", (event) => {
  const control = event.ctrlKey || event.metaKey;
  if (control && event.key.toLowerCase() === "k" && !composing(event)) {
    const field = $("#search");
    if (field) { event.preventDefault(); field.focus(); field.select(); }
    return;
  }
  if (control && event.key === "Enter" && !composing(event)) {
    const form = event.target.form || $("#panel-body form.form") || $("main form.form");
    if (form) form.requestSubmit();
    return;
  }
  if (event.key === "Escape" && !composing(event)) {
    if (event.target.id === "search") { shut(); event.target.blur(); return; }
    if (!close() && document.activeElement) document.activeElement.blur();
    return;
  }
  if (typing(event) || control || event.altKey || !single()) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (leader === "g" && PLACES[key]) { location.href = PLACES[key]; leader = ""; return; }
  leader = key === "g" ? "g" : "";
  const keyed = $$("[data-key]").find((element) => element.dataset.key === key && !element.closest("[hidden]"));
  if (keyed) { event.preventDefault(); keyed.click(); keyed.focus(); return; }
  if (ACTS[key]) ACTS[key](event);
});

// Search: answers while typing, never while composing
const field = $("#search"), box = $("#hits");
let waiting = 0;
const shut = () => { if (box) { box.hidden = true; box.replaceChildren(); } };

function seek() {
  clearTimeout(waiting);
  const text = field.value.trim();
  if (!text) { shut(); return; }
  waiting = setTimeout(() => {
    window.htmx.ajax("GET", "/search/?q=" + encodeURIComponent(text), { target: "#hits", swap: "innerHTML" }).then(() => {
      box.hidden = false;
      say(`${$$("[data-hit]", box).length} 条结果`);
    });
  }, 180);
}

if (field && box) {
  field.addEventListener("input", (event) => { if (!event.isComposing) seek(); });
  field.addEventListener("compositionend", seek);
  document.addEventListener("click", (event) => { if (!event.target.closest(".finder")) shut(); });
  document.addEventListener("keydown", (event) => {
    if (!/^Arrow(Down|Up)$/.test(event.key) || composing(event) || !event.target.closest(".finder")) return;
    const hits = $$("[data-hit]", box);
    const at = hits.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
    (hits[at] || field).focus();
  });
}

// Clicks
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-panel]");
  if (link && panel() && window.htmx && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    const row = link.closest("[data-row]");
    if (row) rows().forEach((each) => each.classList.toggle("cur", each === row));
    open(link.href, link);
    return;
  }
  const act = event.target.closest("[data-do]");
  if (act) ({ close, refresh, print: () => window.print(), copy: () => copy(act), all: () => { rows().forEach((row) => pick(row, act.checked)); }, keys: ACTS["?"], stay })[act.dataset.do]();
  const account = event.target.closest("[data-account]");
  if (account) {
    $("#id_username").value = account.dataset.account;
    $("#id_password").value = account.dataset.password;
    $("form.sign-in button").focus();
  }
  const words = event.target.closest("[data-opinion]");
  if (words) $("#id_opinion").value = words.dataset.opinion;
});
document.addEventListener("change", (event) => { if (event.target.matches("input[data-pick]")) batch(); });

function copy(button) {
  const text = button.dataset.text, done = () => toast(`已复制 ${text}`);
  if (navigator.clipboard) { navigator.clipboard.writeText(text).then(done); return; }
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
  done();
}

const focus = (within = document) => { const first = $("[data-focus]", within); if (first) first.focus(); return first; };
focus();

// htmx: busy, focus, errors
let asked = "";
document.addEventListener("htmx:beforeRequest", (event) => {
  asked = document.activeElement ? document.activeElement.id : "";
  event.detail.target.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:afterRequest", (event) => {
  event.detail.target.removeAttribute("aria-busy");
});
document.addEventListener("htmx:afterSettle", (event) => {
  const target = event.detail.target;
  if (target.id !== "panel-body") return;
  const again = asked && $("#" + CSS.escape(asked), target);
  if (again) { again.focus(); return; }
  if (focus(target)) return;
  const first = $$("form.form input, form.form textarea, form.form select", target).find((each) => each.type !== "hidden");
  if (first) { first.focus(); return; }
  const heading = $("h1", target);
  if (heading) { heading.tabIndex = -1; heading.focus(); }
});
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, (event) => {
    if (event.detail.xhr && event.detail.xhr.status === 401) return;
    const strip = $("#cut"), told = event.detail.xhr && event.detail.xhr.getResponseHeader("X-Told");
    if (!strip) return;
    strip.dataset.cut ||= strip.textContent;
    strip.textContent = told ? `${decodeURIComponent(told)}内容已保留在本页。` : strip.dataset.cut;
    strip.hidden = false;
    say(strip.textContent);
  });
}
document.addEventListener("htmx:afterOnLoad", () => { const strip = $("#cut"); if (strip) strip.hidden = true; });

// Live: counts each minute while the page is seen; a live request is nobody's activity
const idle = Number(document.body.dataset.idle || 0);
let active = Date.now();
for (const name of ["htmx:afterOnLoad"]) document.addEventListener(name, () => { active = Date.now(); });

function show(name, count) {
  $$(`[data-count="${name}"]`).forEach((element) => { element.textContent = count || ""; element.hidden = !count; });
}

async function ask() {
  if (document.hidden || !idle) return;
  const list = $("#list");
  try {
    const answer = await fetch(`/live/?since=${(list && list.dataset.newest) || 0}`, { headers: { "X-Live": "1", "HX-Request": "true" } });
    if (answer.status === 401) { location.reload(); return; }
    if (!answer.ok) return;
    const found = await answer.json();
    for (const name of ["work", "sign", "unread", "nudges"]) show(name, found[name]);
    const fresh = $("#fresh");
    if (fresh && found.fresh) { fresh.hidden = false; fresh.textContent = `有 ${found.fresh} 件新事项，点击显示`; say(fresh.textContent); }
  } catch (error) { /* the next minute asks again */ }
}

function stay() {
  fetch("/live/?since=0", { headers: { "HX-Request": "true" } }).then(() => { active = Date.now(); const dialog = $("#ending"); if (dialog && dialog.open) dialog.close(); });
}

if (idle) {
  setInterval(ask, 60000);
  setInterval(() => {
    const dialog = $("#ending");
    if (dialog && !dialog.open && Date.now() - active > (idle - 180) * 1000) dialog.showModal();
  }, 5000);
}
