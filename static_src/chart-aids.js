// What stands around a chart: its legend above it, and the figures of the month or team under the pointer. The keyboard
// needs neither, the table below says it all.
const SVG = "http://www.w3.org/2000/svg";
const MARKS = { circle: "M13 2a4 4 0 1 0 .01 0z", triangle: "M13 2l4.5 8h-9z", rect: "M9 2h8v8h-8z" };

function shape(parent, kind, given) {
  const made = document.createElementNS(SVG, kind);
  for (const [name, value] of Object.entries(given)) made.setAttribute(name, value);
  parent.append(made);
  return made;
}

/* The sample of a series: its line with its mark, or a piece of its bar. */
function sample(look) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 26 12", width: 26, height: 12, "aria-hidden": "true" })) svg.setAttribute(name, value);
  if (look.bar) {
    shape(svg, "rect", { x: 2, y: 1, width: 22, height: 10, fill: look.colour });
    if (look.striped) shape(svg, "path", { d: "M4 11L13 1M10 11L19 1M16 11L24 2", stroke: "#fff", "stroke-width": 2.5, fill: "none" });
  } else {
    shape(svg, "path", { d: "M0 6H26", stroke: look.colour, "stroke-width": 2, "stroke-dasharray": look.dash, fill: "none" });
    shape(svg, "path", { d: MARKS[look.mark], fill: look.colour });
  }
  return svg;
}

function entry(tag, look, words) {
  const made = document.createElement(tag);
  made.append(sample(look), words);
  return made;
}

export function legend(figure, looks) {
  const list = document.createElement("ul");
  list.className = "chart-legend";
  list.append(...looks.map((look) => entry("li", look, look.name)));
  figure.prepend(list);
}

/* The tip and its line stand where the pointer is; `at(x, y)` says which label that is, or none. */
export function tip(plot, looks, { labels, place, at, said }) {
  const box = document.createElement("div"), line = document.createElement("div");
  box.className = "chart-tip";
  line.className = "chart-line";
  plot.append(line, box);
  const hide = () => { box.hidden = line.hidden = true; };
  const show = (event) => {
    const frame = plot.getBoundingClientRect();
    const x = event.clientX - frame.left, n = at(x, event.clientY - frame.top);
    if (n === null) return hide();
    const head = document.createElement("b");
    head.textContent = labels[n];
    box.replaceChildren(head, ...looks.map((look) => entry("span", look, `${look.name}　${said(look.data[n])}`)));
    box.hidden = line.hidden = false;
    const [middle, foot] = place(n), right = middle + 12 + box.offsetWidth > frame.width;
    line.style.left = `${middle}px`;
    line.style.height = `${foot - line.offsetTop}px`;
    box.style.left = `${Math.max(0, right ? middle - 12 - box.offsetWidth : middle + 12)}px`;
  };
  hide();
  plot.addEventListener("pointermove", show);
  plot.addEventListener("pointerleave", hide);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
}
