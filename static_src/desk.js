// The signer's desk: J K load the next sheet beside the list, R opens the return, the password is asked at the
// signature, the list looks again every half minute. Without this file every button is a plain form.
const root = document.documentElement;
const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const say = (text) => { const live = $("#live"); if (live) live.textContent = text; };
const phone = () => matchMedia("(max-width:820px)").matches;
const links = () => $$("[data-rows] a.cn");
const chosen = () => links().find((link) => link.closest("[data-row]").classList.contains("cur"));
const typing = (event) => event.defaultPrevented || event.isComposing || event.keyCode === 229 ||
  /^(TEXTAREA|SELECT)$/.test(event.target.tagName) ||
  (event.target.tagName === "INPUT" && !/^(checkbox|radio)$/.test(event.target.type));

// Fragments: the pane and the list are asked for by themselves
async function part(url, target, more = {}) {
  const answer = await fetch(url, { ...more, headers: { "HX-Request": "true", "HX-Target": target, ...more.headers } });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById(target);
  if (!found) throw new Error("gone");
  return document.importNode(found, true);
}

const cut = (shown) => { const strip = $("#cut"); if (strip) strip.hidden = !shown; };
const ended = () => document.dispatchEvent(new Event("out"));  // the page stays with the opinion that is being typed
let going = null, waits = 0;

function mark(link) {
  links().forEach((each) => {
    const here = each === link;
    each.closest("[data-row]").classList.toggle("cur", here);
    if (here) each.setAttribute("aria-current", "true"); else each.removeAttribute("aria-current");
  });
  link.closest("[data-row]").scrollIntoView({ block: "nearest" });
}

function choose(link, delay = 0) {
  mark(link);
  if (!phone()) link.focus({ preventScroll: true });
  clearTimeout(waits);
  waits = setTimeout(() => open(link.href), delay);
}

function picked(on) {
  $("#desk").classList.toggle("picked", on);
  $("#main").classList.toggle("picked", on);
}

async function open(url) {
  if (going) going.abort();
  going = new AbortController();
  const held = $("#decision");
  held.setAttribute("aria-busy", "true");
  try {
    const fresh = await part(url, "decision", { signal: going.signal });
    $("#decision").replaceWith(fresh);
    window.htmx.process(fresh);
    fresh.dispatchEvent(new Event("fresh", { bubbles: true }));
    history.replaceState(null, "", url);
    picked(true);
    cut(false);
    ready(false);
    if (phone()) { $("#chosen").focus(); scrollTo(0, 0); }
  } catch (error) {
    if (error.name === "AbortError") return;
    held.removeAttribute("aria-busy");
    if (error.message === "401") ended();
    else if (error.message === "403" || error.message === "404") location.reload(); else cut(true);
  }
}

// The return has its own reasons and words; while it is open there is nothing to sign
function turn(open, words = "", reason = "") {
  const form = $("#return-form"), sign = $("#sign-form");
  if (!form || !sign) return;
  form.classList.toggle("open", open);
  sign.hidden = open;
  if (!open) { $("[data-return]").focus(); return; }
  if (words) $("#return-opinion").value = words;
  const box = reason && $(`input[value="${reason}"]`, form);
  if (box) box.checked = true;
  $("input:checked", form).focus();
}

// The password is asked at the signature, once in half an hour
const strip = (form) => $("[data-password], [data-batch-password]", form);
const returns = (form) => { const reasons = $("[data-batch-reasons]", form); return reasons && reasons.classList.contains("open"); };

window.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.locked === undefined || returns(form)) return;
  const field = $("input[type=password]", form);
  if (field.value) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  strip(form).hidden = false;
  setTimeout(() => field.focus()); // after the key that came here has given the focus to its button
}, true);

function batchReturn(open) {
  const reasons = $("[data-batch-reasons]");
  reasons.classList.toggle("open", open);
  if (!open) { $("#batch-reason").value = ""; $("#batch-opinion").value = ""; return; }
  strip($("#batch")).hidden = true;
  $("#batch-reason").focus();
}

