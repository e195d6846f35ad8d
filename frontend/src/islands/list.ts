import { isTyping } from "../html.ts";

/**
 * Hands on a list: j and k move, x selects, Enter opens, e edits, Shift-click selects a range.
 * Rows are `tr[data-href]` (with `data-edit` where there is a form), check boxes `input[name=selected]`,
 * the box for all `input[data-all]`, the bar for many `[data-bulk]` with `[data-count]` inside.
 */
export class RecordList extends HTMLElement {
  #last: HTMLInputElement | null = null;
  #sizes = new ResizeObserver((changes) => {
    for (const { target } of changes) markFit(target as HTMLElement);
  });

  connectedCallback(): void {
    document.addEventListener("keydown", this.#onKey);
    this.addEventListener("click", this.#onClick);
    this.addEventListener("change", this.#refresh);
    for (const wrap of this.querySelectorAll(".table-wrap")) this.#sizes.observe(wrap);
    this.#refresh();
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.#onKey);
    this.#sizes.disconnect();
  }

  get rows(): HTMLTableRowElement[] {
    return [...this.querySelectorAll<HTMLTableRowElement>("tr[data-href]")];
  }

  get boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>("input[name=selected]")];
  }

  get #current(): HTMLTableRowElement | undefined {
    return this.rows.find((row) => row === document.activeElement || row.contains(document.activeElement));
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (isTyping(event.target) && !(event.target as Element).matches("[name=selected]")) return;
    const done = this.#act(event);
    if (done) event.preventDefault();
  };

  #act(event: KeyboardEvent): boolean {
    const row = this.#current;
    if (event.key === "j") return this.#step(1);
    if (event.key === "k") return this.#step(-1);
    if (event.key === "x" && row) return this.#toggle(row);
    if (event.key === "e" && row?.dataset.edit) return this.#go(row.dataset.edit);
    if (event.key === "Enter" && row && event.target === row) return this.#go(row.dataset.href);
    return false;
  }

  #step(by: number): boolean {
    const rows = this.rows;
    const at = this.#current ? rows.indexOf(this.#current) : -1;
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
    if (!next) return false;
    next.tabIndex = 0;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
    return true;
  }

  #toggle(row: HTMLTableRowElement): boolean {
    const box = row.querySelector<HTMLInputElement>("input[name=selected]");
    if (!box) return false;
    box.checked = !box.checked;
    this.#last = box;
    this.#refresh();
    return true;
  }

  #go(url: string | undefined): boolean {
    if (url) location.assign(url);
    return url !== undefined;
  }

  #onClick = (event: MouseEvent): void => {
    const box = event.target as HTMLInputElement;
    if (box.matches("input[data-all]")) for (const each of this.boxes) each.checked = box.checked;
    if (box.matches("input[name=selected]")) {
      if (event.shiftKey && this.#last) this.#selectBetween(this.#last, box);
      this.#last = box;
    }
    this.#refresh();
  };

  #selectBetween(from: HTMLInputElement, to: HTMLInputElement): void {
    const boxes = this.boxes;
    const [first, last] = [boxes.indexOf(from), boxes.indexOf(to)].sort((a, b) => a - b);
    for (const box of boxes.slice(first, (last ?? 0) + 1)) box.checked = to.checked;
  }

  #refresh = (): void => {
    const boxes = this.boxes;
    const chosen = boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.closest("tr")?.setAttribute("aria-selected", String(box.checked));
    for (const bar of this.querySelectorAll<HTMLElement>("[data-bulk]")) bar.hidden = chosen === 0;
    for (const count of this.querySelectorAll("[data-count]")) count.textContent = String(chosen);
    const all = this.querySelector<HTMLInputElement>("input[data-all]");
    if (!all) return;
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  };
}

/** A table that fits needs no scrolling of its own, so its heading can stay in sight while the page scrolls. */
export function markFit(wrap: HTMLElement): void {
  const table = wrap.querySelector<HTMLElement>("table");
  wrap.toggleAttribute("data-fits", table !== null && table.offsetWidth <= wrap.clientWidth);
}

customElements.define("m-list", RecordList);
