import { inlineJson } from "../html.ts";
import { swallowClick } from "../map/drag.ts";
import { askData, askEffect, type Effect, postMove } from "../roadmap/asking.ts";
import { dragged, gripAt, Pending, pressed } from "../roadmap/moving.ts";
import { Panel } from "../roadmap/panel.ts";
import { paper } from "../roadmap/paper.ts";
import { changed, keyOf, Plan } from "../roadmap/plan.ts";
import { box } from "../roadmap/shapes.ts";
import { Scale, type Zoom } from "../roadmap/time.ts";
import type { Bar, RoadmapData } from "../roadmap/types.ts";
import { View } from "../roadmap/view.ts";
import { showScripted } from "../sending.ts";

const ASK_AFTER_MS = 150;
const FAR = 3;
const NAMES = 241;

/**
 * The roadmap. Its data lie in a JSON script and are fetched anew when something moved. Bars are dragged, resized and
 * moved by keys; what a move would do is told before it is released. Where moves are posted is the server's say:
 * today's plan or a scenario.
 */
export class Roadmap extends HTMLElement {
  #data: RoadmapData | null = null;
  #plan: Plan | undefined;
  #view: View | undefined;
  #panel: Panel | undefined;
  #pending: Pending | undefined;
  #asking = 0;
  #isStale = false;
  #onlyCritical = false;
  #sizes = new ResizeObserver(() => this.#view?.render());

