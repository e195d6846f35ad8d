import { expect, test } from "vitest";
import {
  decimalMark,
  isAmbiguous,
  type Mark,
  NoNumber,
  readNumber,
  rescaled,
  written,
} from "../../src/sheet/numbers.ts";
import cases from "../cases/numbers.json";

/** A decimal text as whole units of 10^-4. */
function exact(text: string): bigint {
  const [whole = "", rest = ""] = text.replace("-", "").split(".");
  const units = BigInt(whole + rest.padEnd(4, "0"));
  return text.startsWith("-") ? -units : units;
}

test.each(cases.numbers)("$text is $value", ({ text, mark, unit, value }) => {
  expect(readNumber(text, mark as Mark, unit, 4)).toBe(value === null ? null : exact(value));
});

test.each(cases.errors)("$text is refused", ({ text, mark, unit, error }) => {
  expect(() => readNumber(text, mark as Mark, unit, 2)).toThrow(new NoNumber(error));
});

test.each(cases.blocks)("a block of $texts has the mark $mark", ({ texts, mark }) => {
  expect(decimalMark(texts)).toBe(mark);
});

test("without a pattern a habit decides", () => {
  expect(decimalMark(["1.234"], ",")).toBe(",");
  expect(decimalMark(["1.5"], ",")).toBe(".");
});

test.each(cases.rounded)("$value with $decimals decimals is $text", ({ value, decimals, text }) => {
  const units = readNumber(value, ".", "", decimals);
  expect(written(units ?? 0n, decimals)).toBe(text);
});

test("figures change their scale exactly, half a unit away from zero", () => {
  expect([rescaled(125n, 2, 1), rescaled(-125n, 2, 1), rescaled(124n, 2, 1), rescaled(5n, 0, 2)]).toEqual([
    13n,
    -13n,
    12n,
    500n,
  ]);
});

test("what may be read two ways is known", () => {
  expect(["1.234", "1,234", "0.125", "1.234,5", "12"].map(isAmbiguous)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
