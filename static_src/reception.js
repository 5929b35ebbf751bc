// The counter: the record follows what is typed, the grid grows and takes a block of Excel, the queue looks again,
// the visitor signs on the pad. Without this file every button is a plain form.
const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const say = (text) => { const live = $("#live"); if (live) live.textContent = text; };
const form = () => $("#receive");
const HEADS = { kind: /^(财产)?类型$|^种类$/, owner: /^(权利人|所有人|户名)$/, text: /线索|内容/ };

// The record and what follows, as the form stands
let asking = 0, waits = 0;
async function preview() {
  const held = form(), asked = ++asking;
  if (!held) return;
  try {
    const answer = await fetch(held.dataset.preview, { method: "POST", headers: { "HX-Request": "true" }, body: new FormData(held) });
    if (!answer.ok || asked !== asking) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("rec-preview"), old = $("#rec-preview");
    if (!fresh || !old) return;
    const top = $(".mini-paper", old).scrollTop;
    old.replaceWith(document.importNode(fresh, true));
    $("#rec-preview .mini-paper").scrollTop = top;
    for (const hint of $$("[data-held]")) hint.textContent = $("#rec-preview").dataset[hint.dataset.held] || "";
  } catch (error) { /* the next key asks again */ }
}
const soon = () => { clearTimeout(waits); waits = setTimeout(preview, 500); };

// The clue grid
const clues = () => $$("[data-clue]");
const filled = (row) => $$("input[type=text]", row).some((field) => field.value.trim());
function grow() {
  const rows = clues(), last = rows.reduce((found, row, n) => (filled(row) ? n : found), -1);
  rows.forEach((row, n) => row.classList.toggle("shown", n <= last + 1));
}
function next(row) {
  const rows = clues(), other = rows[rows.indexOf(row) + 1];
  if (!other) { say("线索最多 12 条，其余请粘贴 Excel 或写在其他说明"); return; }
  other.classList.add("shown");
  const here = $("select", row), there = $("select", other);
  if (!there.value) there.value = here.value;
  $("input[name$=-text]", other).focus();
}
function put(lines) {
  const heads = lines[0].map((cell) => cell.trim());
  const places = Object.fromEntries(Object.entries(HEADS).map(([key, words]) => [key, heads.findIndex((head) => words.test(head))]));
  const named = places.text >= 0, body = named ? lines.slice(1) : lines;
  const at = named ? places : lines[0].length >= 3 ? { kind: 0, owner: 1, text: 2 } : lines[0].length === 2 ? { kind: -1, owner: 0, text: 1 } : { kind: -1, owner: -1, text: 0 };
  const free = clues().filter((row) => !filled(row));
  const kept = body.filter((cells) => (cells[at.text] || "").trim());
  kept.slice(0, free.length).forEach((cells, n) => {
    const kind = $("select", free[n]), wanted = (cells[at.kind] || "").trim();
    kind.value = [...kind.options].some((each) => each.value === wanted || each.textContent === wanted) ? wanted : "其他";
    $("input[name$=-owner]", free[n]).value = (cells[at.owner] || "").trim();
    $("input[name$=-text]", free[n]).value = cells[at.text].trim().slice(0, 300);
  });
  grow();
  soon();
  say(kept.length > free.length ? `粘贴 ${kept.length} 条，只放下 ${free.length} 条` : `已粘贴 ${kept.length} 条线索`);
  return kept.length <= free.length;
}
document.addEventListener("paste", (event) => {
  const text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
  if (!event.target.closest("[data-clue]") || !/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  put(text.replace(/\r/g, "").split("\n").filter((line) => line.trim()).map((line) => line.split("\t")));
});

document.addEventListener("input", (event) => {
  if (event.target.form !== form() || !form()) return;
  if (event.target.closest("[data-clue]")) grow();
  if (!event.isComposing) soon();
});
document.addEventListener("change", (event) => {
  const field = event.target;
  if (!form() || field.form !== form()) return;
  if (field.name === "visitor") { agent(); whom(field.value); }
  if (field.name === "mode" && field.value !== "onsite") choose("signing", "remote");
  if (field.name === "mode" && field.value === "onsite") choose("signing", "screen");
  if (field.value === "change" && field.name.startsWith("fact_")) $(`[name=${field.name.replace("fact_", "to_")}]`).focus();
  soon();
});
document.addEventListener("filled", () => { grow(); agent(); soon(); });
function choose(name, value) { const radio = $(`[name=${name}][value=${value}]`, form()); if (radio) radio.checked = true; }
function agent() {
  const chosen = $("[name=visitor]:checked", form());
  form().classList.toggle("by-agent", Boolean(chosen && chosen.value === "agent"));
}

// Who comes for himself is the party of that side; the server refuses the other
function whom(visitor) {
  const select = $("[name=party]", form()), side = { party: "申请执行人", debtor: "被执行人" }[visitor];
  const option = side && select && [...select.options].find((each) => each.text.startsWith(side));
  if (option && !select.selectedOptions[0].text.startsWith(side)) { select.value = option.value; $("[name=name]", form()).value = option.text.split("　")[1] || ""; }
}

// Keys: Enter in a clue goes to the next row, Alt+1…4 to a part, F2 to the certificate
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || !form()) return;
  const row = event.target.closest("[data-clue]");
  if (event.key === "Enter" && row && !event.ctrlKey && event.target.type !== "checkbox") { event.preventDefault(); next(row); return; }
  if (event.key === "Enter" && event.target.form === form() && event.target.type === "text" && !event.ctrlKey) { event.preventDefault(); return; }  // a card reader ends with Enter
  if (event.altKey && /^[1-4]$/.test(event.key)) {
    const part = $(`#part${event.key}`), first = part && $$("input, select, textarea", part).find((each) => each.getClientRects().length && each.type !== "hidden");
    if (first) { event.preventDefault(); part.scrollIntoView({ block: "nearest" }); first.focus(); }
  }
  if (event.key === "F2") { const field = $("[name=certificate]", form()); if (field) { event.preventDefault(); field.focus(); field.select(); say("请刷身份证；未检测到读卡器的，可直接录入"); } }
});

