// Triage: the key decides the row and goes to the next; a changed proposal asks for its reason. Works without this file.
const form = document.querySelector("form[data-triage]");
const $$ = (selector, from = form) => [...from.querySelectorAll(selector)];
const chosen = (row) => (row.querySelector("input[type=radio]:checked") || {}).value || "";

function show(row) {
  const track = chosen(row), changed = track !== "" && track !== row.dataset.proposed;
  row.classList.toggle("decided", track !== "");
  row.querySelector(".why-changed").classList.toggle("wanted", changed);
  return changed;
}

function count() {
  const many = $$("[data-row]").filter(chosen).length;
  $$("[data-decided]").forEach((each) => { each.textContent = many; });
}

if (form) {
  const rows = $$("[data-row]");
  form.addEventListener("change", (event) => {
    const row = event.target.closest("[data-row]"), rows = $$("[data-row]");
    if (!row || event.target.type !== "radio") return;
    const changed = show(row), next = rows[rows.indexOf(row) + 1];
    count();
    // after the key has been handled: app.js puts the focus where the key was meant
    setTimeout(() => {
      if (changed) row.querySelector(".why-changed").focus();
      else if (chosen(row) && next) next.querySelector("a.cn").focus();
      rows.forEach((each) => each.classList.toggle("cur", each.contains(document.activeElement)));
    }, 0);
  });
  const accept = () => {
    rows.filter((row) => row.hasAttribute("data-certain") && !chosen(row)).forEach((row) => {
      row.querySelector(`input[value=${row.dataset.proposed}]`).checked = true;
      show(row);
    });
    count();
  };
  $$("[data-certain-all]").forEach((button) => button.addEventListener("click", accept));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "A" || !event.shiftKey || event.ctrlKey || event.altKey || event.isComposing || event.keyCode === 229) return;
    if (document.body.dataset.keys === "off" || /^(TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.type === "text") return;
    event.preventDefault();
    accept();
  });
  // decided in the panel: its row goes, what was marked in the others stays
  document.addEventListener("renew", (event) => {
    const row = $$("tr.cur")[0], left = rows.filter((each) => each.isConnected && each !== row);
    if (!row || left.length === 0) return;
    event.preventDefault();
    row.remove();
    count();
    (left[Math.min(rows.indexOf(row), left.length - 1)].querySelector("a.cn")).focus();
  });
  rows.forEach(show);
  count();
}
