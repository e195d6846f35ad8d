export type Row = {
  key: string;
  name: string;
  code: string;
  url: string;
  isMust: boolean;
  amount: number | null;
  points: (number | null)[];
};
export type Packed = [string, string, string, string, boolean, number | null, ...(number | null)[]];
export type WeighingData = {
  limit: { amount: number; label: string } | null;
  shown: number;
  rows: Packed[];
};
export type Ranked = { row: Row; total: number | null; isIn: boolean };

const TINY = 1e-6;

export function unpacked([key, name, code, url, isMust, amount, ...points]: Packed): Row {
  return { key, name, code, url, isMust, amount, points };
}

/** The weighted mean of the ratings there are; null where there is none with any weight. */
export function total(points: (number | null)[], weights: number[]): number | null {
  let sum = 0;
  let whole = 0;
  for (const [index, point] of points.entries()) {
    if (point === null) continue;
    const weight = weights[index] ?? 0;
    sum += point * weight;
    whole += weight;
  }
  return whole > 0 ? sum / whole : null;
}

/** Rows by their totals: must-haves first, then best first, equal totals as they came; above the line `isIn`. */
export function ranked(rows: Row[], weights: number[], limit: number | null): Ranked[] {
  const judged = rows.map((row) => ({ row, total: total(row.points, weights), isIn: false }));
  judged.sort((a, b) => Number(b.row.isMust) - Number(a.row.isMust) || (b.total ?? -1) - (a.total ?? -1));
  let left = limit ?? 0;
  let isOpen = limit !== null;
  for (const one of judged) {
    left -= one.row.amount ?? 0;
    if (left < -TINY && !one.row.isMust) isOpen = false;
    one.isIn = isOpen;
  }
  return judged;
}

/** What new weights change: who comes above the line, who goes below it, and how many take another place. */
export type Effect = { came: string[]; went: string[]; moved: number };

export function effectOf(before: Ranked[], now: Ranked[]): Effect {
  const was = new Map(before.map((one, place) => [one.row.key, { place, isIn: one.isIn }]));
  const effect: Effect = { came: [], went: [], moved: 0 };
  for (const [place, one] of now.entries()) {
    const old = was.get(one.row.key);
    if (old?.place !== place) effect.moved += 1;
    if (one.isIn && !old?.isIn) effect.came.push(one.row.name);
    if (!one.isIn && old?.isIn) effect.went.push(one.row.name);
  }
  return effect;
}

const MOST_NAMED = 4;

function named(names: string[]): string {
  const shown = names.slice(0, MOST_NAMED).join(", ");
  return names.length > MOST_NAMED ? `${shown} and ${names.length - MOST_NAMED} more` : shown;
}

/** The effect in one or two sentences. */
export function effectWords({ came, went, moved }: Effect, now: Ranked[], hasLine: boolean): string {
  const count = new Intl.NumberFormat("en-GB").format;
  const above = now.filter((one) => one.isIn).length;
  const side = hasLine ? ` ${count(above)} of ${count(now.length)} stand above the line.` : "";
  if (!moved) return `The order is the one in force.${side}`;
  const start = `${count(moved)} of ${count(now.length)} ${moved === 1 ? "takes" : "take"} another place.${side}`;
  if (!hasLine) return start;
  if (!came.length && !went.length) return `${start} None crosses the line.`;
  const crossing = [
    came.length ? ` Above the line now: ${named(came)}.` : "",
    went.length ? ` Below it now: ${named(went)}.` : "",
  ];
  return start + crossing.join("");
}
