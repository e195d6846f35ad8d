import { expect, test } from "vitest";
import { type RankData, Ranking } from "../src/rank/ranking.ts";
import { figure, leftWords, readAmount } from "../src/rank/words.ts";

const COST = { key: "cost", label: "Cost", unit: "GBP", kind: "money", places: 0, total: true };
const HOURS = { key: "hours", label: "Hours", unit: "h", kind: "number", places: 1, total: true };

function ranking(more: Partial<RankData> = {}): Ranking {
  return new Ranking({
    columns: [COST, HOURS],
    limit: { column: "cost", amount: 100, label: "Budget" },
    cut: null,
    musts: 1,
    rows: [
      ["must", 30, 1],
      ["a", 40, 2],
      ["b", 50, 4],
      ["c", null, 8],
      ["d", 10, 16],
    ],
    ...more,
  });
}

test("the line stands before the first row that no longer fits", () => {
  expect(ranking().line).toBe(2);
});

test("another amount moves the line", () => {
  const list = ranking();
  list.amount = 120;
  expect(list.line).toBe(4);
  list.amount = 130;
  expect(list.line).toBe(5);
});

test("must-haves stand above the line even when they do not fit", () => {
  const list = ranking();
  list.amount = 5;
  expect(list.line).toBe(1);
  expect(leftWords(list, list.line)).toBe("Must-haves exceed it by GBP 25.");
});

test("a line by count stays where it is", () => {
  expect(ranking({ limit: null, cut: 3 }).line).toBe(3);
  expect(ranking({ limit: null }).line).toBeNull();
});

test("a row that moves takes the line and the sums along", () => {
  const list = ranking();
  expect(list.move("d", 1)).toEqual([1, 4]);
  expect(list.order).toEqual(["must", "d", "a", "b", "c"]);
  expect(list.line).toBe(3);
  expect([list.sum(0, 0, 3), list.sum(1, 0, 3), list.sum(1, 3, 5)]).toEqual([80, 19, 12]);
  expect(list.index("b")).toBe(3);
});

test("must-haves stay in their band and the others below it", () => {
  const list = ranking();
  list.move("d", 0);
  expect(list.index("d")).toBe(1);
  list.move("must", 3);
  expect(list.index("must")).toBe(0);
  list.move("a", 99);
  expect(list.index("a")).toBe(4);
});

test("the order of the server is taken over when it is about the same rows", () => {
  const list = ranking();
  list.arrange(["must", "d", "c", "b", "a"]);
  expect(list.order).toEqual(["must", "d", "c", "b", "a"]);
  expect(list.index("a")).toBe(4);
  list.arrange(["must", "a"]);
  expect(list.order).toEqual(["must", "d", "c", "b", "a"]);
});

test("without an amount there is no line, and the words say what to choose", () => {
  const list = ranking();
  list.amount = null;
  expect(list.line).toBe(null);
  expect(leftWords(list, list.line)).toBe("No cut line: choose a budget.");
});

test("what is left is said in full, and so is what is not known", () => {
  const list = ranking();
  list.amount = 120;
  expect(leftWords(list, list.line)).toBe("GBP 0 left. 1 above the line has no figure and counts nothing.");
});

test.each([
  [4_986_682, COST, "GBP 4,986,682"],
  [7.25, HOURS, "7.3 h"],
  [-0, COST, "GBP 0"],
])("%s is written %s", (value, column, text) => {
  expect(figure(value, column)).toBe(text);
});

test.each([
  ["4,500,000", 4_500_000],
  ["4.5m", 4_500_000],
  [" 900 K ", 900_000],
  ["2b", 2_000_000_000],
  ["", null],
  ["-3", null],
  ["many", null],
])("%j is read as %s", (text, amount) => {
  expect(readAmount(text)).toBe(amount);
});
