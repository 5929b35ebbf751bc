// Keys, focus and the double click. Every page works without this file.
const busy = (event) =>
  event.defaultPrevented || event.isComposing || event.keyCode === 229 ||
  /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;

const rows = () => [...document.querySelectorAll("[data-row]")];

function step(by) {
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(Math.max(now + by, 0), all.length - 1)];
  (next.querySelector("a") || next).focus();
}

let leader = "";
const PLACES = { w: "/workbench/", c: "/cases/", s: "/sign/", q: "/queue/" };

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && !event.isComposing) {
    const field = document.getElementById("search");
    if (field) { event.preventDefault(); field.focus(); field.select(); }
    return;
  }
  if (event.ctrlKey && event.key === "Enter" && event.target.form && !event.isComposing) {
    event.target.form.requestSubmit();
    return;
  }
  if (busy(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (leader === "g" && PLACES[event.key]) { location.href = PLACES[event.key]; leader = ""; return; }
  leader = event.key === "g" ? "g" : "";
  if (event.key === "j") step(1);
  if (event.key === "k") step(-1);
  if (event.key === "Escape") document.activeElement.blur();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  form.setAttribute("aria-busy", "true");
  setTimeout(() => { delete form.dataset.sent; form.removeAttribute("aria-busy"); }, 8000);
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((f) => delete f.dataset.sent));

const first = document.querySelector("[data-focus]");
if (first) first.focus();

document.addEventListener("click", (event) => {
  const account = event.target.closest("[data-account]");
  if (account) {
    document.getElementById("id_username").value = account.dataset.account;
    document.getElementById("id_password").value = account.dataset.password;
    document.querySelector("form.sign-in button").focus();
  }
  const words = event.target.closest("[data-opinion]");
  if (words) document.getElementById("id_opinion").value = words.dataset.opinion;
});
