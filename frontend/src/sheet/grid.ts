import { element } from "../html.ts";
import { inWords } from "./cells.ts";
import { nameOf } from "./lines.ts";
import type { SheetModel } from "./model.ts";
import { rescaled, written } from "./numbers.ts";
import { contains } from "./selection.ts";
import type { Cell, Column, Line, Place, Range } from "./types.ts";

const NARROW = "(width < 48rem)";

/** The table on the page: cells of a grid that show the model, drawn again only where it changed. */
export class Grid {
  #rows = new Map<string, { element: HTMLTableRowElement; line: Line }>();
  #selected: Range | null = null;
  #active: HTMLElement | null = null;
  readonly #body: HTMLElement;

  constructor(
    readonly table: HTMLTableElement,
    private model: SheetModel,
  ) {
    this.#body = table.querySelector("tbody") ?? table.createTBody();
    table.setAttribute("role", "grid");
    table.setAttribute("aria-multiselectable", "true");
    if (!model.data.open) table.setAttribute("aria-readonly", "true");
    for (const cell of table.querySelectorAll(".removal")) cell.remove();
    this.#body.replaceChildren();
    this.#markHead();
  }

  /** Shows the model as it is now. */
  draw(): void {
    const lines = this.model.lines;
    const keys = new Set(lines.map(({ key }) => key));
    for (const [key, { element: row }] of this.#rows) if (!keys.has(key)) this.#drop(key, row);
    lines.forEach((line, at) => {
      const row = this.#row(line);
      if (this.#body.children[at] !== row) this.#body.insertBefore(row, this.#body.children[at] ?? null);
    });
    this.#drawSums();
  }

  /** Shows one cell anew, as when a field stood in it. */
  redraw({ row, column }: Place): void {
    const [line, at] = [this.model.lines[row], this.model.columns[column]];
    const cell = this.cellAt({ row, column });
    if (line && at && cell) this.#drawCell(cell, line, at);
  }

  /** Marks what is selected. */
  mark(range: Range, active: Place, focus: boolean): void {
    for (const cell of this.#body.querySelectorAll<HTMLElement>('[aria-selected="true"]')) {
      if (!this.#selected || !contains(range, this.placeOf(cell) ?? active))
        cell.setAttribute("aria-selected", "false");
    }
    for (let row = range.top; row <= range.bottom; row += 1) {
      for (let column = range.left; column <= range.right; column += 1) {
        this.cellAt({ row, column })?.setAttribute("aria-selected", "true");
      }
    }
    this.#selected = range;
    this.reach(active);
    if (focus) this.#active?.focus();
  }

  /** The one cell that Tab comes to. */
  reach(active: Place): void {
    this.#active?.setAttribute("tabindex", "-1");
    this.#active = this.cellAt(active);
    this.#active?.setAttribute("tabindex", "0");
  }

  cellAt({ row, column }: Place): HTMLElement | null {
    const cells = this.#body.children[row]?.children;
    return (cells?.[this.model.data.headings.length + column] as HTMLElement | undefined) ?? null;
  }

  /** Which cell of the sheet an element lies in. */
  placeOf(target: EventTarget | null): Place | null {
    const cell = target instanceof Element ? target.closest<HTMLElement>("[data-column]") : null;
    const row = this.lineOf(cell);
    if (!cell || row === null) return null;
    return { row, column: this.model.columns.findIndex(({ key }) => key === cell.dataset.column) };
  }

  /** Which line an element lies in. */
  lineOf(target: EventTarget | null): number | null {
    const row = target instanceof Element ? target.closest("tbody > tr") : null;
    return row?.parentElement === this.#body ? [...this.#body.children].indexOf(row) : null;
  }

  /** Which column's heading an element lies in. */
  columnOf(target: EventTarget | null): number | null {
    const head = target instanceof Element ? target.closest<HTMLElement>("thead th[data-heads]") : null;
    return head ? Number(head.dataset.heads) : null;
  }

  /** Headings and leading words stay in sight; how far each stands from the edge is known only once it is drawn. */
  freeze(): void {
    const words = this.model.columns.findIndex(({ kind }) => kind === "number");
    const wanted = this.model.data.headings.length + Math.max(0, words);
    const wrap = this.table.parentElement;
    const room = (wrap?.clientWidth ?? 0) / 2;
    let [left, count] = [0, 0];
    for (const head of this.#heads.slice(0, matchMedia(NARROW).matches ? 1 : Math.min(3, wanted))) {
      if (count && left + head.offsetWidth > room) break;
      this.table.style.setProperty(`--sheet-left-${count}`, `${left}px`);
      left += head.offsetWidth;
      count += 1;
    }
    this.table.dataset.frozen = String(count);
    this.table.style.setProperty("--sheet-frozen", `${left}px`);
    const last = this.#heads.at(-1);
    const right = last?.classList.contains("sum") ? last.offsetWidth : 0;
    if (wrap) wrap.style.scrollPaddingInline = `${left}px ${right}px`;
  }

  get #heads(): HTMLElement[] {
    return [...this.table.querySelectorAll<HTMLElement>("thead > tr:last-child > *")];
  }

  #markHead(): void {
    const heads = this.#heads.slice(this.model.data.headings.length);
    this.model.columns.forEach((_, column) => {
      heads[column]?.setAttribute("data-heads", String(column));
    });
  }

  #drop(key: string, row: HTMLElement): void {
    row.remove();
    this.#rows.delete(key);
  }

