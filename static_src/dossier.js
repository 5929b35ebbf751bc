// The dossier: pages by keys, zoom, turn, two beside each other, words chosen on the image, images that come later.
// Every part works without it as plain pages and forms.
const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const say = (text) => { const live = $("#live"); if (live) live.textContent = text; };
const SVG = "http://www.w3.org/2000/svg";
const ZOOMS = [50, 75, 100, 125, 150, 200];
const pages = $("#dos-pages");
let at = 1;

const sheets = () => $$(".sheet[data-page]", pages);
const sheet = (number) => $(`#p${number}`, pages);

// Which page is read now: the one that takes most of the desk
const seen = new Map();
const watch = pages && new IntersectionObserver((entries) => {
  for (const entry of entries) seen.set(Number(entry.target.dataset.page), entry.intersectionRect.height);
  const [most] = [...seen].sort((one, other) => other[1] - one[1] || one[0] - other[0])[0] || [1];
  read(most);
  entries.filter((entry) => entry.isIntersecting).forEach((entry) => words(entry.target));
}, { root: pages, threshold: [0, 0.25, 0.5, 0.75, 1] });

function read(number) {
  at = number;
  const shown = $("#dos-at"), note = $("#note-page");
  if (shown) shown.textContent = number;
  if (note && note !== document.activeElement) note.value = number;
}

function go(by) {
  const step = pages.dataset.two ? 2 * by : by;
  const next = sheet(Math.min(Math.max(at + step, 1), sheets().length));
  if (next) { next.scrollIntoView({ block: "start" }); read(Number(next.dataset.page)); }
}

function zoom(by) {
  const place = ZOOMS.indexOf(Number(pages.dataset.zoom)) + by;
  if (place < 0 || place >= ZOOMS.length) return;
  pages.dataset.zoom = ZOOMS[place];
  $("#dos-zoom").textContent = `${ZOOMS[place]}%`;
  const here = sheet(at);
  if (here) here.scrollIntoView({ block: "start" });
}

// One page is turned, not all: it is the one that was scanned askew
function turn() {
  const here = sheet(at);
  if (!here) return;
  here.dataset.turn = (Number(here.dataset.turn || pages.dataset.turn) + 90) % 360;
  say(`第 ${at} 页已旋转 ${here.dataset.turn} 度`);
}

function pair() {
  if (pages.dataset.two) delete pages.dataset.two; else pages.dataset.two = "1";
  const here = sheet(at);
  if (here) here.scrollIntoView({ block: "start" });
}

const ACTS = { back: () => go(-1), on: () => go(1), smaller: () => zoom(-1), larger: () => zoom(1), turn, pair };
document.addEventListener("click", (event) => {
  const act = event.target.closest("[data-act]");
  if (!act || !pages || !ACTS[act.dataset.act] || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  ACTS[act.dataset.act]();
});

// Words over the image, clear, so that they can be chosen
async function words(figure) {
  const face = $(".face", figure);
  if (!face || figure.dataset.words) return;
  figure.dataset.words = "1";
  try {
    const answer = await fetch(`${pages.dataset.words}${figure.dataset.page}/`);
    if (!answer.ok) return;
    const { lines } = await answer.json();
    if (lines.length) face.append(layer(lines));
  } catch (error) { delete figure.dataset.words; }
}

function layer(lines) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of [["class", "words"], ["viewBox", "0 0 1000 1000"], ["preserveAspectRatio", "none"], ["aria-hidden", "true"]]) svg.setAttribute(name, value);
  for (const [x, y, width, height, text] of lines) {
    const line = document.createElementNS(SVG, "text");
    const size = { x, y: y + height * 0.85, textLength: width, lengthAdjust: "spacingAndGlyphs", "font-size": height };
    for (const name of Object.keys(size)) line.setAttribute(name, size[name]);
    line.textContent = text;
    svg.append(line);
  }
  return svg;
}

document.addEventListener("selectionchange", () => {
  const chosen = document.getSelection(), quote = $("#note-quote");
  if (!quote || !chosen.anchorNode || chosen.isCollapsed) return;
  const from = chosen.anchorNode.parentElement, figure = from && from.closest(".words") && from.closest(".sheet");
  if (!figure) return;
  quote.value = chosen.toString().replace(/\s*\n\s*/g, "").slice(0, 1000);
  read(Number(figure.dataset.page));
});

// Keys: ours before those of the shell
const writes = (element) => element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName) ||
  (element.tagName === "INPUT" && !/^(checkbox|radio|button|submit|file)$/.test(element.type));
const rows = () => $$("#dos-nav details[open] li a");
function along(by) {
  const all = rows(), focused = all.indexOf(document.activeElement);
  const next = all[Math.min(Math.max((focused < 0 ? all.findIndex((row) => row.classList.contains("on")) : focused) + by, 0), all.length - 1)];
  if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
}
const inTree = (element) => element.closest(".dos-tree") || element === document.body || element.id === "main";
const KEYS = {
  ArrowUp: (event) => inTree(event.target) && (along(-1), true), ArrowDown: (event) => inTree(event.target) && (along(1), true),
  ArrowLeft: () => pages && (go(-1), true), ArrowRight: () => pages && (go(1), true),
  "+": () => pages && (zoom(1), true), "=": () => pages && (zoom(1), true), "-": () => pages && (zoom(-1), true),
  r: () => pages && (turn(), true), "/": () => { $("#dos-q").focus(); $("#dos-q").select(); return true; },
};
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || writes(event.target) || $("dialog[open]")) return;
  if (event.altKey) {
    const button = $(event.key === "ArrowUp" ? "#shift-up" : event.key === "ArrowDown" ? "#shift-down" : "#none");
    if (button) { event.preventDefault(); button.click(); }
    return;
  }
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key.length === 1 && document.body.dataset.keys === "off") return;
  if (KEYS[key] && KEYS[key](event)) event.preventDefault();
}, true);

// Images that are still being made: look again, keep the place
async function again() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.href, { headers: { "X-Live": "1" } });
    if (!answer.ok) return;
    const fresh = $("#dos-pages", new DOMParser().parseFromString(await answer.text(), "text/html"));
    if (!fresh) return;
    const known = new Set(sheets().map((each) => each.id));
    for (const each of $$(".sheet", fresh)) if (!known.has(each.id)) { pages.append(each); if (each.dataset.page) watch.observe(each); }
    if (fresh.dataset.waiting) return;
    clearInterval(timer);
    const waiting = $("[role=status]", pages);
    if (waiting) waiting.remove();
    const count = $("#dos-at");
    if (!count) location.reload();
  } catch (error) { /* the next time asks again */ }
}
const timer = pages && pages.dataset.waiting ? setInterval(again, 2000) : 0;

if (pages) sheets().forEach((each) => watch.observe(each));
const current = $("#dos-nav a.on");
if (current) current.scrollIntoView({ block: "nearest" });
