import type { Plan } from "./plan.ts";
import { AXIS, drawAxis, drawBar, drawGrid, drawLink, drawToday, ROW, svg } from "./shapes.ts";
import { Scale, type Zoom } from "./time.ts";

const WIDTH = 1060;
const NAMES = 230;
const ROWS = 22;
const LETTERS = 38;

/** The roadmap for print: the whole plan in the width of a sheet, cut into pieces that each fit on one. */
export function paper(plan: Plan): SVGSVGElement[] {
  const [first, last] = plan.span;
  const scale = new Scale(zoomFor((WIDTH - NAMES) / (last - first + 1)), first, last);
  const fitted = new Scale(scale.zoom, first, last, (scale.width * (WIDTH - NAMES)) / scale.total);
  const pieces = [];
  for (let from = 0; from < plan.rows.length; from += ROWS) pieces.push(piece(plan, fitted, from));
  return pieces;
}

function zoomFor(width: number): Zoom {
  if (width * 30 > 24) return "month";
  return width * 91 > 20 ? "quarter" : "year";
}

function piece(plan: Plan, scale: Scale, from: number): SVGSVGElement {
  const rows = plan.rows.slice(from, from + ROWS);
  const height = rows.length * ROW;
  const chart = svg("g", { transform: `translate(${NAMES} ${AXIS})` });
  chart.append(
    ...drawGrid(scale, scale.first, scale.last, 0, height),
    drawToday(scale, plan.today, 0, height),
  );
  const names = svg("g");
  const inside = svg("svg", { x: 0, y: 0, width: scale.total, height, overflow: "hidden" });
  const links = svg("g", { transform: `translate(0 ${-from * ROW})` });
  links.append(...plan.links.flatMap((link) => drawLink(link, scale, plan) ?? []));
  inside.append(links);
  for (const [index, row] of rows.entries()) {
    const y = AXIS + index * ROW + ROW / 2 + 4;
    const name = row.lane ?? row.bar;
    const css = row.lane ? "roadmap-paper-lane" : "roadmap-paper-name";
    names.append(svg("text", { class: css, x: row.lane ? 0 : 10, y }, shortened(name.name)));
    if (row.bar) inside.append(drawBar(row.bar, scale, plan, index * ROW));
  }
  chart.append(inside);
  const axis = svg("g", { transform: `translate(${NAMES} 0)` });
  axis.append(...drawAxis(scale, scale.first, scale.last, plan.today));
  const box = `0 0 ${WIDTH} ${AXIS + height}`;
  return svg(
    "svg",
    { class: "roadmap-piece", viewBox: box, width: WIDTH, height: AXIS + height },
    names,
    axis,
    chart,
  );
}

function shortened(text: string): string {
  return text.length > LETTERS ? `${text.slice(0, LETTERS - 1)}…` : text;
}