// 条码封面 opens beside the form, which stays as it is
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-cover]");
  if (button) {
    event.preventDefault();
    const copy = document.createElement("form");
    Object.assign(copy, { method: "post", action: button.formAction, target: "_blank" });
    for (const [name, value] of new FormData(form())) {
      if (/^(csrfmiddlewaretoken|originals|pages|originals_title)$/.test(name)) copy.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    document.body.append(copy);
    copy.submit();
    copy.remove();
  }
  if (event.target.closest("[data-pad-clear]")) wipe();
});

// The bar of the batch shows with the first tick
const quiet = () => { const bar = $("[data-batch]"); if (bar) bar.hidden = !$("input[data-pick]:checked"); };
quiet();

// The queue looks again every twenty seconds, unless somebody is in it
async function again() {
  const held = $("#rec-queue");
  if (!held || document.hidden || held.contains(document.activeElement) || $("input[data-pick]:checked")) return;
  try {
    const answer = await fetch(`/reception/queue/?tab=${held.dataset.tab}&have=${held.dataset.mark}&here=${(form() || { action: "" }).action.match(/\d+(?=\/$)/) || ""}`, { headers: { "X-Live": "1" } });
    if (answer.status !== 200 || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html"), fresh = page.getElementById("rec-queue");
    if (!fresh || held.contains(document.activeElement)) return;
    held.replaceWith(document.importNode(fresh, true));
    $("#rec-numbers").replaceWith(document.importNode(page.getElementById("rec-numbers"), true));
    quiet();
    say("接待队列已更新");
  } catch (error) { /* the next look tells */ }
}
if ($("#rec-queue")) setInterval(again, 20000);

// The pad
const pad = $("#pad");
let drawing = false, inked = false;
function wipe() { if (pad) { pad.getContext("2d").clearRect(0, 0, pad.width, pad.height); inked = false; $("#id_picture").value = ""; } }
if (pad) {
  const pen = pad.getContext("2d");
  const at = (event) => { const box = pad.getBoundingClientRect(); return [(event.clientX - box.left) * pad.width / box.width, (event.clientY - box.top) * pad.height / box.height]; };
  Object.assign(pen, { lineWidth: 4, lineCap: "round", lineJoin: "round", strokeStyle: "#101820" });
  pad.addEventListener("pointerdown", (event) => { drawing = inked = true; pad.setPointerCapture(event.pointerId); pen.beginPath(); pen.moveTo(...at(event)); pen.lineTo(...at(event)); pen.stroke(); });
  pad.addEventListener("pointermove", (event) => { if (drawing) { pen.lineTo(...at(event)); pen.stroke(); } });
  for (const name of ["pointerup", "pointercancel"]) pad.addEventListener(name, () => { drawing = false; if (inked) $("#id_picture").value = pad.toDataURL("image/png"); });
}

if (form()) { grow(); agent(); }
// A run of notes is over: the queue is looked at once more, now
document.addEventListener("htmx:afterSwap", () => { if ($("#notes-run[data-over]")) again(); });
document.addEventListener("htmx:afterSettle", () => { if (form()) { quiet(); grow(); agent(); } });
