// The wall: one part after the other, until somebody stops it. Whoever asks his system for less motion turns by hand.
const SECONDS = 20;
const parts = [...document.querySelectorAll("[data-part]")];
const turn = document.querySelector("[data-turn]"), place = document.querySelector("[data-place]");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
let at = 0, timer = null;

function show(n) {
  at = (n + parts.length) % parts.length;
  parts.forEach((part, number) => { part.hidden = number !== at; });
  place.textContent = `${at + 1} / ${parts.length}`;
  window.dispatchEvent(new Event("resize")); // a chart that was hidden takes its width
}

function run(on) {
  clearInterval(timer);
  timer = on ? setInterval(() => show(at + 1), SECONDS * 1000) : null;
  turn.querySelector("span").textContent = on ? "停止轮换" : "开始轮换";
  document.body.dataset.turning = on ? "1" : "";
}

function step(by) { run(false); show(at + by); }

if (parts.length && turn) {
  document.body.classList.add("turns");
  turn.addEventListener("click", () => run(!timer));
  document.querySelector("[data-back]").addEventListener("click", () => step(-1));
  document.querySelector("[data-on]").addEventListener("click", () => step(1));
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowLeft") step(-1);
    if (event.key === "ArrowRight") step(1);
  });
  still.addEventListener("change", () => run(!still.matches));
  show(0);
  run(!still.matches);
}
