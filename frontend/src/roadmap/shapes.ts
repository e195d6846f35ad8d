import { type Clash, keyOf, type Plan, told } from "./plan.ts";
import { above, dayOf, type Scale, said, type Tick, ticks } from "./time.ts";
import type { Bar, Dates, Link, Milestone } from "./types.ts";

const SVG = "http://www.w3.org/2000/svg";
export const ROW = 28;
export const AXIS = 40;
const BAR = 14;
const TOP = (ROW - BAR) / 2;
const DIAMOND = 5;

type Attributes = Record<string, string | number | undefined>;

/** An SVG element with attributes and children. */
export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/** The place and width of dates. */
export function box(scale: Scale, { start, end }: Dates): { x: number; width: number } {
  const x = scale.x(dayOf(start));
  return { x, width: Math.max(2, scale.x(dayOf(end) + 1) - x) };
}

/** A bar with its baseline and milestones at the height of its row; focus goes to the bar. */
export function drawBar(bar: Bar, scale: Scale, plan: Plan, y: number, moved?: Dates): SVGGElement {
  const dates = moved ?? bar;
  const clashes = plan.clashesOf(keyOf(bar), moved);
  const group = svg("g", { class: "roadmap-row", transform: `translate(0 ${y})` });
  if (bar.baseline) group.append(drawGhost(bar, scale));
  if (moved)
    group.append(svg("rect", { class: "roadmap-from", y: TOP, height: BAR, rx: 3, ...box(scale, bar) }));
  const link = svg("a", { href: bar.url, class: "roadmap-bar", "data-key": keyOf(bar), tabindex: -1 });
  link.setAttribute("aria-label", told({ ...bar, ...dates }, clashes));
  if (bar.may_move) link.classList.add("is-movable");
  if (moved) link.classList.add("is-moving");
  link.append(shapeOf(bar, dates, scale, clashes), ...critical(bar, dates, scale), ...marksOf(bar, scale));
  group.append(link);
  return group;
}

function shapeOf(bar: Bar, dates: Dates, scale: Scale, clashes: Clash[]): SVGElement {
  const { x, width } = box(scale, dates);
  const title = svg("title", {}, hint(bar, dates, clashes));
  if (bar.kind === "programme") {
    const d = `M${x} ${TOP + 11}V${TOP + 3}H${x + width}V${TOP + 11}L${x + width - 4} ${TOP + 7}H${x + 4}Z`;
    return svg("path", { class: "roadmap-span", d }, title);
  }
  const states = [`is-${bar.phase}`];
  if (bar.phase === "finished" || bar.phase === "dropped") states.push("is-over");
  if (clashes.length) states.push("is-clashing");
  return svg(
    "rect",
    { class: `roadmap-shape ${states.join(" ")}`, x, y: TOP, width, height: BAR, rx: 3 },
    title,
  );
}

/** A line along the foot of a bar that has no day to spare. */
function critical(bar: Bar, dates: Dates, scale: Scale): SVGElement[] {
  const line = { class: "roadmap-critical", y: TOP + BAR - 4, height: 4, ...box(scale, dates) };
  return bar.is_critical ? [svg("rect", line)] : [];
}

/** What a pointer is told. */
export function hint(bar: Bar, dates: Dates, clashes: Clash[]): string {
  const lines = [bar.name, `${said(dates.start)} to ${said(dates.end)}`];
  const facts = [bar.stage, bar.health, bar.owner].filter(Boolean).join(", ");
  if (facts) lines.push(facts);
  if (bar.slack !== null)
    lines.push(bar.is_critical ? "Critical: no day to spare" : `${bar.slack} days to spare`);
  if (bar.baseline)
    lines.push(`Baseline ${bar.baseline.number}: ${said(bar.baseline.start)} to ${said(bar.baseline.end)}`);
  return [...lines, ...clashes.map((clash) => clash.sentence)].join("\n");
}

function drawGhost(bar: Bar, scale: Scale): SVGElement {
  const dates = bar.baseline ?? bar;
  return svg("rect", { class: "roadmap-ghost", y: TOP + BAR + 1, height: 4, ...box(scale, dates) });
}

