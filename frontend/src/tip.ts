import { element } from "./html.ts";
import type { Reading } from "./islands/chart.ts";

const MONEY = new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 1 });
const NUMBER = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });
const PERCENT = new Intl.NumberFormat("en-GB", { style: "percent", maximumFractionDigits: 0 });

/** One reading of a record as the table writes it. */
export function written(value: unknown, { kind, unit }: Pick<Reading, "kind" | "unit">): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value !== "number") return String(value);
  if (kind === "percent") return PERCENT.format(value);
  if (kind === "money")
    return `${unit} ${MONEY.format(value).replace("K", "k").replace("M", "m").replace("B", "bn")}`.trim();
  return `${NUMBER.format(value)} ${unit}`.trim();
}

let tip: HTMLElement | undefined;

export function hideTip(): void {
  tip?.remove();
  tip = undefined;
}

/** Shows the record under the pointer, and hides when there is none. */
export function showTip(event: MouseEvent, datum: unknown, columns: Reading[]): void {
  hideTip();
  const record = datum as Record<string, unknown> | null | undefined;
  if (!record || columns.every(({ field }) => record[field] === undefined)) return;
  const readings = columns.flatMap((column) => [
    element("dt", {}, column.label),
    element("dd", {}, written(record[column.field], column)),
  ]);
  tip = element("div", { class: "chart-tip", "aria-hidden": "true" }, element("dl", {}, ...readings));
  document.body.append(tip);
  const { width, height } = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(4, Math.min(event.clientX + 14, innerWidth - width - 8))}px`;
  tip.style.top = `${event.clientY + height + 24 > innerHeight ? event.clientY - height - 10 : event.clientY + 14}px`;
}
