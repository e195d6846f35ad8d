import { element } from "../html.ts";
import { keyOf, type Plan } from "./plan.ts";
import { AXIS, drawAxis, drawBar, drawGrid, drawLink, drawToday, ROW, svg } from "./shapes.ts";
import { above, type Scale } from "./time.ts";
import type { Dates, Link, Row } from "./types.ts";

const BEYOND = 12;
const CHUNK = 8;
const SIDE = 600;
const LEAST_NAMES = 240;
const SCROLLBAR = 18;

export type Moved = Dates & { code: string };

/**
 * The drawing: only rows and steps of time near the visible part are in the document, whatever the plan's size.
 * Names stay at the left and the axis on top while the canvas scrolls.
 */
export class View {
  moved: Moved | undefined;
  readonly #picture = svg("svg", {
    class: "roadmap-picture",
    role: "group",
    "aria-label": "Projects in time",
  });
  readonly #axis = svg("svg", { class: "roadmap-axis", height: AXIS, "aria-hidden": "true" });
  readonly #names = element("div", { class: "roadmap-names" });
  readonly #begin = element("span", { class: "roadmap-begin" });
  readonly #grid = svg("g");
  readonly #bands = svg("g");
  readonly #links = svg("g");
  readonly #rows = svg("g");
  readonly #drawn = new Map<number, { name: HTMLElement; group: SVGGElement | undefined }>();
  readonly #arrows = new Map<Link, SVGElement>();
  #seen = "";

  constructor(
    readonly canvas: HTMLElement,
    readonly plan: Plan,
    readonly scale: Scale,
  ) {
    this.#picture.append(this.#grid, this.#bands, this.#links, this.#rows);
    this.#picture.setAttribute("width", String(scale.total));
    this.#picture.setAttribute("height", String(this.height));
    this.#axis.setAttribute("width", String(scale.total));
    this.#names.style.height = `${this.height}px`;
    const corner = element("div", { class: "roadmap-corner" }, "Project", this.#begin);
    const space = element("div", { class: "roadmap-space" }, corner, this.#axis, this.#names, this.#picture);
    canvas.replaceChildren(space);
    canvas.style.height = `${this.height + AXIS + SCROLLBAR}px`;
    this.render();
  }

  get height(): number {
    return Math.max(1, this.plan.rows.length) * ROW;
  }

  /** How much of the canvas the names take. */
  get #side(): number {
    return this.#names.offsetWidth || LEAST_NAMES;
  }

  /** Draws what came into sight and takes away what left it. */
  render = (): void => {
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = this.canvas;
    const first = Math.max(0, Math.floor((scrollTop / ROW - BEYOND) / CHUNK) * CHUNK);
    const last = Math.ceil(((scrollTop + clientHeight) / ROW + BEYOND) / CHUNK) * CHUNK;
    const left = Math.floor(scrollLeft / SIDE - 1) * SIDE;
    const right = Math.ceil((scrollLeft + clientWidth) / SIDE + 1) * SIDE;
    const day = Math.floor(this.scale.day(scrollLeft));
    this.#begin.textContent = above(this.scale.zoom, day, day)[0]?.label ?? "";
    const seen = [first, last, left, right].join();
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.#drawRows(first, Math.min(last, this.plan.rows.length));
    this.#drawLinks(first, last);
    const [top, bottom] = [first * ROW, Math.min(last * ROW, this.height)] as const;
    this.#drawTime(Math.max(left, 0), Math.min(right, this.scale.total), top, bottom);
  };

  #drawTime(left: number, right: number, top: number, bottom: number): void {
    const [from, to] = [this.scale.day(left), this.scale.day(right)].map(Math.floor) as [number, number];
    const today = drawToday(this.scale, this.plan.today, top, bottom);
    this.#grid.replaceChildren(...drawGrid(this.scale, from, to, top, bottom), today);
    this.#axis.replaceChildren(...drawAxis(this.scale, from, to, this.plan.today));
  }

  #drawRows(first: number, last: number): void {
    const focused = this.#placeOfFocus();
    for (const [place, { name, group }] of this.#drawn) {
      if ((place >= first && place < last) || place === focused) continue;
      name.remove();
      group?.remove();
      this.#drawn.delete(place);
    }
    for (let place = first; place < last; place += 1) if (!this.#drawn.has(place)) this.#add(place);
  }

  #add(place: number): void {
    const row = this.plan.rows[place];
    if (!row) return;
    const name = nameOf(row);
    name.style.transform = `translateY(${place * ROW}px)`;
    this.#names.append(name);
    const group = row.bar ? this.#bar(place) : this.#band(place);
    if (row.bar) this.#rows.append(group);
    else this.#bands.append(group);
    this.#drawn.set(place, { name, group });
  }

  #bar(place: number): SVGGElement {
    const bar = this.plan.rows[place]?.bar;
    if (!bar) throw new Error("There is no bar in this row.");
    const moved = this.moved?.code === bar.code && bar.kind === "project" ? this.moved : undefined;
    return drawBar(bar, this.scale, this.plan, place * ROW, moved);
  }

  #band(place: number): SVGGElement {
    const area = { class: "roadmap-band", y: place * ROW, width: this.scale.total, height: ROW };
    return svg("g", {}, svg("rect", area));
  }

  #drawLinks(first: number, last: number): void {
    const isNear = (code: string) => {
      const place = this.plan.place.get(code) ?? -1;
      return place >= first && place < last;
    };
    // What begins and ends out of sight would only cross the picture.
    const near = this.plan.links.filter(({ needs, project }) => isNear(needs) || isNear(project));
    const wanted = new Set(near);
    for (const [link, path] of this.#arrows) {
      if (wanted.has(link)) continue;
      path.remove();
      this.#arrows.delete(link);
    }
    for (const link of near) if (!this.#arrows.has(link)) this.#drawLink(link);
  }

  /** What is in conflict lies on top of all others. */
  #drawLink(link: Link): void {
    const path = drawLink(link, this.scale, this.plan, this.moved);
    if (!path) return;
    this.#arrows.set(link, path);
    if (path.matches(".is-clashing")) this.#links.append(path);
    else this.#links.prepend(path);
  }

  /** Shows a project at other dates, or where it lies; focus stays on it. */
  move(moved: Moved | undefined): void {
    const codes = new Set([this.moved?.code, moved?.code]);
    this.moved = moved;
    for (const code of codes) if (code) this.#redraw(code);
    const drawn = [...this.#arrows.keys()].filter((link) => codes.has(link.needs) || codes.has(link.project));
    for (const link of drawn) {
      this.#arrows.get(link)?.remove();
      this.#drawLink(link);
    }
  }

  #redraw(code: string): void {
    const tied = this.plan.links.filter(({ needs, project }) => needs === code || project === code);
    const touched = new Set([code, ...tied.flatMap(({ needs, project }) => [needs, project])]);
    for (const one of touched) {
      const place = this.plan.place.get(one);
      const known = place === undefined ? undefined : this.#drawn.get(place);
      if (place === undefined || !known?.group) continue;
      this.#exchange(place, known.group);
    }
  }

  /** A drawn row keeps its link, which may hold the focus and the pointer; only what is in it changes. */
  #exchange(place: number, group: SVGGElement): void {
    const fresh = this.#bar(place);
    const [old, made] = [group.querySelector("a"), fresh.querySelector("a")];
    if (!old || !made) return;
    for (const name of ["class", "aria-label"]) old.setAttribute(name, made.getAttribute(name) ?? "");
    old.replaceChildren(...made.childNodes);
    for (const other of [...group.children]) if (other !== old) other.remove();
    group.prepend(...[...fresh.children].filter((child) => child !== made));
  }

  #placeOfFocus(): number | undefined {
    const key = document.activeElement?.getAttribute("data-key");
    return key ? this.plan.place.get(key) : undefined;
  }

  /** The bar of a project or programme, drawn if need be. */
  bar(key: string): SVGAElement | undefined {
    const place = this.plan.place.get(key);
    if (place === undefined) return undefined;
    if (!this.#drawn.has(place)) this.#add(place);
    return this.#drawn.get(place)?.group?.querySelector<SVGAElement>("a") ?? undefined;
  }

  /** Puts the focus on a bar and brings it into sight. */
  focus(key: string): void {
    const place = this.plan.place.get(key);
    if (place === undefined) return;
    this.reveal(place);
    this.bar(key)?.focus({ preventScroll: true });
  }

  /** Scrolls as far as a row needs to be seen. */
  reveal(place: number): void {
    const { scrollTop, clientHeight } = this.canvas;
    const [top, bottom] = [place * ROW, place * ROW + ROW];
    if (top < scrollTop) this.canvas.scrollTop = top;
    else if (bottom > scrollTop + clientHeight - AXIS) this.canvas.scrollTop = bottom - clientHeight + AXIS;
    this.render();
  }

  /** The day in the middle of what is seen, to stay there when the zoom changes. */
  get middle(): number {
    const seen = this.canvas.clientWidth - this.#side;
    return this.scale.day(this.canvas.scrollLeft + seen / 2);
  }

  /** Brings a day to a share of what is seen. */
  showDay(day: number, share = 0.5): void {
    const seen = this.canvas.clientWidth - this.#side;
    this.canvas.scrollLeft = Math.max(0, this.scale.x(day) - seen * share);
    this.render();
  }

  /** The day under a pointer. */
  dayAt(event: MouseEvent): number {
    return this.scale.day(event.clientX - this.#picture.getBoundingClientRect().left);
  }
}

function nameOf(row: Row): HTMLElement {
  if (row.lane) {
    const { name, url } = row.lane;
    const inner = url ? element("a", { href: url, tabindex: "-1" }, name) : name;
    return element("div", { class: "roadmap-lane", title: name }, inner);
  }
  const { name, url, kind } = row.bar;
  const link = element("a", { href: url, tabindex: "-1", title: name }, name);
  return element("div", { class: `roadmap-name is-${kind}`, "data-of": keyOf(row.bar) }, link);
}
