// The case page and the case list: tabs without a new page, what a colleague changed, the row one came from.
// Everything works without this file: tabs are addresses, buttons are forms.
const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const say = (text) => { const live = $("#live"); if (live) live.textContent = text; };
const plain = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

// Tabs: the tabs and the open one come alone; the address follows, without a step in the history, so that
// 「返回」 leads to the list and a reload to the same tab
let asked = null;
async function turn(url, options, focus) {
  if (asked) asked.abort(); // the last key wins
  const mine = asked = new AbortController();
  $("#case-tab").setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { headers: { "HX-Request": "true", "HX-Target": "case-tab" }, signal: mine.signal, ...options });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const part = document.createRange().createContextualFragment(await answer.text());
    $("#case-tab").replaceWith(part);
  } catch (error) {
    if (error.name === "AbortError") return false;
    $("#case-tab").removeAttribute("aria-busy");
    if (options.method) { $("#cut").hidden = false; say($("#cut").textContent); } else location.href = url; // the whole page says what is wrong
    return false;
  }
  const now = $("#case-tab");
  if (window.htmx) window.htmx.process(now);
  const to = $("[data-focus]", now) || (focus && document.getElementById(focus)) || $(".tabs .on", now);
  if (to) to.focus({ preventScroll: true });
  return true;
}

document.addEventListener("click", async (event) => {
  const tab = event.target.closest("a[data-tab]");
  if (!tab || !plain(event)) return;
  event.preventDefault();
  if (!await turn(tab.href, {}, tab.id)) return;
  history.replaceState(history.state, "", tab.href);
  say($("#case-tab .tabs .on").textContent);
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-reveal]");
  if (!form) return;
  event.preventDefault();
  turn(form.action, { method: "POST", body: new FormData(form) });
});

// Menus close on Escape and on a click elsewhere
const menus = () => $$("details.more[open]");
document.addEventListener("click", (event) => menus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || event.keyCode === 229) return;
  if (event.target.closest(".filter-form")) {
    const first = $("[data-row].cur a.cn") || $("[data-row] a.cn") || $("#main");
    first.focus();
  }
  menus().forEach((menu) => { menu.open = false; $("summary", menu).focus(); });
});

// After one's own act in the panel the page behind it is made anew where it stands: head, stepper, tab, right column
async function renew() {
  let main;
  try {
    const answer = await fetch(location.href);
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    main = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
  } catch (error) { location.reload(); return; }
  const held = document.activeElement, inside = $("#main").contains(held), written = ($("#note-text") || {}).value;
  $("#main").replaceChildren(...document.importNode(main, true).childNodes);
  window.htmx.process($("#main"));
  if (written) $("#note-text").value = written;
  if (inside) (held.id && document.getElementById(held.id) || $("#now")).focus();
}
if ($("#changed")) {
  document.addEventListener("renew", (event) => { event.preventDefault(); renew(); });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.target.id === "panel-body" && detail.requestConfig.verb === "post" && detail.xhr.status === 200) renew();
  });
}

// A colleague has changed the case: said, never swapped under the reader's eyes
async function news() {
  const strip = $("#changed");
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
if ($("#changed")) {
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
