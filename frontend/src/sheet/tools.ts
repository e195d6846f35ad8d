import { element } from "../html.ts";
import type { SheetModel } from "./model.ts";
import { figuresOf } from "./moves.ts";
import { rescaled, written } from "./numbers.ts";
import type { Range } from "./types.ts";

/** A part of the component by its selector. */
export function part<Kind extends HTMLElement>(host: ParentNode, selector: string): Kind | null {
  return host.querySelector<Kind>(selector);
}

/** The line below a sheet: what just happened, figures of what is selected, and what is not saved yet. */
export class Status {
  constructor(
    private host: HTMLElement,
    private model: SheetModel,
  ) {}

  /** Says what happened, to eyes and to screen readers. */
  say(text: string): void {
    const said = part(this.host, ".sheet-said");
    if (said) said.textContent = text;
  }

  /** Offers to read a pasted block the other way. */
  offer(text: string): void {
    const button = part<HTMLButtonElement>(this.host, "[data-do=comma]");
    if (!button) return;
    button.hidden = text === "";
    button.textContent = text;
  }

  /** Sum, mean and number of the selected figures, where there are several. */
  count(range: Range): void {
    const { count, sum } = figuresOf(this.model, range);
    const { places } = this.model.reader;
    const { decimals } = this.model.data;
    const say = (figure: bigint, from: number) => written(rescaled(figure, from, decimals), decimals);
    // Four more places are enough for a mean that is rounded the same way everywhere.
    const mean = count ? (sum * 10_000n) / BigInt(count) : 0n;
    const told =
      count > 1 ? [`Sum ${say(sum, places)}`, `Mean ${say(mean, places + 4)}`, `Count ${count}`] : [];
    part(this.host, ".sheet-figures")?.replaceChildren(...told.map((text) => element("span", {}, text)));
  }

  /** What is not saved yet. */
  unsaved(): void {
    const mark = part(this.host, ".sheet-unsaved");
    if (!mark) return;
    const { unsaved, errors } = this.model;
    mark.hidden = unsaved === 0;
    const wrong = errors ? `, ${errors} cannot be read` : "";
    const words = part(mark, "span");
    if (words) words.textContent = `${unsaved} change${unsaved === 1 ? "" : "s"} not saved yet${wrong}`;
  }
}
