// The strip of drafts: ← and → walk through them, as the buttons do.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.keyCode === 229) return;
  if (document.body.dataset.keys === "off" || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  const link = document.querySelector(`[data-step="${CSS.escape(event.key)}"]`);
  if (link) { event.preventDefault(); link.click(); }
});
