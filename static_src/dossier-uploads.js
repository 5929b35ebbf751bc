// Files into the dossier: dropped anywhere, pasted, chosen, a whole folder; in pieces, two at a time, with what is left
// in seconds; paused, tried again after a cut, and continued where they stopped.
const $ = (selector, from = document) => from.querySelector(selector);
const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });
const say = (text) => { const live = $("#live"); if (live) live.textContent = text; };
const form = $("#up-form"), list = $("#up-list"), tray = $("#upload");
const token = $("[name=csrfmiddlewaretoken]", form).value;
const AT_ONCE = 2, TRIES = 5;
const line = [];
let filed = 0, left = 0;

function take(files) {
  const secret = $("#up-secret");
  for (const file of files) {
    if (!file.size && !file.type) continue; // a folder that was dropped whole
    line.push(row({ file, secret: Boolean(secret && secret.checked), state: "waiting", tries: 0 }));
  }
  tray.open = true;
  next();
}

function row(job) {
  job.element = make("li", "");
  const name = make("span", "name", job.file.name), bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
  bar.setAttribute("aria-label", `上传 ${job.file.name}`);
  job.bar = bar;
  job.said = make("span", "meta", "等待上传");
  job.button = make("button", "bt s ghost", "暂停");
  job.button.type = "button";
  job.button.setAttribute("aria-label", `暂停 ${job.file.name}`);
  job.button.addEventListener("click", () => press(job));
  job.element.append(name, bar, job.said, job.button);
  list.append(job.element);
  return job;
}

function press(job) {
  if (job.state === "done") return;
  if (job.state === "paused" || job.state === "failed") { job.state = "waiting"; job.tries = 0; mark(job, "等待上传", "暂停"); next(); return; }
  job.state = "paused";
  if (job.stop) job.stop.abort();
  mark(job, "已暂停", "继续");
  next();
}

function mark(job, text, button) {
  job.said.textContent = text;
  job.button.hidden = !button;
  job.button.textContent = button || "";
  job.button.setAttribute("aria-label", `${button} ${job.file.name}`);
}

function next() {
  const running = line.filter((job) => job.state === "running").length;
  const waiting = line.filter((job) => job.state === "waiting");
  waiting.slice(0, AT_ONCE - running).forEach((job) => { job.state = "running"; send(job); });
  left = line.filter((job) => /running|waiting/.test(job.state)).length;
  const said = $("#up-said");
  said.textContent = left ? `正在上传 ${left} 件，可继续阅卷` : filed ? `已入卷 ${filed} 件 ` : "";
  if (!left && filed) said.append(Object.assign(make("a", "", "刷新目录"), { href: location.pathname + location.search }));
}

class Refused extends Error {}
async function ask(job, url, body, json) {
  job.stop = new AbortController();
  const headers = { "X-CSRFToken": token, "Content-Type": json ? "application/json" : "application/octet-stream" };
  const answer = await fetch(url, { method: "POST", headers, body, signal: job.stop.signal });
  if (answer.redirected || answer.status === 401) throw new Refused("登录已结束，请重新登录后继续");
  if (answer.status === 403) throw new Refused("没有材料入卷的权限");
  const told = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
  if (answer.status === 422 || (answer.status === 409 && told.refused)) throw new Refused(told.refused || "没有收下");
  if (answer.status === 409) return told;
  if (!answer.ok) throw new Error(String(answer.status));
  return told;
}

async function send(job) {
  const { file } = job;
  try {
    const begun = await ask(job, form.dataset.begin, JSON.stringify({ name: file.name, size: file.size, mark: String(file.lastModified), secret: job.secret }), true);
    const address = `${form.dataset.begin}${begun.id}/`, piece = begun.piece, started = Date.now(), from = begun.received;
    let at = begun.received, told = {};
    while (at < file.size) {
      told = await ask(job, `${address}?at=${at}`, file.slice(at, at + piece));
      at = told.received;
      job.tries = 0;
      const seconds = (Date.now() - started) / 1000, rest = Math.ceil((file.size - at) * seconds / Math.max(at - from, 1));
      job.bar.value = Math.round(at / file.size * 100);
      job.said.textContent = at < file.size ? `${job.bar.value}%，约 ${rest} 秒` : "正在保存";
    }
    done(job, told);
  } catch (error) { failed(job, error); }
  next();
}

function done(job, told) {
  job.state = "done";
  filed += 1;
  job.bar.value = 100;
  mark(job, `已入卷${told.where ? "，" + told.where : ""}`, "");
  if (told.url) { const link = make("a", "", "查看"); link.href = told.url; link.setAttribute("aria-label", `查看 ${job.file.name}`); job.said.append(" ", link); }
  say(`${job.file.name} 已入卷`);
}

function failed(job, error) {
  if (error.name === "AbortError") return;
  if (error instanceof Refused) {
    job.state = "refused";
    job.element.classList.add("bad");
    mark(job, error.message, "");
    say(error.message);
    return;
  }
  job.tries += 1;
  if (job.tries <= TRIES && navigator.onLine !== false) {
    job.state = "resting";
    mark(job, `网络中断，${2 ** job.tries} 秒后续传`, "暂停");
    setTimeout(() => { if (job.state === "resting") { job.state = "waiting"; next(); } }, 2 ** job.tries * 1000);
    return;
  }
  job.state = "failed";
  mark(job, "网络中断，已传部分保留", "继续");
}
window.addEventListener("online", () => { line.filter((job) => /failed|resting/.test(job.state)).forEach((job) => { job.state = "waiting"; job.tries = 0; }); next(); });

for (const field of [$("#up-files"), $("#up-folder")]) {
  field.addEventListener("change", () => { take([...field.files]); field.value = ""; });
}
form.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("dragover", (event) => { if ([...event.dataTransfer.types].includes("Files")) { event.preventDefault(); document.body.classList.add("dropping"); } });
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("dropping"); });
document.addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  document.body.classList.remove("dropping");
  take([...event.dataTransfer.files]);
});
document.addEventListener("paste", (event) => {
  const files = event.clipboardData ? [...event.clipboardData.files] : [];
  if (files.length) { event.preventDefault(); take(files); }
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-act=upload]")) return;
  event.preventDefault();
  tray.open = true;
  tray.scrollIntoView({ block: "nearest" });
  $("#up-files").focus();
});
if (location.hash === "#upload") tray.open = true;
window.addEventListener("beforeunload", (event) => { if (left) { event.preventDefault(); event.returnValue = ""; } });
