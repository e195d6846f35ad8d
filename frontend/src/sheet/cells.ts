import { type Mark, NoNumber, readNumber, rescaled, shown, written } from "./numbers.ts";
import type { Cell, Column } from "./types.ts";

/** Reads texts into cells of one sheet; figures are kept in units of its finest column. */
export class CellReader {
  readonly places: number;

  constructor(
    columns: Column[],
    readonly unit: string,
    decimals: number,
  ) {
    this.places = Math.max(decimals, ...columns.filter((c) => c.kind === "number").map((c) => c.decimals));
  }

  /** The cell for a text: tidied where it can be kept, as it was typed with the reason where it cannot. */
  read(text: string, column: Column, mark: Mark): Cell {
    if (column.kind === "number") return this.#number(text, column, mark);
    const tidy = text.split(/\s+/).filter(Boolean).join(" ");
    if (column.kind === "choice") return choice(tidy, column);
    const tooLong = tidy.length > column.longest;
    return word(tidy, tooLong ? `Too long: ${column.longest} characters at most.` : "");
  }

  /** A figure in units of the sheet as it stands in a cell of the column. */
  written(figure: bigint, column: Column): string {
    return written(rescaled(figure, this.places, column.decimals), column.decimals);
  }

  #number(text: string, column: Column, mark: Mark): Cell {
    try {
      const units = readNumber(text, mark, column.unit || this.unit, column.decimals);
      if (units === null) return word("");
      const figure = rescaled(units, column.decimals, this.places);
      return { text: written(units, column.decimals), figure, error: this.#bound(figure, column) };
    } catch (error) {
      if (!(error instanceof NoNumber)) throw error;
      return word(text.trim(), error.message);
    }
  }

  #bound(figure: bigint, { minimum, maximum, decimals }: Column): string {
    const beyond = (bound: string | null, isBeyond: (units: bigint) => boolean) => {
      const units = bound === null ? null : readNumber(bound, ".", "", decimals);
      return units !== null && isBeyond(rescaled(units, decimals, this.places));
    };
    if (beyond(minimum, (units) => figure < units)) return `At least ${minimum}.`;
    if (beyond(maximum, (units) => figure > units)) return `At most ${maximum}.`;
    return "";
  }
}

function word(text: string, error = ""): Cell {
  return { text, figure: null, error };
}

function choice(text: string, column: Column): Cell {
  const small = text.toLowerCase();
  const found = column.choices.find((pair) => pair.some((known) => known.toLowerCase() === small));
  if (!text || found) return word(found?.[0] ?? "");
  const labels = column.choices.map(([, label]) => label).join(", ");
  return word(text, `“${shown(text)}” is none of: ${labels}.`);
}

/** A cell's text as it is read: a choice by its label. */
export function inWords(text: string, column: Column): string {
  return column.choices.find(([value]) => value === text)?.[1] ?? text;
}
