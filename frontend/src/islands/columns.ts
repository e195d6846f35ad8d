import { element } from "../html.ts";

/**
 * Turns a list of check boxes into a choice of columns that can also be put in order.
 * The form inside works without it; here each line gets buttons to move it up and down.
 */
export class ColumnChoice extends HTMLElement {
  connectedCallback(): void {
    if (this.hasAttribute("ready")) return;
    this.setAttribute("ready", "");
    for (const line of this.querySelectorAll<HTMLElement>(".column-list > li")) this.#equip(line);
    this.addEventListener("keydown", this.#onKey);
  }

  #equip(line: HTMLElement): void {
    const name = line.textContent?.trim() ?? "";
    for (const [label, step] of [["Move up", -1] as const, ["Move down", 1] as const]) {
      const attributes = {
        class: "btn btn-quiet btn-small",
        type: "button",
        "aria-label": `${label}: ${name}`,
      };
      const button = element("button", attributes, step < 0 ? "↑" : "↓");
      button.addEventListener("click", () => this.#move(line, step, button));
      line.append(button);
    }
  }

  #onKey = (event: KeyboardEvent): void => {
    const line = (event.target as Element).closest<HTMLElement>(".column-list > li");
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!line || !step || !event.altKey) return;
    event.preventDefault();
    this.#move(line, step, event.target as HTMLElement);
  };

  #move(line: HTMLElement, step: number, focus: HTMLElement): void {
    if (step < 0) line.previousElementSibling?.before(line);
    else line.nextElementSibling?.after(line);
    focus.focus();
  }
}

customElements.define("m-columns", ColumnChoice);
