import { element } from "../html.ts";
import { CURVES, type Curve } from "./curves.ts";
import type { SheetModel } from "./model.ts";
import { figuresOf, layOver } from "./moves.ts";
import { decimalMark, NoNumber, readNumber, rescaled, written } from "./numbers.ts";
import { part } from "./tools.ts";
import type { Range } from "./types.ts";

/** The form that lays a total over columns of figures by a curve. */
export class CurveForm {
  readonly #menu: HTMLDetailsElement | null;

  constructor(
    private host: HTMLElement,
    private model: SheetModel,
    private range: () => Range,
    private nameOf: (row: number) => string,
    private done: (range: Range, curve: Curve) => void,
  ) {
    this.#menu = part(host, ".sheet-curve");
    this.#fill("from");
    this.#fill("to");
    const curves = model.data.curves.map((curve) => element("option", { value: curve }, CURVES[curve]));
    this.#field("curve")?.append(...curves);
    this.#menu?.addEventListener("toggle", () => this.#menu?.open && this.#begin());
    this.#menu?.addEventListener("keydown", (event) => this.#onKey(event));
    part(host, "[data-curve-fill]")?.addEventListener("click", () => this.#lay());
  }

  #field(name: string): HTMLInputElement | HTMLSelectElement | null {
    return this.host.querySelector(`[data-curve=${name}]`);
  }

  #fill(name: string): void {
    this.model.columns.forEach(({ kind, group, label }, at) => {
      const text = [group, label].filter(Boolean).join(" ");
      if (kind === "number") this.#field(name)?.append(element("option", { value: String(at) }, text));
    });
  }

  /** Begins with what is selected, and with what stands there already. */
  #begin(): void {
    const range = this.range();
    const numbers = this.model.columns.flatMap(({ kind }, at) => (kind === "number" ? [at] : []));
    const chosen = numbers.filter((at) => at >= range.left && at <= range.right);
    const [from, to] = chosen.length > 1 ? [chosen[0], chosen.at(-1)] : [numbers[0], numbers.at(-1)];
    this.#set("from", String(from));
    this.#set("to", String(to));
    const { sum, count } = figuresOf(this.model, {
      ...range,
      bottom: range.top,
      left: from ?? 0,
      right: to ?? 0,
    });
    const { decimals } = this.model.data;
    this.#set("total", count ? written(rescaled(sum, this.model.reader.places, decimals), decimals) : "");
    const lines = range.bottom - range.top;
    const line = part(this.host, "[data-curve-line]");
    if (line)
      line.textContent = this.nameOf(range.top) + (lines ? ` and ${lines} more, each with this total` : "");
    this.#complain("");
    this.#field("total")?.focus();
  }

  #set(name: string, value: string): void {
    const field = this.#field(name);
    if (field) field.value = value;
  }

  #complain(text: string): void {
    const error = part(this.host, "[data-curve-error]");
    if (error) error.textContent = text;
  }

  /** Enter here lays out the total; it does not send the form around the sheet. */
  #onKey(event: KeyboardEvent): void {
    if (event.key !== "Enter" || (event.target as Element).matches("button, summary")) return;
    event.preventDefault();
    this.#lay();
  }

  #lay(): void {
    const { decimals } = this.model.data;
    const [from, to] = [Number(this.#field("from")?.value), Number(this.#field("to")?.value)];
    const units = this.#total();
    if (units === null) return;
    if (from > to) {
      this.#complain("It ends before it begins.");
      return;
    }
    const range = { ...this.range(), left: from, right: to };
    const curve = this.#field("curve")?.value as Curve;
    layOver(this.model, range, rescaled(units, decimals, this.model.reader.places), curve);
    if (this.#menu) this.#menu.open = false;
    this.done(range, curve);
  }

  /** The total as it was typed, or null after saying what is wrong with it. */
  #total(): bigint | null {
    const text = this.#field("total")?.value ?? "";
    const { unit, decimals } = this.model.data;
    try {
      const units = readNumber(text, decimalMark([text]), unit, decimals);
      this.#complain(units === null ? "Say how much there is to lay out." : "");
      return units;
    } catch (error) {
      if (!(error instanceof NoNumber)) throw error;
      this.#complain(error.message);
      return null;
    }
  }
}
