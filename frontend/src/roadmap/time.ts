const MS = 86_400_000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export type Zoom = "week" | "month" | "quarter" | "year";
export type Tick = { day: number; label: string };

/** Pixels a day takes; one step of time is about 60 pixels wide. */
export const DAY_WIDTH: Record<Zoom, number> = { week: 8, month: 2, quarter: 0.7, year: 0.22 };

const known = new Map<string, number>();

/** The number of a day since 1970, from `2026-03-31`; each is read once, because drawing asks for it often. */
export function dayOf(iso: string): number {
  let day = known.get(iso);
  if (day === undefined) {
    day = Math.round(Date.parse(`${iso}T00:00:00Z`) / MS);
    known.set(iso, day);
  }
  return day;
}

export function isoOf(day: number): string {
  return new Date(day * MS).toISOString().slice(0, 10);
}

/** `31 Mar 2026` */
export function said(iso: string): string {
  const date = new Date(dayOf(iso) * MS);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

function parts(day: number): [number, number, number] {
  const date = new Date(day * MS);
  return [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
}

function dayAt(year: number, month: number, date = 1): number {
  return Math.round(Date.UTC(year, month, date) / MS);
}

/** The same date some months later, or the last day of that month where it has fewer days. */
export function monthsLater(day: number, months: number): number {
  const [year, month, date] = parts(day);
  const length = dayAt(year, month + months + 1) - dayAt(year, month + months);
  return dayAt(year, month + months, Math.min(date, length));
}

/** One step of an arrow key: a day, a week, a month or a quarter. */
export function stepped(day: number, zoom: Zoom, direction: number): number {
  if (zoom === "week") return day + direction;
  if (zoom === "month") return day + 7 * direction;
  return monthsLater(day, (zoom === "quarter" ? 1 : 3) * direction);
}

/** The first days of the steps of time that touch the days from `first` to `last`. */
export function ticks(zoom: Zoom, first: number, last: number): Tick[] {
  const found: Tick[] = [];
  for (let day = floor(zoom, first); day <= last; day = next(zoom, day))
    found.push({ day, label: label(zoom, day) });
  return found;
}

/** What stands above the steps of time: months above weeks, years above everything else. */
export function above(zoom: Zoom, first: number, last: number): Tick[] {
  if (zoom !== "week") return ticks("year", first, last);
  return ticks("month", first, last).map(({ day, label: name }) => ({
    day,
    label: `${name} ${parts(day)[0]}`,
  }));
}

function floor(zoom: Zoom, day: number): number {
  const [year, month] = parts(day);
  // Day 0 was a Thursday; weeks begin on Mondays.
  if (zoom === "week") return day - ((day + 3) % 7);
  if (zoom === "month") return dayAt(year, month);
  return dayAt(year, zoom === "quarter" ? month - (month % 3) : 0);
}

function next(zoom: Zoom, day: number): number {
  return zoom === "week" ? day + 7 : monthsLater(day, { month: 1, quarter: 3, year: 12 }[zoom]);
}

function label(zoom: Zoom, day: number): string {
  const [year, month, date] = parts(day);
  if (zoom === "week") return String(date);
  if (zoom === "month") return MONTHS[month] ?? "";
  return zoom === "quarter" ? `Q${month / 3 + 1}` : String(year);
}

/** Where days lie: from a first day to a last one, with some room around the plan. */
export class Scale {
  readonly first: number;
  readonly last: number;

  constructor(
    readonly zoom: Zoom,
    readonly from: number,
    readonly to: number,
    readonly width = DAY_WIDTH[zoom],
  ) {
    const room = Math.ceil(60 / DAY_WIDTH[zoom]);
    this.first = floor(zoom, from - room);
    this.last = to + room;
  }

  /** The left edge of a day. */
  x(day: number): number {
    return Math.round((day - this.first) * this.width * 10) / 10;
  }

  day(x: number): number {
    return this.first + x / this.width;
  }

  get total(): number {
    return Math.ceil(this.x(this.last + 1));
  }

  /** The same days, wider where they would not fill a width. */
  filling(width: number): Scale {
    if (this.total >= width) return this;
    return new Scale(this.zoom, this.from, this.to, (this.width * width) / this.total);
  }
}
