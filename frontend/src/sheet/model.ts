import { CellReader } from "./cells.ts";
import { blankLine, lineFrom, withCell } from "./lines.ts";
import { decimalMark, type Mark } from "./numbers.ts";
import type { Base, Cell, Change, Column, Line, Place, Range, SheetData, State } from "./types.ts";

const MOST_STEPS = 200;
const EMPTY: Cell = { text: "", figure: null, error: "" };

/** The sheet as it stands: its lines, what can be undone, its sums, and what will be sent. */
export class SheetModel {
  readonly columns: Column[];
  readonly reader: CellReader;
  #state: State;
  #past: State[] = [];
  #future: State[] = [];
  #added = 0;
  /** The decimal mark this person has shown so far. */
  #habit: Mark = ".";

  constructor(
    readonly data: SheetData,
    readonly base: Base,
    private changed: () => void,
  ) {
    this.columns = data.columns;
    this.reader = new CellReader(data.columns, data.unit, data.decimals);
    this.#state = {
      lines: data.lines.map((line) => lineFrom(line, data.columns, this.reader)),
      gone: [...data.gone],
    };
    if (data.adds && data.open && data.lines.length === 0) this.#state.lines = [this.#blank()];
  }

  get lines(): readonly Line[] {
    return this.#state.lines;
  }

  get state(): State {
    return this.#state;
  }

  cell({ row, column }: Place): Cell {
    return this.lines[row]?.cells[this.columns[column]?.key ?? ""] ?? EMPTY;
  }

  isOpen(row: number): boolean {
    return this.data.open && this.lines[row] !== undefined && this.lines[row]?.kind !== "fixed";
  }

  /** Whether a cell says something else than the page did when it was opened. */
  isChanged(line: Line, key: string): boolean {
    const began = this.base[line.key]?.[key] ?? "";
    return line.kind !== "fixed" && (line.cells[key]?.text ?? "") !== began;
  }

  get unsaved(): number {
    const cells = this.lines.map(
      (line) => this.columns.filter(({ key }) => this.isChanged(line, key)).length,
    );
    return cells.reduce((sum, count) => sum + count, 0) + this.#state.gone.length;
  }

  get errors(): number {
    const wrong = (line: Line) => this.columns.filter(({ key }) => line.cells[key]?.error).length;
    return this.lines.reduce((sum, line) => sum + wrong(line), 0);
  }

  /** Puts texts into cells as one step; the decimal mark is what the block shows. Closed cells stay. */
  put(changes: Change[], mark?: Mark): { put: number; refused: number } {
    const numbers = changes.filter(({ column }) => this.columns[column]?.kind === "number");
    const meant =
      mark ??
      decimalMark(
        numbers.map(({ text }) => text),
        this.#habit,
      );
    if (!mark) this.#habit = meant;
    const lines = [...this.lines];
    const done = { put: 0, refused: 0 };
    for (const { row, column, text } of changes) {
      const [line, at] = [lines[row], this.columns[column]];
      if (!line || !at || !this.isOpen(row)) continue;
      const cell = this.reader.read(text, at, meant);
      lines[row] = withCell(line, at.key, cell);
      done.put += 1;
      done.refused += cell.error ? 1 : 0;
    }
    this.#step({ ...this.#state, lines });
    return done;
  }

  /** Adds empty lines after one; says where the first of them stands, or null where there is no room. */
  addLines(after: number, count = 1): number | null {
    const free = Math.min(count, this.data.adds ? this.data.most - this.lines.length : 0);
    if (free <= 0) return null;
    const at = Math.min(after + 1, this.#endOfOpen());
    const blanks = Array.from({ length: free }, () => this.#blank());
    this.#step({ ...this.#state, lines: this.lines.toSpliced(at, 0, ...blanks) });
    return at;
  }

  /** Removes the lines of a range that may go; says how many went. */
  removeLines({ top, bottom }: Range): number {
    const goes = (line: Line, row: number) =>
      row >= top && row <= bottom && this.isOpen(row) && (line.kind === "new" || this.data.removes);
    const going = this.lines.filter(goes);
    if (!going.length) return 0;
    const stored = going.filter(({ kind }) => kind === "stored").map(({ key }) => key);
    const lines = this.lines.filter((line, row) => !goes(line, row));
    if (!lines.length && this.data.adds) lines.push(this.#blank());
    this.#step({ lines, gone: [...this.#state.gone, ...stored] });
    return going.length;
  }

  /** Several steps are one for undo. */
  asOne<Result>(work: () => Result): Result {
    const [before, steps] = [this.#state, this.#past.length];
    const result = work();
    if (this.#past.length > steps + 1) this.#past = [...this.#past.slice(0, steps), before];
    return result;
  }

  undo(): boolean {
    return this.#travel(this.#past, this.#future);
  }

  redo(): boolean {
    return this.#travel(this.#future, this.#past);
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** The sum over lines and columns, of what is summed and can be read. */
  total(lines: readonly Line[], columns: Column[]): bigint {
    const summed = columns.filter(({ summed }) => summed);
    const figures = lines.flatMap(({ cells }) => summed.map(({ key }) => cells[key]?.figure ?? 0n));
    return figures.reduce((sum, figure) => sum + figure, 0n);
  }

  get countedLines(): Line[] {
    return this.lines.filter(({ kind }) => kind !== "fixed");
  }

  /** The whole sheet in one field of the form. */
  whole(): string {
    const lines = this.countedLines.map(({ key, cells }) => ({
      key,
      cells: Object.fromEntries(this.columns.map((column) => [column.key, cells[column.key]?.text ?? ""])),
    }));
    return JSON.stringify({ lines, gone: this.#state.gone });
  }

  /** Brings back what was kept of this sheet, as one step. */
  restore(kept: string): void {
    const told = JSON.parse(kept) as {
      lines: { key: string; cells: Record<string, string> }[];
      gone: string[];
    };
    const known = new Map(this.data.lines.map((line) => [line.key, line]));
    const fixed = this.lines.filter(({ kind }) => kind === "fixed");
    const lines = told.lines.map(({ key, cells }) => {
      const line = known.get(key) ?? blankLine(key);
      return lineFrom({ ...line, cells, errors: {} }, this.columns, this.reader);
    });
    this.#step({ lines: [...lines, ...fixed], gone: told.gone });
  }

  #blank(): Line {
    const taken = new Set(
      this.data.lines.map(({ key }) => key).concat(this.#state?.lines.map(({ key }) => key) ?? []),
    );
    do this.#added += 1;
    while (taken.has(`new-${this.#added}`));
    return lineFrom(blankLine(`new-${this.#added}`), this.columns, this.reader);
  }

  #endOfOpen(): number {
    const last = this.lines.findLastIndex(({ kind }) => kind !== "fixed");
    return last < 0 ? this.lines.length : last + 1;
  }

  #step(next: State): void {
    this.#past = [...this.#past, this.#state].slice(-MOST_STEPS);
    this.#future = [];
    this.#state = next;
    this.changed();
  }

  #travel(from: State[], to: State[]): boolean {
    const next = from.pop();
    if (!next) return false;
    to.push(this.#state);
    this.#state = next;
    this.changed();
    return true;
  }
}
