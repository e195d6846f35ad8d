import type { Curve } from "./curves.ts";

/** A column as the page tells it. */
export type Column = {
  key: string;
  label: string;
  group: string;
  kind: "number" | "text" | "choice";
  choices: [value: string, label: string][];
  unit: string;
  decimals: number;
  minimum: string | null;
  maximum: string | null;
  required: boolean;
  summed: boolean;
  longest: number;
};

export type LineKind = "stored" | "new" | "fixed";

/** A line as the page tells it. */
export type LineData = {
  key: string;
  kind: LineKind;
  labels: string[];
  cells: Record<string, string>;
  errors: Record<string, string>;
  theirs: Record<string, string>;
  taken: string[];
  hints: Record<string, string>;
};

/** A sheet as the page tells it, in the JSON script of the component. */
export type SheetData = {
  name: string;
  title: string;
  unit: string;
  decimals: number;
  totals: "both" | "lines" | "columns" | "none";
  adds: boolean;
  removes: boolean;
  open: boolean;
  most: number;
  curves: Curve[];
  noun: string;
  who: string;
  headings: string[];
  gone: string[];
  columns: Column[];
  lines: LineData[];
};

/** What the page had shown before anybody typed, by line and column. */
export type Base = Record<string, Record<string, string>>;

/** One cell: its text, its figure in units of the sheet where it has one, and what is wrong with it. */
export type Cell = { text: string; figure: bigint | null; error: string };

export type Line = {
  key: string;
  kind: LineKind;
  labels: string[];
  cells: Record<string, Cell>;
  theirs: Record<string, string>;
  taken: string[];
  hints: Record<string, string>;
};

/** Everything that undo brings back. */
export type State = { lines: Line[]; gone: string[] };

export type Place = { row: number; column: number };
export type Range = { top: number; bottom: number; left: number; right: number };
export type Change = { row: number; column: number; text: string };
