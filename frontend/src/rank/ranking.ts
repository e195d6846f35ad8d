export type RankColumn = {
  key: string;
  label: string;
  unit: string;
  kind: string;
  places: number;
  total: boolean;
};
export type RankLimit = { column: string; amount: number | null; label: string };
export type RankData = {
  columns: RankColumn[];
  limit: RankLimit | null;
  cut: number | null;
  musts: number;
  rows: [string, ...(number | null)[]][];
};

const TINY = 1e-6;

/** The order of a ranked list, and what follows from it: the line, and the sums on both sides of it. */
export class Ranking {
  order: string[];
  amount: number | null;
  readonly limitLabel: string;
  readonly columns: RankColumn[];
  readonly musts: number;
  #values: Map<string, (number | null)[]>;
  #index = new Map<string, number>();
  #cut: number | null;
  #limited: number;

  constructor(data: RankData) {
    this.order = data.rows.map(([key]) => key);
    this.columns = data.columns;
    this.musts = data.musts;
    this.amount = data.limit?.amount ?? null;
    this.limitLabel = data.limit?.label ?? "";
    this.#cut = data.cut;
    this.#values = new Map(data.rows.map(([key, ...values]) => [key, values]));
    this.#limited = data.columns.findIndex((column) => column.key === data.limit?.column);
    this.#number(0, this.order.length - 1);
  }

  #number(from: number, to: number): void {
    for (let at = from; at <= to; at += 1) this.#index.set(this.order[at] as string, at);
  }

  /** Where a row stands, counted from 0. */
  index(key: string): number {
    return this.#index.get(key) ?? -1;
  }

  /** The places a row may take: must-haves stay in their band, all others below it. */
  bounds(key: string): [number, number] {
    const isMust = this.index(key) < this.musts;
    return isMust ? [0, this.musts - 1] : [this.musts, this.order.length - 1];
  }

  /** Moves a row as near to `to` as it may go; the first and last place whose row is another one now. */
  move(key: string, to: number): [number, number] {
    const [first, last] = this.bounds(key);
    const from = this.index(key);
    const target = Math.max(first, Math.min(last, to));
    this.order.splice(from, 1);
    this.order.splice(target, 0, key);
    const changed: [number, number] = from < target ? [from, target] : [target, from];
    this.#number(...changed);
    return changed;
  }

  /** Takes over an order that the server gave; keys that are not in this list are left out. */
  arrange(order: string[]): void {
    const known = order.filter((key) => this.#index.has(key));
    if (known.length !== this.order.length) return;
    this.order = known;
    this.#number(0, known.length - 1);
  }

  /** How many rows stand above the line: it is drawn before the first row that no longer fits. */
  get line(): number | null {
    if (this.#limited < 0) return this.#cut;
    if (this.amount === null) return null;
    let left = this.amount;
    for (const [place, key] of this.order.entries()) {
      left -= this.#value(key, this.#limited) ?? 0;
      if (left < -TINY && place >= this.musts) return place;
    }
    return this.order.length;
  }

  #value(key: string, column: number): number | null {
    return this.#values.get(key)?.[column] ?? null;
  }

  /** The sum of a column over rows from one place up to another, this one not included. */
  sum(column: number, from: number, to: number): number {
    let sum = 0;
    for (let at = from; at < to; at += 1) sum += this.#value(this.order[at] as string, column) ?? 0;
    return sum;
  }

  /** What is left of the limit above the line, and how many rows there have no figure; null without a limit. */
  left(line: number): { column: RankColumn; amount: number; missing: number } | null {
    const column = this.columns[this.#limited];
    if (!column || this.amount === null) return null;
    const above = this.order.slice(0, line);
    const missing = above.filter((key) => this.#value(key, this.#limited) === null).length;
    return { column, amount: this.amount - this.sum(this.#limited, 0, line), missing };
  }
}
