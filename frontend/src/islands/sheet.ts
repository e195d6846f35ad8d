import { inlineJson } from "../html.ts";
import { settleClashes } from "../sheet/clashes.ts";
import { CurveForm } from "../sheet/curve-form.ts";
import { Editor, type Way } from "../sheet/editor.ts";
import { Grid } from "../sheet/grid.ts";
import { Keeping } from "../sheet/keeping.ts";
import { type Command, commandOf } from "../sheet/keys.ts";
import { SheetModel } from "../sheet/model.ts";
import { clear, fill } from "../sheet/moves.ts";
import { cells, Pasting } from "../sheet/pasting.ts";
import { Pointer } from "../sheet/pointer.ts";
import { placesIn, Selection } from "../sheet/selection.ts";
import { part, Status } from "../sheet/tools.ts";
import type { Base, Place, SheetData } from "../sheet/types.ts";

/**
 * A grid to type figures into: it takes the place of the fields that the server wrote, and sends all of them in one.
 * Its data lies in a JSON script; what the page had shown at first in the field `<name>:base`.
 */
export class SheetGrid extends HTMLElement {
  #model!: SheetModel;
  #grid!: Grid;
  #selection!: Selection;
  #status!: Status;
  #pasting!: Pasting;
  #keeping: Keeping | null = null;
  #editor: Editor | null = null;
  /** After Escape, Tab leaves the sheet instead of going on to the next cell. */
  #leaves = false;
  /** A tool worked by keyboard keeps the focus. */
  #staysOutside = false;
  #sizes = new ResizeObserver(() => this.#grid.freeze());

