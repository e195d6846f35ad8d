import { expect, test } from "vitest";
import { rescaled } from "../src/rank/shares.ts";
import { effectOf, effectWords, ranked, total, unpacked } from "../src/rank/weighing.ts";

const OPEN = [false, false, false];

test("the others share what is left in their proportions", () => {
  expect(rescaled([50, 30, 20], 0, 60, OPEN)).toEqual([60, 24, 16]);
});

test("all together stay at exactly 100, whatever is rounded", () => {
  const weights = rescaled([33.4, 33.3, 33.3], 0, 0.1, OPEN);
  expect(weights).toEqual([0.1, 50, 49.9]);
  expect(weights.reduce((sum, weight) => sum + weight * 10, 0)).toBeCloseTo(1000, 9);
});

test("a locked weight stays, and takes from what the moved one can have", () => {
  expect(rescaled([50, 30, 20], 0, 60, [false, true, false])).toEqual([60, 30, 10]);
  expect(rescaled([50, 30, 20], 0, 95, [false, true, false])).toEqual([70, 30, 0]);
});

test("weights that are all nothing share equally", () => {
  expect(rescaled([100, 0, 0], 0, 40, OPEN)).toEqual([40, 30, 30]);
});

test("where nothing else is free nothing moves", () => {
  expect(rescaled([50, 30, 20], 0, 60, [false, true, true])).toEqual([50, 30, 20]);
});

test("more than everything and less than nothing cannot be had", () => {
  expect(rescaled([50, 30, 20], 0, 140, OPEN)).toEqual([100, 0, 0]);
  expect(rescaled([50, 30, 20], 0, -5, OPEN)).toEqual([0, 60, 40]);
});

const ROWS = [
  unpacked(["must", "Law", "", "", true, 10, 0, 0]),
  unpacked(["fit", "Fit", "", "", false, 50, 90, 10]),
  unpacked(["return", "Return", "", "", false, 60, 10, 90]),
  unpacked(["none", "Unrated", "", "", false, null, null, null]),
];

test("ratings that are missing are neither zero nor the worst", () => {
  expect(total([80, null, 20], [50, 25, 25])).toBe(60);
  expect(total([null, 40], [100, 0])).toBeNull();
});

test("must-haves come first, what has no rating last, and the line follows the limit", () => {
  const order = ranked(ROWS, [80, 20], 100);
  expect(order.map(({ row, isIn }) => [row.key, isIn])).toEqual([
    ["must", true],
    ["fit", true],
    ["return", false],
    ["none", false],
  ]);
});

test("new weights say who crosses the line", () => {
  const before = ranked(ROWS, [80, 20], 100);
  const now = ranked(ROWS, [20, 80], 100);
  expect(effectOf(before, now)).toEqual({ came: ["Return"], went: ["Fit"], moved: 2 });
  expect(effectWords(effectOf(before, now), now, true)).toBe(
    "2 of 4 take another place. 2 of 4 stand above the line. Above the line now: Return. Below it now: Fit.",
  );
});

test("weights that change nothing say so", () => {
  const before = ranked(ROWS, [80, 20], null);
  expect(effectWords(effectOf(before, before), before, false)).toBe("The order is the one in force.");
});