  #row(line: Line): HTMLTableRowElement {
    const known = this.#rows.get(line.key);
    if (known?.line === line) return known.element;
    const row = known?.element ?? this.#newRow(line);
    this.model.columns.forEach((column, at) => {
      const cell = row.children[this.model.data.headings.length + at] as HTMLElement | undefined;
      if (cell && known?.line.cells[column.key] !== line.cells[column.key])
        this.#drawCell(cell, line, column);
    });
    const sum = row.querySelector<HTMLElement>(":scope > .sum");
    if (sum) sum.textContent = this.#sumOf(line);
    this.#rows.set(line.key, { element: row, line });
    return row;
  }

  #newRow(line: Line): HTMLTableRowElement {
    const { headings, totals } = this.model.data;
    const row = element("tr", { class: line.kind });
    headings.forEach((_, at) => {
      const label = line.labels[at] || (at === 0 && line.kind === "new" ? "New line" : "");
      row.append(
        at ? element("td", { class: "head" }, label) : element("th", { class: "head", scope: "row" }, label),
      );
    });
    this.model.columns.forEach((column, at) => {
      const isHead = at === 0 && !headings.length && column.kind !== "number";
      const cell = isHead ? element("th", { scope: "row", role: "rowheader" }) : element("td");
      cell.dataset.column = column.key;
      cell.tabIndex = -1;
      cell.setAttribute("aria-selected", "false");
      row.append(cell);
    });
    if (totals === "both" || totals === "lines") row.append(element("td", { class: "number sum" }));
    return row;
  }

  #drawCell(cell: HTMLElement, line: Line, column: Column): void {
    const value = line.cells[column.key] as Cell;
    cell.id = `${this.model.data.name}-${line.key}-${column.key}`;
    cell.className = column.kind;
    cell.classList.toggle("taken", line.taken.includes(column.key));
    cell.classList.toggle("clash", column.key in line.theirs);
    this.#describe(cell, line, column);
    this.#suggest(cell, value.text ? "" : (line.hints[column.key] ?? ""));
    cell.classList.toggle("edited", this.model.isChanged(line, column.key));
    cell.classList.toggle("negative", (value.figure ?? 0n) < 0n);
    cell.replaceChildren(element("span", {}, inWords(value.text, column)));
    if (line.kind === "fixed" || !this.model.data.open) cell.setAttribute("aria-readonly", "true");
    if (value.error) {
      const id = `${cell.id}-error`;
      cell.append(element("small", { class: "sheet-error", id }, value.error));
      cell.setAttribute("aria-invalid", "true");
      cell.setAttribute("aria-describedby", id);
    } else for (const name of ["aria-invalid", "aria-describedby"]) cell.removeAttribute(name);
  }

  /** Says what colours say: whose figure this is. */
  #describe(cell: HTMLElement, line: Line, column: Column): void {
    const who = this.model.data.who || "somebody else";
    const theirs = line.theirs[column.key];
    const isTaken = line.taken.includes(column.key);
    const words = theirs === undefined ? `taken over from ${who}` : `${who} saved ${theirs || "nothing"}`;
    if (isTaken || theirs !== undefined) cell.setAttribute("aria-description", words);
  }

  /** Shows a suggestion pale in an empty cell. */
  #suggest(cell: HTMLElement, hint: string): void {
    if (hint) {
      cell.dataset.hint = hint;
      cell.setAttribute("aria-description", `suggested ${hint}`);
    } else delete cell.dataset.hint;
  }

  #sumOf(line: Line): string {
    const isEmpty = this.model.columns.every(({ key }) => !line.cells[key]?.text);
    return isEmpty ? "" : this.#written(this.model.total([line], this.model.columns));
  }

  #drawSums(): void {
    const sums = [...this.table.querySelectorAll<HTMLElement>("tfoot .sum")];
    const counted = this.model.columns.filter(({ kind }) => kind === "number");
    counted.forEach((column, at) => {
      const cell = sums[at];
      if (!cell || !column.summed) return;
      cell.textContent = this.model.reader.written(
        this.model.total(this.model.countedLines, [column]),
        column,
      );
    });
    const all = sums[counted.length];
    const isSummed = counted.some(({ summed }) => summed);
    if (all && isSummed) all.textContent = this.#written(this.model.total(this.model.countedLines, counted));
  }

  #written(figure: bigint): string {
    const { decimals } = this.model.data;
    return written(rescaled(figure, this.model.reader.places, decimals), decimals);
  }

  /** What a line is called where it is spoken of. */
  nameOf(row: number): string {
    const line = this.model.lines[row];
    return line ? nameOf(line, this.model.columns) : "";
  }
}
