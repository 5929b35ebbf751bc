// The shell: keys, rows, side panel, batch, search, live. Every page works without it.
const root = document.documentElement;
root.classList.remove("nojs");
const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const say = (text) => { const live = $("#live"); if (live) live.textContent = text; };

// While somebody types or an input method composes (keyCode 229), no key is ours
const writes = (element) =>
  element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName) ||
  (element.tagName === "INPUT" && !/^(checkbox|radio|button|submit)$/.test(element.type));
const composing = (event) => event.isComposing || event.keyCode === 229;
const typing = (event) => event.defaultPrevented || composing(event) || writes(event.target);
const single = () => document.body.dataset.keys !== "off";

// Rows
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
  const next = all[Math.min(Math.max(at + (inside || extend ? by : at < 0 ? 1 : 0), 0), all.length - 1)];
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
  $$("[data-do=all]").forEach((each) => { each.checked = picked.length > 0; });
  if (!picked.length) $$("details[open]", bar).forEach((each) => { each.open = false; });
}
const all = (on) => rows().forEach((row) => pick(row, on));
document.addEventListener("toggle", (event) => {
  if (!event.target.matches("details.act[open]")) return;
  $$("details.act[open]").forEach((each) => { if (each !== event.target) each.open = false; });
  const first = $("select, input", event.target);
  if (first) first.focus();
}, true);

// Side panel
const panel = () => $("#panel");
let opener = null;

function show(from) {
  if (from) opener = from.id ? "#" + from.id : null;
  panel().hidden = false;
  root.classList.add("with-panel");
}

function open(url, from) {
  show(from);
  window.htmx.ajax("GET", url, { target: "#panel-body", swap: "innerHTML" });
}

// What a button does at once: the answer is a word at the foot, or the reason in the panel
const post = (url, more = {}) => window.htmx.ajax("POST", url, {
  target: "#panel-body", swap: "innerHTML", headers: { "X-Row": "1" },
  values: { csrfmiddlewaretoken: ($("[name=csrfmiddlewaretoken]") || {}).value, back: location.pathname + location.search, ...more },
});

function close() {
  if (!panel() || panel().hidden) return false;
  panel().hidden = true;
  root.classList.remove("with-panel");
  $("#panel-body").replaceChildren();
  const back = opener && $(opener);
  if (back) back.focus(); else if (rows().length) go(current() || rows()[0]); else ($("#now") || $("#main")).focus();
  return true;
}

// The list afresh: focus and choice stay; a row that went hands on to its neighbour
let keeping = null;
function refresh() {
  const list = $("#list");
  if (!list) return;
  const focused = document.activeElement, row = current();
  keeping = {
    focused, held: focused && focused.id, at: Math.max(rows().indexOf(row), 0), here: row && (row.querySelector("a.t") || {}).id,
    chosen: new Set($$("input[data-pick]:checked").map((box) => box.value)),
  };
  window.htmx.ajax("GET", list.dataset.url || location.href, { target: "#list", swap: "outerHTML" });
}

function settle() {
  const { focused, held, at, here, chosen } = keeping, last = rows().length - 1;
  keeping = null;
  $$("input[data-pick]").forEach((box) => { box.checked = chosen.has(box.value); });
  batch();
  const again = held && document.getElementById(held), mark = here && document.getElementById(here);
  rows().forEach((each, place) => each.classList.toggle("cur", mark ? each.contains(mark) : place === Math.min(at, last)));
  if (focused && focused.isConnected && focused !== document.body) return;
  if (again) again.focus(); else if (last >= 0) go(rows()[Math.min(at, last)]); else $("#list").focus();
}

function toast(text, undo) {
  const box = $("#toast");
  if (!box || !text) return;
  box.textContent = text;
  if (undo) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "bt s", textContent: "撤销 U" });
    button.dataset.key = "u";
    button.addEventListener("click", () => { box.hidden = true; post("/items/undo/", { undo }); });
    box.append(button);
  }
  box.hidden = false;
  say(text + (undo ? "，按 U 撤销" : ""));
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { box.hidden = true; }, undo ? 10000 : 6000);
}

document.addEventListener("done", (event) => {
  close();
  toast(event.detail.text, event.detail.undo);
  if ($("#list")) { all(false); refresh(); } else if (document.dispatchEvent(new Event("renew", { cancelable: true }))) location.reload();
});
document.addEventListener("toast", (event) => toast(event.detail));
document.addEventListener("changed", () => { all(false); refresh(); });