// Keys that the desk has to itself
window.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || $("#viewer").open || (event.target.closest && event.target.closest(".top, .panel, dialog"))) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    const form = event.target.form === $("#batch") ? null : $("#return-form.open") || $("#sign-form");
    const button = form && $("button.pri, button.dan:not([type=button])", form);
    if (!button || button.disabled) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    form.requestSubmit(button);
    return;
  }
  if (event.key === "Escape") {
    const asked = $("[data-password]:not([hidden])") || $("[data-batch-password]:not([hidden])");
    if ($("#return-form.open")) turn(false);
    else if ($("[data-batch-reasons].open")) batchReturn(false);
    else if (asked) { asked.hidden = true; const link = chosen(); if (link) link.focus(); }
    else return;
    event.stopImmediatePropagation();
    return;
  }
  if (event.key === "Enter" && event.target.id === "batch-opinion") {
    event.preventDefault();
    $("#batch").requestSubmit($("[data-batch-reasons] button"));
    return;
  }
  if (typing(event) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || document.body.dataset.keys === "off") return;
  const by = { j: 1, k: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const all = links(), at = all.indexOf(chosen());
  const on = at >= 0 && !all[at + by] && $(`[data-page="${by}"]`); // over the edge: the next page of the list
  if (on) { location.href = on.href; return; }
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
  if (next && next !== all[at]) choose(next, 60);
}, true);

document.addEventListener("click", (event) => {
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  const link = event.target.closest("[data-rows] a.cn");
  if (link && plain) { event.preventDefault(); choose(link); return; }
  const other = event.target.closest("[data-open]");
  if (other && plain) { const row = $(`#sign${new URL(other.href).searchParams.get("approval")}`); if (row) { event.preventDefault(); choose(row); } return; }
  const back = event.target.closest("[data-back]");
  if (back && plain) { event.preventDefault(); picked(false); history.replaceState(null, "", back.href); const here = chosen(); if (here) here.focus(); return; }
  const view = event.target.closest("[data-view]");
  if (view && plain) { event.preventDefault(); show(view); return; }
  if (event.target.closest("[data-viewer-close]")) { $("#viewer").close(); return; }
  if (event.target.closest("[data-return]")) turn(true);
  if (event.target.closest("[data-return-cancel]")) turn(false);
  if (event.target.closest("[data-batch-return]")) batchReturn(!returns($("#batch")));
  if (event.target.closest("[data-batch-acts] button[name=do]")) batchReturn(false);
  const words = event.target.closest("[data-words]");
  if (words && /退回$/.test(words.dataset.words)) turn(true, words.dataset.words.replace(/[，,]?退回$/, ""), "ground");
  else if (words) {
    $$("[data-words]").forEach((each) => each.classList.toggle("on", each === words));
    $("#id_opinion").value = words.dataset.words;
  }
});
document.addEventListener("change", (event) => { if (event.target.matches("[data-filter]")) event.target.form.submit(); });

// A paper over the page; Esc gives the place back. A click into the paper would leave the keys to the browser's own
// viewer, which does not give Esc on: the focus stays here unless somebody goes there by Tab.
let tabbed = false;
document.addEventListener("keydown", (event) => { tabbed = event.key === "Tab"; }, true);
document.addEventListener("pointermove", () => { tabbed = false; });
window.addEventListener("blur", () => setTimeout(() => {
  if (!tabbed && $("#viewer").open && document.activeElement.tagName === "IFRAME") $("[data-viewer-body]").focus();
}));
function show(chip) {
  const box = $("#viewer"), body = $("[data-viewer-body]");
  const paper = document.createElement(chip.dataset.view === "image" ? "img" : "iframe");
  paper.src = chip.href;
  paper.title = paper.alt = chip.textContent.trim();
  $("#viewer-title").textContent = chip.textContent.trim();
  $("[data-viewer-link]").href = chip.href;
  body.replaceChildren(paper);
  box.showModal();
}