  connectedCallback(): void {
    this.#data = inlineJson<RoadmapData>(this);
    if (!this.#data || !this.canvas || this.#view) return;
    showScripted(this);
    this.#panel = new Panel(this);
    this.canvas.hidden = false;
    this.#draw();
    this.#showToday(0.25);
    this.canvas.addEventListener("scroll", () => requestAnimationFrame(() => this.#view?.render()), {
      passive: true,
    });
    this.canvas.addEventListener("pointerdown", this.#onPointer);
    this.canvas.addEventListener("dragstart", (event) => event.preventDefault());
    this.canvas.addEventListener("focusin", this.#onFocus);
    this.canvas.addEventListener("pointerover", this.#onOver);
    this.addEventListener("keydown", this.#onKey);
    this.addEventListener("click", this.#onClick);
    this.addEventListener("live", () => void this.refresh());
    addEventListener("beforeprint", this.#onPrint);
    this.#sizes.observe(this.canvas);
  }

  disconnectedCallback(): void {
    this.#sizes.disconnect();
    this.#asking += 1;
    removeEventListener("beforeprint", this.#onPrint);
  }

  get canvas(): HTMLElement {
    return this.querySelector("[data-canvas]") as HTMLElement;
  }

  get zoom(): Zoom {
    return (this.dataset.zoom ?? "quarter") as Zoom;
  }

  /** Draws all anew where the canvas stands now. */
  #draw(): void {
    if (!this.#data) return;
    const { scrollTop } = this.canvas;
    const middle = this.#view?.middle;
    const focused = this.#keyOf(document.activeElement);
    this.#plan = new Plan(this.#data, this.#onlyCritical);
    const scale = new Scale(this.zoom, ...this.#plan.span).filling(this.canvas.clientWidth - NAMES);
    this.#view = new View(this.canvas, this.#plan, scale);
    this.canvas.scrollTop = scrollTop;
    if (middle !== undefined) this.#view.showDay(middle);
    this.#view.render();
    this.#enter(focused);
    for (const button of this.querySelectorAll<HTMLElement>("[data-zoom-to]"))
      button.setAttribute("aria-pressed", String(button.dataset.zoomTo === this.zoom));
  }

  #showToday(share?: number): void {
    if (this.#plan) this.#view?.showDay(this.#plan.today, share);
  }

  /** One bar is in the order of the Tab key: the one that had the focus, else the first. */
  #enter(focused: string | undefined): void {
    const first = this.#plan?.rows.find((row) => row.bar)?.bar;
    if (focused && this.#plan?.place.has(focused)) this.#view?.focus(focused);
    else if (first) this.#view?.bar(keyOf(first))?.setAttribute("tabindex", "0");
  }

  /** Fetches the plan as it is now, unless something is being moved; then it waits. */
  async refresh(): Promise<void> {
    this.#isStale = this.#pending !== undefined;
    if (this.#isStale || !this.dataset.sourceUrl) return;
    const data = await askData(this.dataset.sourceUrl);
    if (!data || this.#pending) return;
    this.#data = data;
    this.#draw();
  }

  #keyOf(target: EventTarget | null): string | undefined {
    const link = target instanceof Element ? target.closest("[data-key]") : null;
    return link && this.contains(link) ? (link.getAttribute("data-key") ?? undefined) : undefined;
  }

  #barOf(target: EventTarget | null): Bar | undefined {
    const key = this.#keyOf(target);
    return key ? this.#plan?.bars.get(key) : undefined;
  }

  #onFocus = (event: FocusEvent): void => {
    const key = this.#keyOf(event.target);
    if (!key) return;
    for (const link of this.querySelectorAll('[data-key][tabindex="0"]')) link.setAttribute("tabindex", "-1");
    (event.target as Element).setAttribute("tabindex", "0");
  };

  /** The edges of a bar that may be moved show that they can be taken. */
  #onOver = (event: PointerEvent): void => {
    const bar = this.#barOf(event.target);
    if (bar?.may_move) this.canvas.dataset.grip = this.#grip(bar, event);
    else delete this.canvas.dataset.grip;
  };

  #grip(bar: Bar, event: PointerEvent) {
    if (!this.#view) return "whole";
    const { x, width } = box(this.#view.scale, bar);
    return gripAt(this.#view.scale.x(this.#view.dayAt(event)), x, width);
  }

  #onClick = (event: Event): void => {
    const button = (event.target as Element).closest<HTMLElement>("button");
    if (button?.dataset.zoomTo) this.#zoomTo(button.dataset.zoomTo as Zoom);
    else if (button?.matches("[data-today]")) this.#showToday();
    else if (button?.matches("[data-only]")) this.#narrow(button);
    else if (button?.matches("[data-release]")) void this.#release();
    else if (button?.matches("[data-give-up]")) this.#giveUp();
  };

  #zoomTo(zoom: Zoom): void {
    this.#giveUp();
    this.dataset.zoom = zoom;
    const here = new URL(location.href);
    here.searchParams.set("zoom", zoom);
    history.replaceState(history.state, "", here);
    this.#draw();
  }

  #narrow(button: HTMLElement): void {
    this.#giveUp();
    this.#onlyCritical = !this.#onlyCritical;
    button.setAttribute("aria-pressed", String(this.#onlyCritical));
    this.canvas.scrollTop = 0;
    this.#draw();
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const bar = this.#barOf(event.target);
    const act = this.#actOf(event, bar);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  #actOf(event: KeyboardEvent, bar: Bar | undefined): (() => void) | undefined {
    const { key, shiftKey } = event;
    if (key === "Escape" && this.#pending) return () => this.#giveUp();
    if (!bar) return undefined;
    if (key === "Enter" && this.#pending) return () => void this.#release();
    if (key === "ArrowUp" || key === "ArrowDown") return () => this.#step(bar, key === "ArrowUp" ? -1 : 1);
    if (key !== "ArrowLeft" && key !== "ArrowRight") return undefined;
    return () => this.#press(bar, shiftKey, key === "ArrowLeft" ? -1 : 1);
  }

  /** To the next bar; headings of lanes are passed over. */
  #step(bar: Bar, direction: number): void {
    if (!this.#plan) return;
    const rows = this.#plan.rows;
    let place = (this.#plan.place.get(keyOf(bar)) ?? 0) + direction;
    while (rows[place]?.lane) place += direction;
    const next = rows[place]?.bar;
    if (next) this.#view?.focus(keyOf(next));
  }

  #press(bar: Bar, isResize: boolean, direction: number): void {
    if (!this.dataset.moveUrl || !bar.may_move) {
      this.#panel?.say(`You may not move ${bar.name}.`);
      return;
    }
    const pending = this.#take(bar);
    pending.dates = pressed(pending.dates, isResize ? "end" : "whole", this.zoom, direction);
    this.#preview();
  }

  /** Begins to move a bar; another one that was being moved goes back. */
  #take(bar: Bar): Pending {
    if (this.#pending?.bar !== bar) {
      this.#giveUp();
      this.#pending = new Pending(bar, { start: bar.start, end: bar.end });
    }
    return this.#pending as Pending;
  }

  #onPointer = (event: PointerEvent): void => {
    const bar = this.#barOf(event.target);
    const isFree = event.button === 0 && event.pointerType !== "touch" && this.dataset.moveUrl;
    if (!bar?.may_move || !isFree) return;
    this.#drag(bar, event);
  };

  #drag(bar: Bar, start: PointerEvent): void {
    const view = this.#view;
    if (!view) return;
    const grip = this.#grip(bar, start);
    const from = view.dayAt(start);
    const stop = new AbortController();
    const listening = { signal: stop.signal };
    let isDragging = false;
    const move = (event: PointerEvent): void => {
      isDragging ||= Math.abs(event.clientX - start.clientX) > FAR;
      if (!isDragging) return;
      const pending = this.#take(bar);
      const dates = dragged(pending.from, grip, Math.round(view.dayAt(event) - from));
      if (dates.start === pending.dates.start && dates.end === pending.dates.end) return;
      pending.dates = dates;
      this.#preview();
    };
    const end = (isKept: boolean): void => {
      stop.abort();
      if (!isDragging) return;
      swallowClick();
      if (isKept) void this.#release();
      else this.#giveUp();
    };
    document.addEventListener("pointermove", move, listening);
    document.addEventListener("pointerup", () => end(true), listening);
    document.addEventListener("pointercancel", () => end(false), listening);
    document.addEventListener("keydown", (event) => event.key === "Escape" && end(false), listening);
  }

  /** Shows what is being moved and what that does: conflicts at once, capacity and money when the server answers. */
  #preview(): void {
    const [pending, plan] = [this.#pending, this.#plan];
    if (!pending || !plan) return;
    const code = pending.bar.code;
    this.#view?.move({ code, ...pending.dates });
    this.#panel?.tell(pending, changed(plan.clashesOf(code), plan.clashesOf(code, pending.dates)));
    void this.#ask(pending);
  }

  async #ask(pending: Pending): Promise<void> {
    const turn = ++this.#asking;
    await new Promise((after) => setTimeout(after, ASK_AFTER_MS));
    if (turn !== this.#asking || !this.dataset.effectUrl || !pending.isChanged) return;
    const scenario = this.dataset.scenario;
    const fields = { project: pending.bar.code, ...pending.dates, ...(scenario ? { scenario } : {}) };
    const effect: Effect | null = await askEffect(this.dataset.effectUrl, fields);
    if (turn === this.#asking && effect && this.#pending === pending) this.#panel?.add(effect);
  }

  #giveUp(): void {
    if (!this.#pending) return;
    const key = keyOf(this.#pending.bar);
    this.#close();
    this.#view?.focus(key);
    this.#panel?.say("Nothing was moved.");
    if (this.#isStale) void this.refresh();
  }

  #close(): void {
    this.#pending = undefined;
    this.#asking += 1;
    this.#view?.move(undefined);
    this.#panel?.close();
  }

  /** Saves the move; where that is refused, the bar goes back and the reason stays. */
  async #release(): Promise<void> {
    const pending = this.#pending;
    if (!pending || !this.dataset.moveUrl) return;
    if (!pending.isChanged) return this.#giveUp();
    const { bar, dates } = pending;
    const token = this.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
    this.#pending = undefined;
    this.#asking += 1;
    const answer = await postMove(this.dataset.moveUrl, bar.code, dates, bar.version, token);
    if (answer.done)
      Object.assign(bar, dates, answer.version === undefined ? {} : { version: answer.version });
    this.#draw();
    this.#panel?.close();
    this.#panel?.answer(answer);
    this.#view?.focus(keyOf(bar));
    await this.refresh();
  }

  /** For print the whole plan is laid out in pieces that fit on sheets. */
  #onPrint = (): void => {
    if (this.#plan) this.querySelector("[data-paper]")?.replaceChildren(...paper(this.#plan));
  };
}

customElements.define("m-roadmap", Roadmap);
