// The case page and the case list: tabs without a new page, what a colleague changed, the row one came from.
// Everything works without this file: tabs are addresses, buttons are forms.
const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const say = (text) => { const live = $("#live"); if (live) live.textContent = text; };
const plain = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

// Tabs: the tabs and the open one come alone; the address follows, without a step in the history, so that
// 「返回」 leads to the list and a reload to the same tab
async function turn(method, url, values, focus) {
  await window.htmx.ajax(method, url, { target: "#case-tab", swap: "outerHTML", values });
  const part = $("#case-tab");
  const to = $("[data-focus]", part) || (focus && document.getElementById(focus)) || $(".tabs .on", part);
  if (to) to.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const tab = event.target.closest("a[data-tab]");
  if (!tab || !window.htmx || !plain(event)) return;
  event.preventDefault();
  turn("GET", tab.href, {}, tab.id).then(() => {
    history.replaceState(history.state, "", tab.href);
    const now = $("#case-tab .tabs .on");
    if (now) say(now.textContent);
  });
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-reveal]");
  if (!form || !window.htmx) return;
  event.preventDefault();
  turn("POST", form.action, Object.fromEntries(new FormData(form)));
});

// Menus close on Escape and on a click elsewhere
const menus = () => $$("details.more[open]");
document.addEventListener("click", (event) => menus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  menus().forEach((menu) => { menu.open = false; $("summary", menu).focus(); });
});

// A colleague has changed the case: said, never swapped under the reader's eyes
const strip = $("#changed");
async function news() {
  if (document.hidden || !strip.hidden) return;
  try {
    const answer = await fetch(strip.dataset.live, { headers: { "X-Live": "1", "HX-Request": "true" } });
    if (answer.status !== 200) return;
    const found = await answer.json();
    $("span", strip).textContent = `${found.text}，`;
    strip.hidden = false;
    say(`${found.text}，刷新查看`);
  } catch (error) { /* the next minute asks again */ }
}
if (strip) {
  setInterval(news, 60000);
  document.addEventListener("visibilitychange", news);
}

// Back on the list: the row one came from has the focus
const row = /^#case\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
if (row) {
  const line = row.closest("[data-row]");
  if (line) line.classList.add("cur");
  row.focus();
  row.scrollIntoView({ block: "center" });
}
