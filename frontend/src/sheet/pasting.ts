import { inWords } from "./cells.ts";
import { blockOf, toTabs } from "./clipboard.ts";
import type { SheetModel } from "./model.ts";
import { clear, type Pasted, paste } from "./moves.ts";
import { type Mark, plain, rescaled } from "./numbers.ts";
import { placesIn, type Selection } from "./selection.ts";
import type { Status } from "./tools.ts";
import type { Place, Range } from "./types.ts";

/** Copying to spreadsheets and pasting from them. */
export class Pasting {
  #last: { block: string[][]; range: Range; mark: Mark } | null = null;

  constructor(
    private model: SheetModel,
    private selection: Selection,
    private status: Status,
  ) {}

  copy(event: ClipboardEvent, isCut: boolean): void {
    const { range } = this.selection;
    const rows = Array.from({ length: range.bottom - range.top + 1 }, (_, i) => range.top + i);
    const block = rows.map((row) => [...placesIn({ ...range, top: row, bottom: row })].map(this.#copied));
    event.clipboardData?.setData("text/plain", toTabs(block));
    event.preventDefault();
    const count = block.flat().length;
    if (isCut && this.model.data.open) this.status.say(`${cells(clear(this.model, range))} cut.`);
    else this.status.say(`${cells(count)} copied.`);
  }

  /** Takes the block on the clipboard from the corner of the selection on. */
  paste(event: ClipboardEvent): void {
    const block = event.clipboardData ? blockOf(event.clipboardData) : [];
    if (!block.length || !this.model.data.open) return;
    event.preventDefault();
    const { range } = this.selection;
    this.#last = { block, range, mark: "." };
    this.#tell(paste(this.model, block, range));
  }

  /** Reads the block that was pasted last with the other mark before the decimals. */
  again(): string {
    if (!this.#last || !this.model.undo()) return "Nothing to read again.";
    const { block, range, mark } = this.#last;
    this.#last.mark = mark === "." ? "," : ".";
    this.#tell(paste(this.model, block, range, this.#last.mark));
    return `Read with a ${this.#last.mark === "," ? "comma" : "point"} before the decimals.`;
  }

  #copied = (place: Place): { text: string; isNumber: boolean } => {
    const column = this.model.columns[place.column];
    const { text, figure } = this.model.cell(place);
    if (!column || figure === null) return { text: column ? inWords(text, column) : text, isNumber: false };
    const units = rescaled(figure, this.model.reader.places, column.decimals);
    return { text: plain(units, column.decimals), isNumber: true };
  };

  #tell({ put, refused, added, clipped, unsure, range }: Pasted): void {
    this.selection.select(range);
    const { noun } = this.model.data;
    const told = [
      `${cells(put)} pasted.`,
      added ? `${added} ${noun}${added === 1 ? "" : "s"} added.` : "",
      clipped ? "What lies beyond the sheet was left out." : "",
      refused
        ? `${cells(refused)} cannot be read; the reason stands beside ${refused === 1 ? "it" : "each"}.`
        : "",
      unsure ? "Points were taken for decimals and commas for thousands." : "",
    ];
    this.status.say(told.filter(Boolean).join(" "));
    this.status.offer(unsure ? "Read the other way" : "");
  }
}

/** A number of cells in words. */
export function cells(count: number): string {
  return `${count.toLocaleString("en-GB")} cell${count === 1 ? "" : "s"}`;
}
