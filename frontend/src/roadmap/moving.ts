import { dayOf, isoOf, stepped, type Zoom } from "./time.ts";
import type { Bar, Dates } from "./types.ts";

export type Grip = "whole" | "start" | "end";

const EDGE = 6;

/** Which part of a bar the pointer holds; narrow bars are moved as a whole. */
export function gripAt(x: number, left: number, width: number): Grip {
  if (width < 4 * EDGE) return "whole";
  if (x - left < EDGE) return "start";
  return left + width - x < EDGE ? "end" : "whole";
}

/** The dates after a grip was taken some days further; a bar has at least one day. */
export function dragged({ start, end }: Dates, grip: Grip, days: number): Dates {
  const [first, last] = [dayOf(start), dayOf(end)];
  if (grip === "start") return { start: isoOf(Math.min(first + days, last)), end };
  if (grip === "end") return { start, end: isoOf(Math.max(last + days, first)) };
  return { start: isoOf(first + days), end: isoOf(last + days) };
}

/** The dates after one press of an arrow key. */
export function pressed(dates: Dates, grip: Grip, zoom: Zoom, direction: number): Dates {
  const from = dayOf(grip === "end" ? dates.end : dates.start);
  return dragged(dates, grip, stepped(from, zoom, direction) - from);
}

/** What is being moved, and from where; nothing is saved before it is released. */
export class Pending {
  readonly from: Dates;

  constructor(
    readonly bar: Bar,
    public dates: Dates,
  ) {
    this.from = { start: bar.start, end: bar.end };
  }

  get isChanged(): boolean {
    return this.dates.start !== this.from.start || this.dates.end !== this.from.end;
  }

  /** `14 days later`, `starts 3 days earlier`, `ends 5 days later`. */
  get words(): string {
    const start = dayOf(this.dates.start) - dayOf(this.from.start);
    const end = dayOf(this.dates.end) - dayOf(this.from.end);
    if (start === end) return far(start);
    return [start && `starts ${far(start)}`, end && `ends ${far(end)}`].filter(Boolean).join(", ");
  }
}

function far(days: number): string {
  const count = Math.abs(days);
  return `${count === 1 ? "1 day" : `${count} days`} ${days > 0 ? "later" : "earlier"}`;
}
