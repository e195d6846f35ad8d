import { SheetModel } from "../../src/sheet/model.ts";
import type { Base, Column, LineData, SheetData } from "../../src/sheet/types.ts";

export function column(key: string, more: Partial<Column> = {}): Column {
  return {
    key,
    label: key.toUpperCase(),
    group: "",
    kind: "number",
    choices: [],
    unit: "",
    decimals: 2,
    minimum: null,
    maximum: null,
    required: false,
    summed: true,
    longest: 20,
    ...more,
  };
}

export function line(key: string, cells: Record<string, string>, more: Partial<LineData> = {}): LineData {
  return {
    key,
    kind: "stored",
    labels: [`Line ${key}`],
    cells,
    errors: {},
    theirs: {},
    taken: [],
    hints: {},
    ...more,
  };
}

export function sheet(more: Partial<SheetData> = {}): SheetData {
  return {
    name: "costs",
    title: "Costs",
    unit: "GBP",
    decimals: 2,
    totals: "both",
    adds: false,
    removes: false,
    open: true,
    most: 5,
    curves: [],
    noun: "line",
    who: "",
    headings: ["Line"],
    gone: [],
    columns: [column("a"), column("b"), column("c")],
    lines: [line("1", { a: "1.00", b: "2.00", c: "" }), line("2", { a: "10.00", b: "", c: "" })],
    ...more,
  };
}

/** What the page had shown: the stored lines as they are. */
export function baseOf(data: SheetData): Base {
  return Object.fromEntries(data.lines.filter(({ kind }) => kind === "stored").map((l) => [l.key, l.cells]));
}

export function model(more: Partial<SheetData> = {}): SheetModel {
  const data = sheet(more);
  return new SheetModel(data, baseOf(data), () => {});
}

export function texts(of: SheetModel): string[][] {
  return of.lines.map(({ cells }) => of.columns.map(({ key }) => cells[key]?.text ?? ""));
}