function marksOf(bar: Bar, scale: Scale): SVGElement[] {
  return bar.milestones.map((mark) => {
    const x = scale.x(dayOf(mark.done ?? mark.forecast ?? mark.due) + 0.5);
    const y = ROW / 2;
    const d = `M${x} ${y - DIAMOND}L${x + DIAMOND} ${y}L${x} ${y + DIAMOND}L${x - DIAMOND} ${y}Z`;
    return svg("path", { class: `roadmap-mark ${stateOf(mark)}`, d }, svg("title", {}, markHint(mark)));
  });
}

function stateOf(mark: Milestone): string {
  if (mark.done) return "is-done";
  return mark.forecast && mark.forecast > mark.due ? "is-late" : "";
}

function markHint(mark: Milestone): string {
  const after = mark.done
    ? `, done ${said(mark.done)}`
    : mark.forecast
      ? `, forecast ${said(mark.forecast)}`
      : "";
  return `${mark.name}: due ${said(mark.due)}${after}`;
}

/** An arrow from the end of what is needed to the start of what needs it; undefined where one of them has no row. */
export function drawLink(
  link: Link,
  scale: Scale,
  plan: Plan,
  moved?: Dates & { code: string },
): SVGElement | undefined {
  const [from, to] = [plan.bars.get(link.needs), plan.bars.get(link.project)];
  const [row, end] = [plan.place.get(link.needs), plan.place.get(link.project)];
  if (!from || !to || row === undefined || end === undefined) return undefined;
  const at = (bar: Bar) => box(scale, moved?.code === bar.code ? moved : bar);
  const [a, b] = [at(from), at(to)];
  const clash = plan.clash(link, moved);
  const states = [clash ? "is-clashing" : "", from.is_critical && to.is_critical ? "is-critical" : ""];
  const d = elbow(a.x + a.width, row * ROW + ROW / 2, b.x, end * ROW + ROW / 2);
  const path = svg("path", { class: `roadmap-link ${states.join(" ")}`.trim(), d });
  if (clash) path.append(svg("title", {}, clash.sentence));
  return path;
}

function elbow(x1: number, y1: number, x2: number, y2: number): string {
  const out = x1 + 6;
  const tip = `M${x2 - 4} ${y2 - 3}L${x2} ${y2}L${x2 - 4} ${y2 + 3}`;
  if (out <= x2 - 6) return `M${x1} ${y1}H${out}V${y2}H${x2}${tip}`;
  const between = y2 > y1 ? y2 - ROW / 2 : y2 + ROW / 2;
  return `M${x1} ${y1}H${out}V${between}H${x2 - 8}V${y2}H${x2}${tip}`;
}

/** Lines at the steps of time between two days, over some height. */
export function drawGrid(scale: Scale, from: number, to: number, top: number, bottom: number): SVGElement[] {
  const lines = (days: Tick[]) => days.map(({ day }) => `M${scale.x(day)} ${top}V${bottom}`).join("");
  return [
    svg("path", { class: "roadmap-grid", d: lines(ticks(scale.zoom, from, to)) }),
    svg("path", { class: "roadmap-grid is-strong", d: lines(above(scale.zoom, from, to)) }),
  ];
}

/** The names of the steps of time between two days, and where today is. */
export function drawAxis(scale: Scale, from: number, to: number, today: number): SVGElement[] {
  const name =
    (css: string, y: number) =>
    ({ day, label }: Tick) =>
      svg("text", { class: css, x: scale.x(day) + 4, y }, label);
  const upper = above(scale.zoom, from, to).map(name("roadmap-above", 15));
  const lower = scale.zoom === "year" ? [] : ticks(scale.zoom, from, to).map(name("roadmap-tick", 33));
  const mark = { class: "roadmap-now", x: scale.x(today + 0.5), y: AXIS - 3, "text-anchor": "middle" };
  return [...upper, ...lower, svg("text", mark, "▾")];
}

export function drawToday(scale: Scale, today: number, top: number, bottom: number): SVGElement {
  const x = scale.x(today + 0.5);
  return svg("path", { class: "roadmap-today", d: `M${x} ${top}V${bottom}` });
}
