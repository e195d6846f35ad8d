import type { RankColumn, Ranking } from "./ranking.ts";

export const COUNT = new Intl.NumberFormat("en-GB");

/** A sum in full, as the server writes it. */
export function figure(value: number, { kind, unit, places }: RankColumn): string {
  const digits = { minimumFractionDigits: places, maximumFractionDigits: places };
  const text = new Intl.NumberFormat("en-GB", digits).format(value === 0 ? 0 : value);
  return (kind === "money" ? `${unit} ${text}` : `${text} ${unit}`).trim();
}

/** What is left of the limit, or that none is chosen, in the words of the server. */
export function leftWords(ranking: Ranking, line: number | null): string {
  const left = line === null ? null : ranking.left(line);
  if (!left) return ranking.limitLabel && `No cut line: choose a ${ranking.limitLabel.toLowerCase()}.`;
  const amount = figure(Math.abs(left.amount), left.column);
  const told = left.amount >= -1e-6 ? `${amount} left.` : `Must-haves exceed it by ${amount}.`;
  if (!left.missing) return told;
  if (left.missing === 1) return `${told} 1 above the line has no figure and counts nothing.`;
  return `${told} ${COUNT.format(left.missing)} above the line have no figure and count nothing.`;
}

/** An amount as people type it: 4,500,000 or 4.5m or 900k; null for anything else. */
export function readAmount(text: string): number | null {
  const found = /^(\d+(?:\.\d+)?)([kmb])?$/.exec(text.toLowerCase().replace(/[\s,]/g, ""));
  if (!found) return null;
  const factor = { k: 1e3, m: 1e6, b: 1e9 }[found[2] ?? ""] ?? 1;
  return Number(found[1]) * factor;
}
