import { element } from "../html.ts";
import type { Column } from "./types.ts";

/** Where one goes after typing; `away` is a click elsewhere, which takes the focus along. */
export type Way = "down" | "up" | "next" | "back" | "left" | "right" | "stay" | "away";
export type Finish = (text: string | null, way: Way, everywhere: boolean) => void;

const ARROWS: Record<string, Way> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};

/** The field that stands in a cell while somebody types into it. */
export class Editor {
  readonly field: HTMLInputElement | HTMLSelectElement;
  #over = false;

  /** `typed` replaces what stands there, so arrows leave the cell; null edits it, so arrows move in the text. */
  constructor(
    cell: HTMLElement,
    private column: Column,
    text: string,
    label: string,
    private typed: string | null,
    private finish: Finish,
  ) {
    this.field = column.kind === "choice" ? options(column, text) : this.#input(typed ?? text);
    this.field.setAttribute("aria-label", label);
    const error = cell.querySelector(".sheet-error");
    if (error) this.field.setAttribute("aria-describedby", error.id);
    cell.replaceChildren(this.field, ...(error ? [error] : []));
    cell.classList.add("editing");
    this.field.addEventListener("keydown", (event) => this.#onKey(event as KeyboardEvent));
    this.field.addEventListener("blur", () => this.#end(this.field.value, "away"));
    this.field.addEventListener("change", (event) => event.stopPropagation());
    this.field.focus();
    if (this.field instanceof HTMLInputElement) this.field.setSelectionRange(text.length, text.length);
  }

  /** Leaves the cell as it was. */
  cancel(): void {
    this.#end(null, "stay");
  }

  #input(text: string): HTMLInputElement {
    const field = element("input", { autocomplete: "off", enterkeyhint: "next" });
    if (this.column.kind === "number") field.inputMode = "decimal";
    field.value = text;
    return field;
  }

  #onKey(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.isComposing) return;
    const way = this.#wayOf(event);
    if (!way && event.key !== "Escape") return;
    event.preventDefault();
    if (way) this.#end(this.field.value, way, event.ctrlKey || event.metaKey);
    else this.#end(null, "stay");
  }

  #wayOf(event: KeyboardEvent): Way | undefined {
    if (event.key === "Enter")
      return event.ctrlKey || event.metaKey ? "stay" : event.shiftKey ? "up" : "down";
    if (event.key === "Tab") return event.shiftKey ? "back" : "next";
    const isFree = this.typed !== null && this.column.kind !== "choice" && !event.shiftKey;
    return isFree ? ARROWS[event.key] : undefined;
  }

  #end(text: string | null, way: Way, everywhere = false): void {
    if (this.#over) return;
    this.#over = true;
    this.finish(text, way, everywhere);
  }
}

function options(column: Column, text: string): HTMLSelectElement {
  const known = column.choices.some(([value]) => value === text) || !text;
  const choices: [string, string][] = [
    ["", ""],
    ...(known ? [] : [[text, text] as [string, string]]),
    ...column.choices,
  ];
  const list = element(
    "select",
    {},
    ...choices.map(([value, label]) => element("option", { value, selected: value === text }, label)),
  );
  list.value = text;
  return list;
}
