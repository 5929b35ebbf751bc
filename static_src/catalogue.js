// Cataloguing by keys: digits and Enter begin a paper, Space goes on, [ ] turn, X leaves out, M joins. Each act is the
// page's own form or link; only the part that changes is fetched. Without this file every key has its button.
const $ = (selector, from = document) => from.querySelector(selector);
let busy = false;

async function show(url, body) {
  if (busy) return;
  busy = true;
  const held = $("#cat");
  held.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, body ? { method: "POST", body } : {});
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("cat");
    if (!answer.ok || !fresh) { location.assign(answer.url); return; }
    const said = $(".say.error, .alert", page);
    held.replaceWith(document.importNode(fresh, true));
    history.replaceState(null, "", answer.url);
    ready(said ? said.textContent.trim() : "");
  } catch {
    $("#cut").hidden = false;
    held.removeAttribute("aria-busy");
  } finally {
    busy = false;
  }
}

function ready(said) {
  const field = $("[data-place]");
  if (!field) return;
  field.focus({ preventScroll: true });
  field.select();
  const live = $("#live");
  if (live) live.textContent = said || $("#cat h2").textContent;
  const next = $("#cat a[data-key=' ']");
  if (next) new Image().src = $("#cat img").src.replace(/page\/\d+\//, `page/${new URL(next.href).searchParams.get("page")}/`);
}

const alone = (field) => !field.value || (field.selectionStart === 0 && field.selectionEnd === field.value.length);

document.addEventListener("keydown", (event) => {
  const field = $("[data-place]");
  if (!field || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target !== field;
  if (typing || (event.target === field && !alone(field) && event.key !== " ")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key.length === 1 && document.body.dataset.keys === "off") return;
  const act = [...document.querySelectorAll("#cat [data-key]")].find((each) => each.dataset.key === key);
  if (!act || (/^(BUTTON|A|SUMMARY)$/.test(event.target.tagName) && key === " ")) return;
  event.preventDefault();
  act.click();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("#cat a[href^='?']");
  if (link && !event.ctrlKey && !event.metaKey) { event.preventDefault(); show(link.href); }
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form.keys");
  if (!form) return;
  event.preventDefault();
  const body = new FormData(form);
  const by = event.submitter;
  body.set("do", by && by.name === "do" ? by.value : "place");
  show(form.action, body);
});

ready("");
