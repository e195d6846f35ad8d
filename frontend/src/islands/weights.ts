import { element, inlineJson } from "../html.ts";
import { rescaled } from "../rank/shares.ts";
import {
  effectOf,
  effectWords,
  type Ranked,
  type Row,
  ranked,
  unpacked,
  type WeighingData,
} from "../rank/weighing.ts";
import { COUNT } from "../rank/words.ts";
import { showScripted } from "../sending.ts";

const POINTS = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/**
 * Weights that always make a whole: one is moved, the others follow, locked ones stay. The order that would follow is
 * computed here while a slider moves; nothing is kept until the form is sent.
 */
export class Weights extends HTMLElement {
  #rows: Row[] = [];
  #data: WeighingData | undefined;
  #original: number[] = [];
  #before: Ranked[] = [];
  #weights: number[] = [];
  #frame = 0;

  connectedCallback(): void {
    const data = inlineJson<WeighingData>(this);
    if (!data || this.#data) return;
    this.#data = data;
    this.#rows = data.rows.map(unpacked);
    this.#original = this.#boxes.map((box) => Number(box.defaultValue));
    this.#weights = this.#boxes.map((box) => Number(box.value));
    this.#before = ranked(this.#rows, this.#original, data.limit?.amount ?? null);
    showScripted(this);
    this.addEventListener("input", this.#onInput);
    this.addEventListener("change", this.#onChange);
    this.querySelector("[data-reset]")?.addEventListener("click", () => this.#show([...this.#original]));
    this.#show(this.#weights);
  }

  disconnectedCallback(): void {
    cancelAnimationFrame(this.#frame);
  }

  get #boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>("input[type=number]")];
  }

  get #sliders(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>("[data-slider]")];
  }

  get #locks(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>("[data-lock]")];
  }

  #onInput = (event: Event): void => {
    const at = this.#sliders.indexOf(event.target as HTMLInputElement);
    if (at >= 0) this.#set(at, Number((event.target as HTMLInputElement).value));
  };

  /** A box counts when it is left, so that 35 can be typed without passing 3. */
  #onChange = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    const at = this.#boxes.indexOf(field);
    if (at >= 0) this.#set(at, Number(field.value) || 0);
    if (this.#locks.includes(field)) this.#bar();
  };

  #set(at: number, wanted: number): void {
    const locked = this.#locks.map((lock) => lock.checked);
    this.#show(rescaled(this.#weights, at, wanted, locked));
  }

  /** A locked weight cannot be moved, nor one that has nothing to exchange with. */
  #bar(): void {
    const locked = this.#locks.map((lock) => lock.checked);
    const open = locked.filter((is) => !is).length;
    for (const [index, isLocked] of locked.entries()) {
      const isBarred = isLocked || open < 2;
      const [slider, box] = [this.#sliders[index], this.#boxes[index]];
      if (slider) slider.disabled = isBarred;
      if (box) box.readOnly = isBarred;
    }
  }

  #show(weights: number[]): void {
    this.#weights = weights;
    for (const [index, weight] of weights.entries()) {
      const [slider, box] = [this.#sliders[index], this.#boxes[index]];
      if (slider) slider.value = String(weight);
      if (box) box.value = String(weight);
    }
    const sum = this.querySelector("[data-sum]");
    if (sum) sum.textContent = String(Math.round(weights.reduce((all, weight) => all + weight, 0) * 10) / 10);
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#rank());
  }

  #rank(): void {
    const limit = this.#data?.limit?.amount ?? null;
    const now = ranked(this.#rows, this.#weights, limit);
    const told = this.querySelector("[data-effect]");
    const words = effectWords(effectOf(this.#before, now), now, limit !== null);
    if (told && told.textContent !== words) told.textContent = words;
    const was = new Map(this.#before.map((one, place) => [one.row.key, { place, isIn: one.isIn }]));
    const lines = now.slice(0, this.#data?.shown).map((one, place) => this.#line(one, place, was));
    this.querySelector("[data-order]")?.replaceChildren(...lines);
  }

  #line(one: Ranked, place: number, was: Map<string, { place: number; isIn: boolean }>): HTMLElement {
    const old = was.get(one.row.key);
    const step = (old?.place ?? place) - place;
    const name = one.row.url ? element("a", { href: one.row.url }, one.row.name) : one.row.name;
    const cells = [
      element("td", { class: "number" }, COUNT.format(place + 1)),
      element("td", {}, moveMark(step)),
      element("th", { scope: "row", class: "name" }, name, ...(one.row.isMust ? [mustMark()] : [])),
      element("td", { class: "number" }, one.total === null ? "–" : POINTS.format(one.total)),
    ];
    if (this.#data?.limit) {
      const amount = one.row.amount === null ? "–" : COUNT.format(one.row.amount);
      cells.push(
        element("td", { class: "number" }, amount),
        element("td", {}, side(one.isIn, old?.isIn ?? one.isIn)),
      );
    }
    const isCrossing = this.#data?.limit && one.isIn !== (old?.isIn ?? one.isIn);
    return element("tr", { class: isCrossing ? "changed" : undefined }, ...cells);
  }
}

function moveMark(step: number): string | HTMLElement {
  if (!step) return "";
  const words = step > 0 ? `up ${COUNT.format(step)}` : `down ${COUNT.format(-step)}`;
  const arrow = element("span", { "aria-hidden": "true" }, step > 0 ? "▲ " : "▼ ");
  return element("span", { class: step > 0 ? "trend-good" : "trend-bad" }, arrow, words);
}

function mustMark(): HTMLElement {
  return element("span", { class: "badge weights-must" }, "Must do");
}

function side(isIn: boolean, wasIn: boolean): string {
  if (isIn === wasIn) return isIn ? "Above" : "Below";
  return isIn ? "Now above" : "Now below";
}

customElements.define("m-weights", Weights);
