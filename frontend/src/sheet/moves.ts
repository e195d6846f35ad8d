import { type Curve, spread } from "./curves.ts";
import type { SheetModel } from "./model.ts";
import { isAmbiguous, type Mark, plain, rescaled } from "./numbers.ts";
import { placesIn } from "./selection.ts";
import type { Change, Range } from "./types.ts";

export type Pasted = {
  put: number;
  refused: number;
  added: number;
  clipped: boolean;
  unsure: boolean;
  range: Range;
};

/** Empties every cell of a range. */
export function clear(model: SheetModel, range: Range): number {
  return model.put([...placesIn(range)].map((place) => ({ ...place, text: "" }))).put;
}

/** Copies the first column of a range to the right, or its first line down; one column takes from its neighbour. */
export function fill(model: SheetModel, range: Range, way: "right" | "down"): number {
  const right = way === "right";
  const isThin = right ? range.left === range.right : range.top === range.bottom;
  const from = (right ? range.left : range.top) - (isThin ? 1 : 0);
  if (from < 0) return 0;
  const changes = [...placesIn(range)]
    .filter(({ row, column }) => (right ? column : row) !== from)
    .map((place) => {
      const source = right ? { ...place, column: from } : { ...place, row: from };
      return { ...place, text: model.cell(source).text };
    });
  return model.put(changes, ".").put;
}

/** Puts a block into the sheet from the corner of the range on; the sheet grows where it may, the rest is cut off. */
export function paste(model: SheetModel, block: string[][], range: Range, mark?: Mark): Pasted {
  const tiled = tile(block, range);
  const wide = Math.max(...tiled.map((row) => row.length));
  const columns = Math.min(wide, model.columns.length - range.left);
  const room = model.countedLines.length - range.top;
  return model.asOne(() => {
    const before = model.lines.length;
    if (tiled.length > room) model.addLines(model.countedLines.length - 1, tiled.length - room);
    const added = model.lines.length - before;
    const rows = Math.min(tiled.length, room + added);
    const changes: Change[] = tiled
      .slice(0, rows)
      .flatMap((texts, row) =>
        texts
          .slice(0, columns)
          .map((text, column) => ({ row: range.top + row, column: range.left + column, text })),
      );
    const numbers = changes.filter(({ column }) => model.columns[column]?.kind === "number");
    return {
      ...model.put(changes, mark),
      added,
      clipped: rows < tiled.length || columns < wide,
      unsure: isUnsure(numbers.map(({ text }) => text)),
      range: { ...range, bottom: range.top + rows - 1, right: range.left + columns - 1 },
    };
  });
}

/** A block repeats itself where a whole number of it fits the range, as one copied cell does everywhere. */
function tile(block: string[][], range: Range): string[][] {
  const [height, width] = [block.length, Math.max(...block.map((row) => row.length))];
  const [down, right] = [(range.bottom - range.top + 1) / height, (range.right - range.left + 1) / width];
  if (!Number.isInteger(down) || !Number.isInteger(right)) return block;
  const wide = block.map((row) => Array.from({ length: width * right }, (_, i) => row[i % width] ?? ""));
  return Array.from({ length: height * down }, (_, i) => wide[i % height] ?? []);
}

/** Whether nothing in a block tells points before decimals from points between thousands. */
function isUnsure(texts: string[]): boolean {
  const told = texts.filter((text) => /[.,]/.test(text));
  return told.length > 0 && told.every(isAmbiguous);
}

/** Lays a total over the columns of figures from one to another in each line of the range. */
export function layOver(model: SheetModel, range: Range, total: bigint, curve: Curve): number {
  const columns = model.columns.flatMap(({ kind }, column) =>
    kind === "number" && column >= range.left && column <= range.right ? [column] : [],
  );
  const places = Math.min(...columns.map((column) => model.columns[column]?.decimals ?? 0));
  if (!columns.length) return 0;
  const parts = spread(rescaled(total, model.reader.places, places), columns.length, curve);
  const rows = Array.from({ length: range.bottom - range.top + 1 }, (_, i) => range.top + i);
  const changes = rows.flatMap((row) =>
    columns.map((column, i) => ({ row, column, text: plain(parts[i] ?? 0n, places) })),
  );
  return model.put(changes, ".").put;
}

export type Figures = { count: number; sum: bigint };

/** Sum and number of the figures in a range. */
export function figuresOf(model: SheetModel, range: Range): Figures {
  const figures = [...placesIn(range)].flatMap((place) => model.cell(place).figure ?? []);
  return { count: figures.length, sum: figures.reduce((sum, figure) => sum + figure, 0n) };
}
