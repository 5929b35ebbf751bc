// A field that a bar code scanner types into: it keeps the focus, Enter sends it, one scan at a time.
// Without this file the field and its button are a plain form.
const field = document.querySelector("[data-scan]");
const typing = (node) => node && /^(INPUT|TEXTAREA|SELECT|BUTTON|A|SUMMARY)$/.test(node.tagName);

if (field) {
  const form = field.form;
  const hold = () => { if (!typing(document.activeElement)) field.focus({ preventScroll: true }); };
  field.focus({ preventScroll: true });
  field.select();
  // What a scanner types outside the field goes into it: a click on an empty place must not lose the next scan.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event.target)) return;
    if (/^[0-9A-Za-z-]$/.test(event.key)) field.focus({ preventScroll: true });
  }, true);
  document.addEventListener("pointerup", () => setTimeout(hold, 0));
  const then = document.getElementById(field.dataset.then || "");
  if (then) field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && field.value && !then.value) { event.preventDefault(); then.focus(); }
  });
  form.addEventListener("submit", () => {
    field.readOnly = true;
    setTimeout(() => { field.readOnly = false; }, 4000);
  });
  window.addEventListener("pageshow", () => { field.readOnly = false; hold(); });
}
