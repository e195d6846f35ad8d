import { expect, test } from "vitest";
import { type Curve, spread } from "../../src/sheet/curves.ts";
import { plain, readNumber } from "../../src/sheet/numbers.ts";
import cases from "../cases/curves.json";

test.each(cases)("$total over $periods periods, $curve", ({ total, periods, curve, places, parts }) => {
  const units = readNumber(total, ".", "", places) ?? 0n;
  expect(spread(units, periods, curve as Curve).map((part) => plain(part, places))).toEqual(parts);
});
