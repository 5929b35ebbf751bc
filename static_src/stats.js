// Charts above their tables: drawn from the table's own cells when they come into view. Without this file, or without
// the library, the tables say it all. What draws and what stands around it (chart-aids.js) comes with the first chart.
const tag = document.querySelector("script[data-charts]");
const COLOURS = ["#1D4F91", "#B87400", "#5B3A96"];
const DASHES = ["solid", "dashed", "dotted"];
const SYMBOLS = ["circle", "triangle", "rect"];
const STROKES = ["none", "6 4", "2 3"];
const drawn = new Map();

function read(figure) {
  const table = document.getElementById(`table-${figure.dataset.table}`);
  const rows = [...table.tBodies[0].rows];
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const columns = figure.dataset.columns.split(",").map(Number);
  return {
    labels: rows.map((row) => row.cells[0].textContent.trim()),
    series: columns.map((column) => ({
      name: heads[column],
      data: rows.map((row) => {
        const text = (row.cells[column].dataset.value || "").trim();
        return text === "" ? null : Number(text);
      }),
    })),
  };
}

const brief = (label) => (/^\d{4}-\d{2}$/.test(label) ? label.slice(2) : label.length > 10 ? `${label.slice(0, 9)}…` : label);

function options(figure, { labels, series }) {
  const unit = figure.dataset.unit, kind = figure.dataset.chart, long = labels.some((label) => label.length > 8);
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    color: COLOURS,
    grid: { left: 8, right: 16, top: 14, bottom: 4, containLabel: true },
    xAxis: { type: "category", data: labels, axisLabel: { color: "#46536A", rotate: long ? 30 : 0, interval: labels.length > 24 ? "auto" : 0, formatter: brief }, axisTick: { alignWithLabel: true } },
    yAxis: { type: "value", minInterval: kind === "bar" && unit === "件" ? 1 : 0, axisLabel: { color: "#46536A", formatter: (value) => (unit === "%" ? `${value}%` : `${value}`) }, splitLine: { lineStyle: { color: "#E2E7EE" } } },
    series: series.map((each, n) => ({
      ...each, type: kind, barMaxWidth: 18, connectNulls: false, symbol: SYMBOLS[n], symbolSize: 7,
      lineStyle: { width: 2, type: DASHES[n] },
      itemStyle: n && kind === "bar" ? { decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [3, 3], rotation: -0.7, color: "rgba(255,255,255,.55)" } } : {},
    })),
  };
}

function looks(figure, series) {
  return series.map((each, n) => ({ ...each, colour: COLOURS[n], bar: figure.dataset.chart === "bar", striped: n > 0, dash: STROKES[n], mark: SYMBOLS[n] }));
}

function point(tip, plot, figure, chart, labels, shown) {
  const unit = figure.dataset.unit;
  tip(plot, shown, {
    labels,
    place: (n) => chart.convertToPixel("grid", [n, 0]),
    at: (x, y) => (chart.containPixel("grid", [x, y]) ? chart.convertFromPixel({ xAxisIndex: 0 }, x) : null),
    said: (value) => (value === null ? "—" : `${value}${unit === "%" ? "" : " "}${unit}`),
  });
}

async function draw(figure) {
  if (drawn.has(figure)) return;
  drawn.set(figure, null);
  try {
    const [{ init }, { legend, tip }] = await Promise.all([import(tag.dataset.charts), import(new URL("chart-aids.js", import.meta.url))]);
    const found = read(figure), plot = document.createElement("div");
    const shown = looks(figure, found.series);
    plot.className = "chart-plot";
    figure.append(plot);
    legend(figure, shown);
    const chart = init(plot, null, { renderer: "svg" });
    chart.setOption(options(figure, found));
    point(tip, plot, figure, chart, found.labels, shown);
    drawn.set(figure, chart);
    figure.dataset.drawn = "1";
  } catch {
    figure.hidden = true; // the table below has the numbers
  }
}

function watch() {
  const seen = new IntersectionObserver((entries) => entries.forEach((entry) => {
    if (entry.isIntersecting) { seen.unobserve(entry.target); draw(entry.target); }
  }), { rootMargin: "200px" });
  for (const figure of document.querySelectorAll("figure.chart")) {
    figure.hidden = false;
    seen.observe(figure);
  }
  window.addEventListener("resize", () => drawn.forEach((chart) => chart && chart.resize()));
}

// The page first, then the library
if (tag && "IntersectionObserver" in window) {
  if (document.readyState === "complete") watch();
  else window.addEventListener("load", () => setTimeout(watch));
}
