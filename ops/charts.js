// The parts of ECharts that /stats/ draws with: bars and lines on a grid, stripes that grey keeps apart, SVG. Its pointer
// and its legend are left out (static_src/chart-aids.js has ours), and the grid is the one without a pointer.
import { init, use } from "echarts/core";
import { install as Bars } from "echarts/lib/chart/bar/install.js";
import { install as Lines } from "echarts/lib/chart/line/install.js";
import { install as Stripes } from "echarts/lib/component/aria/install.js";
import { install as Grid } from "echarts/lib/component/grid/installSimple.js";
import { install as Svg } from "echarts/lib/renderer/installSVGRenderer.js";

use([Bars, Lines, Stripes, Grid, Svg]);
export { init };
