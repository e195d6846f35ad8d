import { type CellReader, inWords } from "./cells.ts";
import type { Cell, Column, Line, LineData } from "./types.ts";

/** A line from what the page tells; what the server refused keeps its reason until somebody types. */
export function lineFrom(told: LineData, columns: Column[], reader: CellReader): Line {
  const cells = columns.map((column): [string, Cell] => {
    const cell = reader.read(told.cells[column.key] ?? "", column, ".");
    return [column.key, { ...cell, error: told.errors[column.key] ?? cell.error }];
  });
  const { key, kind, labels, theirs, taken, hints } = told;
  return { key, kind, labels, theirs, taken, hints, cells: Object.fromEntries(cells) };
}

export function blankLine(key: string): LineData {
  return { key, kind: "new", labels: [], cells: {}, errors: {}, theirs: {}, taken: [], hints: {} };
}

export function withCell(line: Line, key: string, cell: Cell): Line {
  return { ...line, cells: { ...line.cells, [key]: cell } };
}

/** What a line is called: its headings, else its first words. */
export function nameOf(line: Line, columns: Column[]): string {
  const words = columns
    .filter(({ kind }) => kind !== "number")
    .map((column) => inWords(line.cells[column.key]?.text ?? "", column));
  return [line.labels.filter(Boolean).join(" "), ...words].find(Boolean) ?? "New line";
}
