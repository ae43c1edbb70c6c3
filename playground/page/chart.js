// data_visualization: bar, line, area and pie charts as plain SVG, with the figures as a table for screen readers.

import { h } from "./dom.js";

const COLOURS = ["#1d9bd1", "#2bac76", "#ecb22e", "#e01e5a", "#7c3085", "#e8912d"];
const WIDE = 460, HIGH = 200, LEFT = 40, FOOT = 34;

function draw(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Return a drawn chart. */
export function chart(block) {
  const { chart: told } = block;
  const series = told.type === "pie" ? [{ name: block.title, data: told.segments }] : told.series;
  const svg = draw("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, class: "chart-svg", "aria-hidden": "true" });
  (told.type === "pie" ? pie : axes)(svg, told, series);
  const keys = told.type === "pie" ? told.segments.map((one) => one.label) : series.length > 1 ? series.map((one) => one.name) : [];
  return h("figure.chart", {}, h("figcaption.chart-title", {}, block.title), svg,
    keys.length ? h("div.keys", {}, keys.map((name, number) => h("span.key", {}, h("span.swatch", { style: { background: COLOURS[number % COLOURS.length] } }), name))) : null,
    h("table.unseen", {}, h("caption", {}, block.title), series.map((one) => one.data.map((point) => h("tr", {}, h("th", {}, `${one.name} ${point.label}`), h("td", {}, String(point.value)))))));
}

function axes(svg, told, series) {
  const categories = told.axis_config?.categories || series[0].data.map((point) => point.label);
  const value = (one, label) => one.data.find((point) => point.label === label)?.value ?? 0;
  const top = Math.max(1, ...series.flatMap((one) => one.data.map((point) => point.value)));
  const step = 10 ** Math.floor(Math.log10(top)) * (top / 10 ** Math.floor(Math.log10(top)) > 5 ? 2 : top / 10 ** Math.floor(Math.log10(top)) > 2 ? 1 : 0.5);
  const ceiling = Math.ceil(top / step) * step;
  const y = (v) => 10 + (HIGH - FOOT - 10) * (1 - v / ceiling);
  const each = (WIDE - LEFT - 8) / categories.length, x = (number) => LEFT + each * (number + 0.5);
  for (let v = 0; v <= ceiling + step / 2; v += step) svg.append(draw("line", { x1: LEFT, x2: WIDE - 8, y1: y(v), y2: y(v), class: "grid" }), draw("text", { x: LEFT - 6, y: y(v) + 4, class: "tick", "text-anchor": "end" }, `${+v.toFixed(6)}`));
  // A label that would run into its neighbour is told in two lines, "VLMR" over "Q1 2026".
  const tight = categories.some((label) => label.length * 6.2 + 6 > each);
  categories.forEach((label, number) => {
    const cut = tight ? label.indexOf(" ") : -1;
    const lines = cut > 0 ? [label.slice(0, cut), label.slice(cut + 1)] : [label];
    lines.forEach((line, place) => svg.append(draw("text", { x: x(number), y: HIGH - 6 - 11 * (lines.length - 1 - place), class: "tick", "text-anchor": "middle" }, line)));
  });
  series.forEach((one, number) => {
    const fill = COLOURS[number % COLOURS.length];
    if (told.type === "bar") {
      const width = Math.min(36, (each * 0.7) / series.length);
      categories.forEach((label, place) => { const v = value(one, label); svg.append(draw("rect", { x: x(place) - (width * series.length) / 2 + width * number, y: y(v), width: width - 2, height: Math.max(0, y(0) - y(v)), rx: 3, fill })); });
      return;
    }
    const points = categories.map((label, place) => `${x(place)},${y(value(one, label))}`);
    if (told.type === "area") svg.append(draw("polygon", { points: `${x(0)},${y(0)} ${points.join(" ")} ${x(categories.length - 1)},${y(0)}`, fill, opacity: 0.25 }));
    svg.append(draw("polyline", { points: points.join(" "), fill: "none", stroke: fill, "stroke-width": 2.500 }));
    points.forEach((point) => { const [cx, cy] = point.split(","); svg.append(draw("circle", { cx, cy, r: 3.500, fill })); });
  });
}

function pie(svg, told) {
  const all = told.segments.reduce((sum, one) => sum + one.value, 0);
  const middle = [WIDE / 2, HIGH / 2], radius = HIGH / 2 - 8;
  let from = -Math.PI / 2;
  told.segments.forEach((one, number) => {
    const to = from + (one.value / all) * Math.PI * 2 * 0.99999;
    const at = (angle) => `${middle[0] + radius * Math.cos(angle)},${middle[1] + radius * Math.sin(angle)}`;
    svg.append(draw("path", { d: `M${middle} L${at(from)} A${radius},${radius} 0 ${to - from > Math.PI ? 1 : 0} 1 ${at(to)} Z`, fill: COLOURS[number % COLOURS.length], class: "slice" }));
    from = to;
  });
}
