// Files of forms: chosen, dropped or pasted; refused before they travel; how far they are. Fetched by forms.js where a
// form takes files.
const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const say = (text) => { const live = $("#live"); if (live) live.textContent = text; };
const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });

export function ready(form) {
  form.setAttribute("hx-request", '{"timeout":900000}');
  $$(".file", form).forEach(named);
}

const size = (bytes) => bytes > 1048576 ? `${(bytes / 1048576).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`;
function objection(field) {
  const most = Number((field.closest(".file") || { dataset: {} }).dataset.most || 0);
  for (const file of field.files) {
    if (most && file.size > most) return `「${file.name}」有 ${size(file.size)}，超过 ${size(most)} 的限制：请压缩或拆分后再选。`;
    if (!file.size) return `「${file.name}」是空文件：请核对后重新选择。`;
    const kinds = (field.accept || "").split(",").filter(Boolean);
    if (kinds.length && !kinds.some((kind) => file.name.toLowerCase().endsWith(kind.trim()))) return `「${file.name}」的格式不能上传：请选择 ${kinds.join("、")} 文件。`;
  }
  return "";
}
function named(box) {
  const field = $("[type=file]", box), said = $(".file-said", box);
  if (!field || !said) return;
  const wrong = objection(field);
  said.className = `file-said js${wrong ? " bad" : ""}`;
  said.textContent = wrong || [...field.files].map((file) => `${file.name}（${size(file.size)}）`).join("、") || said.dataset.empty;
  if (field.files.length) field.setAttribute("aria-invalid", String(Boolean(wrong)));
  if (field.files.length || wrong) say(said.textContent);
}
document.addEventListener("change", (event) => { if (event.target.type === "file" && event.target.closest(".file")) named(event.target.closest(".file")); });
function put(form, files) {
  const fields = $$("[type=file]", form);
  const field = fields.find((each) => !each.files.length) || fields[0];
  if (!field || !files.length) return false;
  const held = new DataTransfer();
  for (const file of [...(field.multiple ? field.files : []), ...[...files].slice(0, field.multiple ? undefined : 1)]) held.items.add(file);
  field.files = held.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}
const taking = (event) => { const form = (event.target.closest && event.target.closest("form.form")) || (event.target.closest && event.target.closest("main") && $("main form[data-drop]")); return form && $("[type=file]", form) ? form : null; };
document.addEventListener("dragover", (event) => { const form = taking(event); if (form) { event.preventDefault(); form.classList.add("dropping"); } });
document.addEventListener("dragleave", (event) => { const form = taking(event); if (form && !form.contains(event.relatedTarget)) form.classList.remove("dropping"); });
document.addEventListener("drop", (event) => { const form = taking(event); if (form) { event.preventDefault(); form.classList.remove("dropping"); put(form, event.dataTransfer.files); } });
document.addEventListener("paste", (event) => {
  const files = event.clipboardData ? event.clipboardData.files : [];
  const form = files.length && (taking(event) || $("#panel:not([hidden]) form.form") || $("main form.form"));
  if (form && put(form, files)) event.preventDefault();
});
const left = (since, loaded, total) => {
  const gone = (Date.now() - since) / 1000;
  return gone < 1 || !loaded ? "" : `，约剩 ${Math.max(1, Math.ceil(gone * (total - loaded) / loaded))} 秒`;
};
document.addEventListener("htmx:xhr:progress", (event) => {
  const form = event.target, { lengthComputable, loaded, total } = event.detail;
  if (!form.matches("form[data-sent]") || !lengthComputable || total < 200000) return;
  let bar = $(".sending", form);
  if (!bar) {
    bar = make("div", "sending");
    bar.append(Object.assign(document.createElement("progress"), { max: 100 }), make("span", "meta"));
    bar.since = Date.now();
    $(".form-bar", form).prepend(bar);
  }
  const part = Math.round(loaded / total * 100);
  bar.firstChild.value = part;
  bar.firstChild.setAttribute("aria-label", "上传进度");
  bar.lastChild.textContent = part < 100 ? `正在上传 ${part}%，${size(loaded)} / ${size(total)}${left(bar.since, loaded, total)}` : "已传完，正在保存";
});
window.addEventListener("beforeunload", (event) => { if ($("form[data-sent] .sending")) { event.preventDefault(); event.returnValue = ""; } });