  connectedCallback(): void {
    const data = inlineJson<SheetData>(this);
    const table = part<HTMLTableElement>(this, ".sheet-table");
    if (!data || !table || this.#keeping) return;
    const base = part<HTMLInputElement>(this, `[name="${data.name}:base"]`)?.value || "{}";
    for (const gone of this.querySelectorAll(`[name="${data.name}:gone"]`)) gone.remove();
    this.#model = new SheetModel(data, JSON.parse(base) as Base, () => this.#onChange());
    this.#grid = new Grid(table, this.#model);
    const size = () => ({ rows: this.#model.lines.length, columns: this.#model.columns.length });
    this.#selection = new Selection(size, () => this.#onSelect());
    this.#status = new Status(this, this.#model);
    this.#pasting = new Pasting(this.#model, this.#selection, this.#status);
    this.#begin(data, table);
  }

  disconnectedCallback(): void {
    this.#sizes.disconnect();
    this.#keeping?.stop();
  }

  #begin(data: SheetData, table: HTMLTableElement): void {
    const keeping = new Keeping(this, this.#model);
    this.#listen(table);
    this.#onChange();
    if (data.open) keeping.restore();
    this.#keeping = keeping;
    keeping.keep();
    this.#grid.reach(this.#selection.active);
    this.#sizes.observe(table);
    this.setAttribute("ready", "");
  }

  #listen(table: HTMLTableElement): void {
    part(this, ".sheet-wrap")?.removeAttribute("tabindex");
    for (const tool of this.querySelectorAll<HTMLElement>("[data-scripted]")) tool.hidden = false;
    table.addEventListener("keydown", this.#onKey);
    table.addEventListener("copy", (event) => this.#editor || this.#pasting.copy(event, false));
    table.addEventListener("cut", (event) => this.#editor || this.#pasting.copy(event, true));
    table.addEventListener("paste", this.#onPaste);
    table.addEventListener("dblclick", (event) => this.#grid.placeOf(event.target) && this.#edit(null));
    table.addEventListener("focusin", this.#onFocus);
    new Pointer(table, this.#grid, this.#selection, this.#model, () => this.#edit(null));
    this.addEventListener("click", this.#onClick);
    settleClashes(this, this.#model);
    const name = (row: number) => this.#grid.nameOf(row);
    new CurveForm(
      this,
      this.#model,
      () => this.#selection.range,
      name,
      (range, curve) => {
        this.#selection.select(range);
        this.#status.say(`The total is laid out: ${curve}.`);
      },
    );
  }

  #onChange(): void {
    this.#grid.draw();
    this.#status.unsaved();
    this.#status.count(this.#selection.range);
    const whole = part<HTMLInputElement>(this, "[data-whole]");
    if (whole) whole.value = this.#model.whole();
    part(this, "[data-do=undo]")?.toggleAttribute("disabled", !this.#model.canUndo);
    part(this, "[data-do=redo]")?.toggleAttribute("disabled", !this.#model.canRedo);
    for (const link of this.querySelectorAll<HTMLAnchorElement>(".sheet-errors a")) this.#refreshError(link);
    this.#keeping?.keep();
    this.dispatchEvent(new CustomEvent("sheet:change", { bubbles: true }));
  }

  /** An error that was put right is no longer listed. */
  #refreshError(link: HTMLAnchorElement): void {
    const cell = document.getElementById(link.hash.slice(1));
    const item = link.closest("li");
    if (item) item.hidden = !cell?.hasAttribute("aria-invalid");
  }

  #onSelect(): void {
    this.#leaves = false;
    this.#grid.mark(this.#selection.range, this.#selection.active, !this.#staysOutside);
    this.#status.count(this.#selection.range);
  }

  /** A screen reader may put the focus into any cell. */
  #onFocus = (event: FocusEvent): void => {
    const isNew = (event.target as Element).matches('[data-column][aria-selected="false"]');
    const place = isNew ? this.#grid.placeOf(event.target) : null;
    if (place) this.#selection.goTo(place);
  };

  #onClick = (event: MouseEvent): void => {
    const target = event.target as Element;
    const link = target.closest<HTMLAnchorElement>(".sheet-errors a");
    const place = link && this.#grid.placeOf(document.getElementById(link.hash.slice(1)));
    if (place) {
      event.preventDefault();
      this.#selection.goTo(place);
    }
    const button = target.closest<HTMLElement>("[data-do]");
    this.#staysOutside = button !== null && event.detail === 0;
    if (button) this.#act(button.dataset.do ?? "");
    this.#staysOutside = false;
  };

  #onKey = (event: KeyboardEvent): void => {
    if (this.#editor || !this.#grid.placeOf(event.target)) return;
    const command = commandOf(event);
    if (!command || (command.do === "next" && this.#leaves)) return;
    // A typed letter goes on into the field that is opened for it.
    if (this.#obey(command) && command.do !== "type") event.preventDefault();
  };

  #obey(command: Command): boolean {
    switch (command.do) {
      case "move":
        this.#selection.move(command.rows, command.columns, command.extend);
        return true;
      case "next":
        return this.#selection.next(command.step);
      case "all":
        this.#selection.all();
        return true;
      case "leave":
        this.#leaves = true;
        return false;
      case "type":
        return this.#edit("");
      case "edit":
        return this.#edit(null);
      default:
        return this.#act(command.do);
    }
  }

  /** What a key or a button does to the sheet, said in words. */
  #act(what: string): boolean {
    if (!this.#model.data.open) return false;
    const { range, active, anchor } = this.#selection;
    const deeds: Record<string, () => string> = {
      undo: () => (this.#model.undo() ? "Undone." : "Nothing to undo."),
      redo: () => (this.#model.redo() ? "Done again." : "Nothing to do again."),
      clear: () => `${cells(clear(this.#model, range))} emptied.`,
      fillRight: () => `${cells(fill(this.#model, range, "right"))} filled.`,
      fillDown: () => `${cells(fill(this.#model, range, "down"))} filled.`,
      remove: () => this.#removed(this.#model.removeLines(range)),
    };
    const deed = deeds[what];
    if (what === "add") this.#addLine(active);
    if (what === "comma") this.#status.say(this.#pasting.again());
    if (!deed) return what === "add" || what === "comma";
    this.#status.offer("");
    this.#status.say(deed());
    this.#selection.span(anchor, active);
    return true;
  }

  #addLine(active: Place): void {
    const { most, noun } = this.#model.data;
    const row = this.#model.addLines(active.row);
    this.#status.say(row === null ? `There is room for ${most} ${noun}s at most.` : `1 ${noun} added.`);
    if (row !== null) this.#selection.goTo({ row, column: 0 });
  }

  #removed(count: number): string {
    const { noun } = this.#model.data;
    return count ? `${count} ${noun}${count === 1 ? "" : "s"} removed.` : `No ${noun} here can be removed.`;
  }

  #edit(typed: string | null): boolean {
    const { active } = this.#selection;
    const cell = this.#grid.cellAt(active);
    const column = this.#model.columns[active.column];
    if (!cell || !column || this.#editor || !this.#model.isOpen(active.row)) return false;
    const name = `${this.#grid.nameOf(active.row)}, ${[column.group, column.label].filter(Boolean).join(" ")}`;
    this.#editor = new Editor(
      cell,
      column,
      this.#model.cell(active).text,
      name,
      typed,
      (text, way, everywhere) => this.#finish(active, text, way, everywhere),
    );
    return true;
  }

  #finish(place: Place, text: string | null, way: Way, everywhere: boolean): void {
    this.#editor = null;
    this.#grid.redraw(place);
    const isSame = text === null || (text === this.#model.cell(place).text && !everywhere);
    if (!isSame) {
      const places = everywhere ? [...placesIn(this.#selection.range)] : [place];
      this.#model.put(places.map((each) => ({ ...each, text })));
      this.#status.offer("");
      this.#status.say(this.#model.cell(place).error);
    }
    this.#goOn(place, way);
  }

  #goOn(place: Place, way: Way): void {
    const { row, column } = place;
    const ways: Partial<Record<Way, Place>> = {
      down: { row: row + 1, column },
      up: { row: row - 1, column },
      left: { row, column: column - 1 },
      right: { row, column: column + 1 },
    };
    if (way === "away") return;
    const isStep = way === "next" || way === "back";
    if (isStep && this.#selection.next(way === "next" ? 1 : -1)) return;
    if (way === "stay" && !this.#selection.isOneCell) this.#onSelect();
    else this.#selection.goTo(ways[way] ?? place);
  }

  #onPaste = (event: ClipboardEvent): void => {
    const editor = this.#editor;
    // A single text belongs to the field somebody types into; a block closes it first.
    if (editor && !/[\t\n\r]/.test(event.clipboardData?.getData("text/plain") ?? "")) return;
    editor?.cancel();
    this.#pasting.paste(event);
  };
}

customElements.define("m-sheet", SheetGrid);
