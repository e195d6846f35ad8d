import type { Ranking } from "./ranking.ts";
import { COUNT, figure, leftWords } from "./words.ts";

/** The rows of a ranked list as they stand in the page, the line between them and the sums above them. */
export class Board {
  readonly rows = new Map<string, HTMLTableRowElement>();
  #table: HTMLTableElement;
  #cut: HTMLElement | null;

  constructor(
    private root: HTMLElement,
    readonly ranking: Ranking,
  ) {
    this.#table = root.querySelector(".rank-table") as HTMLTableElement;
    this.#cut = this.#table.querySelector("[data-cut]");
    for (const row of this.#table.querySelectorAll<HTMLTableRowElement>("[data-row]")) {
      this.rows.set(row.dataset.row ?? "", row);
    }
  }

  /** The row at a place, counted from 0. */
  at(place: number): HTMLTableRowElement | undefined {
    return this.rows.get(this.ranking.order[place] ?? "");
  }

  /** Moves a row and brings line, numbers and sums along. */
  move(key: string, to: number): void {
    const row = this.rows.get(key);
    if (!row) return;
    const [first, last] = this.ranking.move(key, to);
    const next = this.at(this.ranking.index(key) + 1);
    if (next) next.before(row);
    else this.#last.append(row);
    this.#renumber(first, last);
    this.drawLine();
  }

  /** The body that holds the last rows. */
  get #last(): HTMLElement {
    return this.#table.tBodies[this.#table.tBodies.length - 1] as HTMLElement;
  }

  /** Puts every row where the order says, and touches only bodies that hold others. */
  arrange(order: string[]): void {
    this.ranking.arrange(order);
    const bodies = [...this.#table.tBodies].map((body) => ({
      body,
      now: [...body.children].filter((row) => row !== this.#cut),
    }));
    let from = 0;
    for (const { body, now } of bodies) {
      const wanted = this.ranking.order
        .slice(from, from + now.length)
        .map((key) => this.rows.get(key) as Element);
      from += now.length;
      if (wanted.some((row, place) => row !== now[place])) body.prepend(...wanted);
    }
    this.#renumber(0, this.ranking.order.length - 1);
    this.drawLine();
  }

  /** A row as the server tells it now takes the place of the old one. */
  replace(fresh: HTMLTableRowElement): void {
    const old = this.rows.get(fresh.dataset.row ?? "");
    if (!old) return;
    fresh.tabIndex = old.tabIndex;
    const isFocused = old.contains(document.activeElement);
    old.replaceWith(fresh);
    this.rows.set(fresh.dataset.row ?? "", fresh);
    if (isFocused) fresh.focus();
  }

  #renumber(first: number, last: number): void {
    for (let place = first; place <= last; place += 1) {
      const cell = this.at(place)?.querySelector(".rank-place");
      const text = COUNT.format(place + 1);
      if (cell && cell.textContent !== text) cell.textContent = text;
    }
  }

  /** The line stands where it belongs, and the sums say what is above and below it. */
  drawLine(): void {
    const { ranking, root } = this;
    const line = ranking.line;
    const count = ranking.order.length;
    const cut = line ?? count;
    this.#placeCut(line);
    const tell = (selector: string, text: string) => {
      const place = root.querySelector(selector);
      if (place && place.textContent !== text) place.textContent = text;
    };
    tell("[data-count=above]", COUNT.format(cut));
    tell("[data-count=below]", COUNT.format(count - cut));
    for (const [index, column] of ranking.columns.entries()) {
      tell(`[data-above="${CSS.escape(column.key)}"]`, figure(ranking.sum(index, 0, cut), column));
      tell(`[data-below="${CSS.escape(column.key)}"]`, figure(ranking.sum(index, cut, count), column));
    }
    tell("[data-head]", line === null ? "All together" : "Above the line");
    for (const part of root.querySelectorAll<HTMLElement>("[data-under], [data-to-line]"))
      part.hidden = line === null;
    tell("[data-left]", leftWords(ranking, line));
  }

  #placeCut(line: number | null): void {
    if (!this.#cut) return;
    this.#cut.hidden = line === null;
    if (line === null) return;
    const count = this.ranking.order.length;
    const below = this.at(line);
    if (!below) this.#last.append(this.#cut);
    else if (this.#cut.nextElementSibling !== below) below.before(this.#cut);
    const words = `${COUNT.format(line)} above the line, ${COUNT.format(count - line)} below`;
    const cell = this.#cut.firstElementChild;
    if (cell) cell.textContent = words;
  }

  /** Shows only rows whose name or code holds the words; how many there are. */
  find(words: string): number {
    const wanted = words.trim().toLowerCase();
    let shown = 0;
    for (const row of this.rows.values()) {
      const name = row.querySelector(".rank-name")?.textContent?.toLowerCase() ?? "";
      row.hidden = !name.includes(wanted);
      if (!row.hidden) shown += 1;
    }
    return shown;
  }
}
