import type { Place, Range } from "./types.ts";

/** The rectangle that two corners span. */
export function rangeOf(one: Place, other: Place): Range {
  return {
    top: Math.min(one.row, other.row),
    bottom: Math.max(one.row, other.row),
    left: Math.min(one.column, other.column),
    right: Math.max(one.column, other.column),
  };
}

export function contains(range: Range, { row, column }: Place): boolean {
  return row >= range.top && row <= range.bottom && column >= range.left && column <= range.right;
}

export function* placesIn(range: Range): Generator<Place> {
  for (let row = range.top; row <= range.bottom; row += 1) {
    for (let column = range.left; column <= range.right; column += 1) yield { row, column };
  }
}

/** What is selected in a sheet: the cell one is in, and the corner from which a range was opened. */
export class Selection {
  active: Place = { row: 0, column: 0 };
  anchor: Place = { row: 0, column: 0 };

  constructor(
    private size: () => { rows: number; columns: number },
    private changed: () => void,
  ) {}

  get range(): Range {
    return rangeOf(this.anchor, this.active);
  }

  get isOneCell(): boolean {
    return this.anchor.row === this.active.row && this.anchor.column === this.active.column;
  }

  /** Goes to a cell; `extends` keeps the other corner of the range. */
  goTo(place: Place, extend = false): void {
    this.active = this.#within(place);
    if (!extend) this.anchor = this.active;
    this.changed();
  }

  move(rows: number, columns: number, extend = false): void {
    this.goTo({ row: this.active.row + rows, column: this.active.column + columns }, extend);
  }

  /** The next cell in reading order; false at the end of the sheet, so that Tab can leave it. */
  next(step: 1 | -1): boolean {
    const { rows, columns } = this.size();
    const at = this.active.row * columns + this.active.column + step;
    if (at < 0 || at >= rows * columns) return false;
    this.goTo({ row: Math.floor(at / columns), column: at % columns });
    return true;
  }

  select(range: Range): void {
    this.span({ row: range.bottom, column: range.right }, { row: range.top, column: range.left });
  }

  /** Selects from one corner to another, and stays in the latter. */
  span(anchor: Place, active: Place): void {
    this.anchor = this.#within(anchor);
    this.active = this.#within(active);
    this.changed();
  }

  all(): void {
    const { rows, columns } = this.size();
    this.select({ top: 0, left: 0, bottom: rows - 1, right: columns - 1 });
  }

  #within({ row, column }: Place): Place {
    const { rows, columns } = this.size();
    return {
      row: Math.max(0, Math.min(rows - 1, row)),
      column: Math.max(0, Math.min(columns - 1, column)),
    };
  }
}