// The list looks again; nothing moves, nothing that has the focus is touched
async function again() {
  const list = $("#desk-list");
  if (document.hidden || !list || going && !going.signal.aborted && $("#decision[aria-busy]")) return;
  try {
    const fresh = await part(location.href, "desk-list", { headers: { "X-Live": "1" } });
    count(fresh);
    const rows = $("[data-rows]"), now = $("[data-rows]", fresh);
    if (rows.dataset.seen === now.innerHTML) return;
    const held = document.activeElement && rows.contains(document.activeElement) ? document.activeElement.id : "";
    const ticked = $$("input[data-pick]:checked", rows).map((box) => box.value);
    const here = chosen(), top = rows.scrollTop, before = new Set(links().map((link) => link.id));
    if (here && !now.querySelector("#" + here.id)) over(here);
    rows.replaceChildren(...now.childNodes);
    rows.dataset.seen = rows.innerHTML;
    ticked.forEach((value) => { const box = $(`input[data-pick][value="${value}"]`, rows); if (box) box.checked = true; });
    rows.scrollTop = top;
    if (held && $("#" + held)) $("#" + held).focus({ preventScroll: true });
    const come = links().filter((link) => !before.has(link.id)).length;
    if (come) say(`新到 ${come} 件待签`);
  } catch (error) { if (error.message === "401") ended(); }
}

// Handled elsewhere: the sheet stays in sight, says by whom, and can no longer be signed
async function over(link) {
  try {
    const fresh = await part(link.href, "decision", { headers: { "X-Live": "1" } });
    const note = $(".note", fresh);
    if (!note || $("#decision").dataset.over) return;
    $("#decision").dataset.over = "1";
    $(".desk-sheet").prepend(note);
    $$(".desk-foot button, .desk-foot textarea, .desk-foot input").forEach((each) => { each.disabled = true; });
    say(note.textContent.trim());
  } catch (error) { /* the next look asks again */ }
}

function count(list) {
  for (const [name, key] of [["[data-waiting]", "waiting"], ["[data-today]", "today"]]) {
    const place = $("#waiting " + name);
    if (place) place.textContent = list ? list.dataset[key] : 0;
  }
  $$('[data-count="sign"]').forEach((badge) => { badge.textContent = list ? list.dataset.waiting : ""; });
}

// After every swap: what is open is open, the focus is on what comes next
function ready(focus = true) {
  const sign = $("#sign-form"), asked = $("[data-password]:not([hidden]) input, [data-batch-password]:not([hidden]) input");
  if (sign && $("#return-form.open")) sign.hidden = true;
  const rows = $("[data-rows]");
  if (rows) rows.dataset.seen = rows.innerHTML;
  const reason = $("#batch-reason");
  if (reason && !$("[data-batch-reasons].open")) { reason.value = ""; $("#batch-opinion").value = ""; }
  if (!focus) return;
  $("#main").classList.toggle("picked", $("#desk").classList.contains("picked"));
  count($("#desk-list"));
  const link = chosen();
  if (link) link.closest("[data-row]").scrollIntoView({ block: "nearest" });
  const target = asked || $("#desk [data-focus]") || (phone() ? $("#desk.picked #chosen") : link || $("#chosen"));
  if (target) target.focus({ preventScroll: true });
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.closest(".panel, .finder")) return;
  const pane = $("#decision[data-approval]");
  const keep = ($("#desk-list") || { dataset: {} }).dataset.keep || "";
  const picked = pane ? `${keep}${keep ? "&" : "?"}approval=${pane.dataset.approval}` : keep;
  history.replaceState(null, "", `/sign/${picked}`);
  ready();
  const note = $("#sign-note.done") || $(".desk-summary");
  if (note) say(note.textContent.trim());
});
ready();
setInterval(again, Number(root.dataset.look || 30) * 1000);