// Keys
let leader = "";
const PLACES = { w: "/workbench/", c: "/cases/", s: "/sign/", q: "/queue/", d: "/deadlines/", t: "/transfers/", i: "/inbox/" };
const ACTS = {
  j: (event) => step(1, event.shiftKey), k: (event) => step(-1, event.shiftKey),
  x: () => pick(current()), " ": (event) => { if (current() && event.target.tagName !== "BUTTON" && event.target.type !== "checkbox") { event.preventDefault(); pick(current()); } },
  e: () => { const row = current(); const act = row && row.querySelector("a.bt, button.bt"); if (act) act.click(); },
  Enter: (event) => { const link = event.target === document.body && current() && current().querySelector("a.t, a.cn"); if (link) link.click(); },
  t: () => { const row = current(), link = row && row.querySelector("a.t[data-panel]"); if (link && panel()) open(`${link.href}assign/`, link); },
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
    if (event.target.id === "search") { shut(); go(current() || rows()[0]); if (document.activeElement === event.target) $("#main").focus(); return; }
    const menu = event.target.closest("details[open]");
    if (menu) { menu.open = false; $("summary", menu).focus(); return; }
    if (!close() && $$("input[data-pick]:checked").length) { all(false); go(current()); }
    return;
  }
  if (typing(event) || control || event.altKey || !single()) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (leader === "g" && PLACES[key]) { location.href = PLACES[key]; leader = ""; return; }
  leader = key === "g" ? "g" : "";
  const row = current(), own = row && row.querySelector(`[data-row-key="${CSS.escape(key)}"]`);
  if (own && panel().hidden) { event.preventDefault(); own.click(); return; }
  const keyed = $$("[data-key], [data-also]").find((element) => (element.dataset.key === key || element.dataset.also === key) && !element.closest("[hidden]"));
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
  if (act && act.dataset.do !== "copy") ({ close, refresh, print: () => window.print(), all: () => all(act.checked), none: () => { all(false); go(current()); }, keys: ACTS["?"], stay, back })[act.dataset.do]();
  const button = event.target.closest("[data-post]");
  if (button && panel() && window.htmx) { event.preventDefault(); post(button.dataset.post, button.name ? { [button.name]: button.value } : {}); }
});
document.addEventListener("change", (event) => { if (event.target.matches("input[data-pick]")) batch(); });

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
  if (target.id === "list" && keeping) settle();
  if (target.id !== "panel-body") return;
  if (panel().hidden) show(current() && current().querySelector("a.t"));
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
    const list = event.detail.target && event.detail.target.id === "list";
    const strip = $(list ? "#list-cut" : "#cut"), told = event.detail.xhr && event.detail.xhr.getResponseHeader("X-Told");
    if (!strip) return;
    if (!list) {
      strip.dataset.cut ||= strip.textContent;
      strip.textContent = told ? `${decodeURIComponent(told)}内容已保留在本页。` : strip.dataset.cut;
    }
    strip.hidden = false;
    say(strip.textContent);
  });
}
document.addEventListener("htmx:afterOnLoad", () => { const strip = $("#cut"); if (strip) strip.hidden = true; });

// The session is over: the page stays with all that was typed; after another log-in it goes on with a fresh key
const out = () => { const strip = $("#out"); if (strip && strip.hidden) { strip.hidden = false; say(strip.textContent); } };
document.addEventListener("out", out);
document.addEventListener("htmx:beforeOnLoad", (event) => { if (event.detail.xhr.status === 401) { event.preventDefault(); out(); } });

async function back() {
  const answer = await fetch("/live/?key=1", { headers: { "X-Live": "1" } }).catch(() => null);
  if (!answer || !answer.ok) { say("尚未重新登录"); return; }
  const found = await answer.json();
  if (String(found.me) !== document.body.dataset.me) { location.reload(); return; }
  $$("[name=csrfmiddlewaretoken]").forEach((each) => { each.value = found.key; });
  $("#out").hidden = true;
  toast("已恢复，可以继续提交。");
}

// Live: counts each minute while the page is seen; a live request is nobody's activity
const idle = Number(document.body.dataset.idle || 0);
let ends = Date.now() + idle * 1000, have = "";
document.addEventListener("htmx:afterOnLoad", () => { ends = Date.now() + idle * 1000; });

function count(name, number) {
  $$(`[data-count="${name}"]`).forEach((element) => { element.textContent = number || ""; element.hidden = !number; });
}

async function ask(acting) {
  const list = $("#list");
  try {
    const headers = acting ? { "HX-Request": "true" } : { "HX-Request": "true", "X-Live": "1" };
    const answer = await fetch(`/live/?since=${(list && list.dataset.newest) || 0}&have=${have}${$("#tiles [data-number^=tile-]") && $("#tabs") ? "&tiles" : ""}`, { headers });
    if (answer.status === 401) { out(); return; }
    if (!answer.ok) return;
    ends = Date.now() + Number(answer.headers.get("X-Session-Left")) * 1000;
    if (answer.status === 204) return;
    const found = await answer.json();
    have = found.mark;
    for (const name of ["work", "sign", "unread", "nudges"]) count(name, found[name]);
    for (const [name, number] of Object.entries(found.tiles || {})) $$(`[data-number="${name}"]`).forEach((each) => { each.textContent = number; });
    const fresh = $("#fresh");
    if (fresh && found.fresh) { fresh.hidden = false; fresh.textContent = `有 ${found.fresh} 件新事项，点击显示`; say(fresh.textContent); }
  } catch (error) { /* the next minute asks again */ }
}
document.addEventListener("live", () => ask().then(watch));

async function stay() {
  await ask(true);
  if (Date.now() > ends - 180000) { $("#ending-why").textContent = "本次登录将满 8 小时，须重新登录；请先提交或等草稿自动保存。"; return; }
  $("#ending").close();
}

async function watch() {
  const dialog = $("#ending");
  if (document.hidden || !dialog || dialog.open || Date.now() < ends - 180000) return;
  await ask();
  if (Date.now() > ends - 180000 && $("#out").hidden) dialog.showModal();
}

if (idle) {
  setInterval(() => { if (!document.hidden) ask(); }, 60000);
  setInterval(watch, 5000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
}
