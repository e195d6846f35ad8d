import { expect, test } from "vitest";
import { connected, lanesOf, neighbour, positionAt } from "../src/map/graph.ts";

const PAIRS = [
  { source: "low", target: "middle" },
  { source: "middle", target: "top" },
  { source: "other", target: "top" },
  { source: "top", target: "low" },
];
const SPOTS = [
  { key: "a", lane: "upper", x: 100, y: 10 },
  { key: "b", lane: "upper", x: 300, y: 10 },
  { key: "c", lane: "lower", x: 90, y: 110 },
  { key: "d", lane: "lower", x: 190, y: 110 },
  { key: "e", lane: "lower", x: 290, y: 110 },
];

test("a path is everything ahead and everything behind, also round a circle", () => {
  expect([...connected(PAIRS.slice(0, 3), "middle").keys].sort()).toEqual(["low", "middle", "top"]);
  expect([...connected(PAIRS, "low").keys].sort()).toEqual(["low", "middle", "other", "top"]);
});

test("only links on the path belong to it", () => {
  expect(connected(PAIRS.slice(0, 3), "middle").links).toEqual(PAIRS.slice(0, 2));
});

test("lanes come from above, their nodes from the left", () => {
  const keys = lanesOf([...SPOTS].reverse(), false).map((lane) => lane.map((spot) => spot.key));
  expect(keys).toEqual([
    ["a", "b"],
    ["c", "d", "e"],
  ]);
});

test.each([
  ["c", "ArrowRight", "d"],
  ["d", "ArrowLeft", "c"],
  ["d", "ArrowUp", "a"],
  ["b", "ArrowDown", "e"],
] as const)("from %s %s leads to %s", (from, way, to) => {
  expect(neighbour(SPOTS, from, way, false)?.key).toBe(to);
});

test("at the ends an arrow key leads nowhere", () => {
  expect(neighbour(SPOTS, "e", "ArrowRight", false)).toBeUndefined();
  expect(neighbour(SPOTS, "a", "ArrowUp", false)).toBeUndefined();
});

test("in columns the keys turn round", () => {
  const turned = SPOTS.map((spot) => ({ ...spot, x: spot.y, y: spot.x }));
  expect(neighbour(turned, "c", "ArrowDown", true)?.key).toBe("d");
  expect(neighbour(turned, "b", "ArrowRight", true)?.key).toBe("e");
});

test("where a node is dropped says its position in the lane", () => {
  expect(positionAt(SPOTS, "c", { x: 240, y: 112 }, false)).toBe(2);
  expect(positionAt(SPOTS, "c", { x: 900, y: 112 }, false)).toBe(3);
  expect(positionAt(SPOTS, "e", { x: 0, y: 112 }, false)).toBe(1);
});
