import type { Grid } from "./grid.ts";
import type { SheetModel } from "./model.ts";
import type { Selection } from "./selection.ts";

/** Selecting by mouse, pen and finger: drag over cells, click a heading for its line or column, tap to type. */
export class Pointer {
  #isDragging = false;

  constructor(
    table: HTMLTableElement,
    private grid: Grid,
    private selection: Selection,
    private model: SheetModel,
    private edit: () => void,
  ) {
    table.addEventListener("pointerdown", (event) => this.#onDown(event));
    table.addEventListener("pointerover", (event) => this.#onOver(event));
    table.addEventListener("click", (event) => this.#onClick(event));
    addEventListener("pointerup", () => {
      this.#isDragging = false;
    });
    // The press decides what is selected; text inside cells is not.
    table.addEventListener("mousedown", (event) => {
      if (!(event.target as Element).closest("input, select, a, button")) event.preventDefault();
    });
  }

  #onDown(event: PointerEvent): void {
    if (event.button !== 0 || event.pointerType === "touch" || isField(event.target)) return;
    const place = this.grid.placeOf(event.target);
    this.#isDragging = place !== null;
    if (place) this.selection.goTo(place, event.shiftKey);
    else this.#selectWhole(event);
  }

  #onOver(event: PointerEvent): void {
    const place = this.#isDragging && event.buttons & 1 ? this.grid.placeOf(event.target) : null;
    if (place) this.selection.goTo(place, true);
  }

  /** A finger scrolls by dragging, so it selects by a tap, and types at once. */
  #onClick(event: MouseEvent): void {
    const isTouch = (event as PointerEvent).pointerType === "touch";
    const place = isTouch && !isField(event.target) ? this.grid.placeOf(event.target) : null;
    if (!place) return;
    this.selection.goTo(place);
    this.edit();
  }

  #selectWhole(event: PointerEvent): void {
    const { rows, columns } = { rows: this.model.lines.length, columns: this.model.columns.length };
    const row = this.grid.lineOf(event.target);
    const column = this.grid.columnOf(event.target);
    if (row !== null) this.selection.select({ top: row, bottom: row, left: 0, right: columns - 1 });
    else if (column !== null)
      this.selection.select({ top: 0, bottom: rows - 1, left: column, right: column });
  }
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, select") !== null;
}
