const STEPS: Record<string, [number, number]> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/**
 * Hands on a heat map: arrows move from cell to cell, Home and End to the ends of a row, Enter opens the cell.
 * Only one cell is in the order of the Tab key; cells are `tbody td a`.
 */
export class Heat extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("keydown", this.#onKey);
    this.addEventListener("focusin", this.#onFocus);
    queueMicrotask(() => this.#enter());
  }

  /** Takes all cells but one out of the order of the Tab key, once they are there. */
  #enter(): void {
    const cells = this.rows.flat();
    for (const cell of cells) cell.tabIndex = -1;
    const here = cells.find((cell) => cell === document.activeElement) ?? cells[0];
    if (here) here.tabIndex = 0;
  }

  get rows(): HTMLAnchorElement[][] {
    const rows = [...this.querySelectorAll<HTMLTableRowElement>("tbody tr")];
    return rows.map((row) => [...row.querySelectorAll<HTMLAnchorElement>("td a")]);
  }

  #onFocus = (event: FocusEvent): void => {
    const cell = event.target as HTMLElement;
    if (!cell.matches("td a")) return;
    for (const known of this.querySelectorAll<HTMLAnchorElement>('td a[tabindex="0"]')) known.tabIndex = -1;
    cell.tabIndex = 0;
  };

  #onKey = (event: KeyboardEvent): void => {
    const cell = event.target as HTMLElement;
    if (!cell.matches("td a") || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = neighbour(this.rows, cell as HTMLAnchorElement, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  };
}

/** The cell a key leads to from a cell; none where the key means nothing here. */
export function neighbour(
  rows: HTMLAnchorElement[][],
  cell: HTMLAnchorElement,
  key: string,
): HTMLAnchorElement | undefined {
  const row = rows.findIndex((cells) => cells.includes(cell));
  const cells = rows[row] ?? [];
  if (key === "Home") return cells[0];
  if (key === "End") return cells.at(-1);
  const step = STEPS[key];
  if (!step) return undefined;
  return rows[row + step[0]]?.[cells.indexOf(cell) + step[1]];
}

customElements.define("m-heat", Heat);
