import { expect, test } from "vitest";
import { clear, figuresOf, fill, layOver, paste } from "../../src/sheet/moves.ts";
import { column, line, model, texts } from "./samples.ts";

const ALL = { top: 0, bottom: 1, left: 0, right: 2 };
const CORNER = { top: 0, bottom: 0, left: 0, right: 0 };

test("a block is pasted in one step, undone in one, and done again", () => {
  const costs = model();
  const before = texts(costs);
  expect(
    paste(
      costs,
      [
        ["5", "6,5"],
        ["7", "x"],
      ],
      { ...CORNER, left: 1, right: 1 },
    ),
  ).toMatchObject({
    put: 4,
    refused: 1,
    clipped: false,
  });
  expect(texts(costs)).toEqual([
    ["1.00", "5.00", "6.50"],
    ["10.00", "7.00", "x"],
  ]);
  expect(costs.errors).toBe(1);
  costs.undo();
  expect(texts(costs)).toEqual(before);
  costs.redo();
  expect(costs.cell({ row: 0, column: 2 }).figure).toBe(650n);
});

test("a sheet that takes new lines grows with the block, up to its end, as one step", () => {
  const costs = model({ adds: true });
  const block = Array.from({ length: 7 }, (_, i) => [String(i)]);
  expect(paste(costs, block, CORNER)).toMatchObject({ put: 5, added: 3, clipped: true });
  expect(costs.lines.map(({ key }) => key)).toEqual(["1", "2", "new-1", "new-2", "new-3"]);
  costs.undo();
  expect(costs.lines).toHaveLength(2);
});

test("what lies beyond the sheet is cut off, and fixed lines are not written", () => {
  const costs = model({ lines: [line("1", { a: "1.00" }), line("9", { a: "9.00" }, { kind: "fixed" })] });
  expect(paste(costs, [["4", "4", "4", "4"], ["5"]], CORNER)).toMatchObject({ put: 3, clipped: true });
  expect(texts(costs)[1]).toEqual(["9.00", "", ""]);
});

test("one cell fills a range, and a block repeats where it fits a whole number of times", () => {
  const costs = model();
  paste(costs, [["3"]], ALL);
  expect(texts(costs)).toEqual([
    ["3.00", "3.00", "3.00"],
    ["3.00", "3.00", "3.00"],
  ]);
  paste(costs, [["1", "2", "3"]], ALL);
  expect(texts(costs)[1]).toEqual(["1.00", "2.00", "3.00"]);
});

test("a block shows its own pattern, and what is open follows the habit of the person", () => {
  const costs = model();
  paste(costs, [["1.000", "1.234,5"]], CORNER);
  expect(texts(costs)[0]).toEqual(["1,000.00", "1,234.50", ""]);
  expect(paste(costs, [["2.000"]], CORNER)).toMatchObject({ unsure: true });
  expect(texts(costs)[0]?.[0]).toBe("2,000.00");
  paste(costs, [["2.000"]], CORNER, ".");
  expect(texts(costs)[0]?.[0]).toBe("2.00");
});

test("fill takes the first column or line of a range, or its neighbour", () => {
  const costs = model();
  expect(fill(costs, ALL, "right")).toBe(4);
  expect(texts(costs)).toEqual([
    ["1.00", "1.00", "1.00"],
    ["10.00", "10.00", "10.00"],
  ]);
  fill(costs, { top: 1, bottom: 1, left: 2, right: 2 }, "down");
  expect(texts(costs)[1]).toEqual(["10.00", "10.00", "1.00"]);
  expect(fill(costs, CORNER, "right")).toBe(0);
});

test("sums are exact whatever the decimals, and leave out what is fixed, not summed or unreadable", () => {
  const costs = model({
    columns: [column("a", { decimals: 3 }), column("b"), column("rate", { summed: false })],
    lines: [
      line("1", { a: "0.105", b: "0.10", rate: "7.00" }),
      line("2", { a: "0.205", b: "many" }),
      line("9", { a: "9.000" }, { kind: "fixed" }),
    ],
  });
  expect(costs.reader.places).toBe(3);
  expect(costs.total(costs.countedLines, costs.columns)).toBe(410n);
});

test("sum and number of a selection count figures only", () => {
  expect(figuresOf(model(), ALL)).toEqual({ count: 3, sum: 1300n });
});

test("a total is laid over columns in each line", () => {
  const costs = model();
  expect(layOver(costs, ALL, 10000n, "flat")).toBe(6);
  expect(texts(costs)).toEqual([
    ["33.34", "33.33", "33.33"],
    ["33.34", "33.33", "33.33"],
  ]);
});

test("bounds, choices and long words are told beside their cells", () => {
  const costs = model({
    columns: [
      column("a", { minimum: "0.00", maximum: "9.00" }),
      column("kind", { kind: "choice", choices: [["x", "Ex"]] }),
      column("name", { kind: "text", longest: 3 }),
    ],
  });
  paste(
    costs,
    [
      ["-1", "ex", "abcd"],
      ["9.01", "luck", " a  b "],
    ],
    CORNER,
  );
  expect(costs.lines.map(({ cells }) => Object.values(cells).map(({ error }) => error))).toEqual([
    ["At least 0.00.", "", "Too long: 3 characters at most."],
    ["At most 9.00.", "“luck” is none of: Ex.", ""],
  ]);
  expect(texts(costs)[1]).toEqual(["9.01", "luck", "a b"]);
  expect(texts(costs)[0]?.[1]).toBe("x");
});

test("an error from the server stays until somebody types there", () => {
  const costs = model({ lines: [line("1", { a: "1.00" }, { errors: { a: "The period is closed." } })] });
  expect(costs.cell({ row: 0, column: 0 }).error).toBe("The period is closed.");
  clear(costs, CORNER);
  expect(costs.errors).toBe(0);
});

test("lines are added and removed, and the keys of stored ones are sent as gone", () => {
  const costs = model({ adds: true, removes: true });
  expect(costs.addLines(0)).toBe(1);
  expect(costs.removeLines({ top: 0, bottom: 1, left: 0, right: 0 })).toBe(2);
  expect(JSON.parse(costs.whole())).toEqual({
    lines: [{ key: "2", cells: { a: "10.00", b: "", c: "" } }],
    gone: ["1"],
  });
  expect(costs.unsaved).toBe(1);
  costs.undo();
  expect(costs.lines.map(({ key }) => key)).toEqual(["1", "new-1", "2"]);
});

test("stored lines stay where they may not be removed, and a full sheet takes no more", () => {
  const costs = model({ most: 2 });
  expect(costs.removeLines({ top: 0, bottom: 1, left: 0, right: 0 })).toBe(0);
  expect(model({ adds: true, most: 2 }).addLines(0)).toBeNull();
});

test("a closed sheet takes nothing", () => {
  const costs = model({ open: false });
  expect(paste(costs, [["5"]], CORNER)).toMatchObject({ put: 0 });
  expect(texts(costs)[0]?.[0]).toBe("1.00");
});

test("what is not saved is counted against what the page had shown", () => {
  const costs = model();
  paste(costs, [["5", "2", "3"]], CORNER);
  expect(costs.unsaved).toBe(2);
  paste(costs, [["1", "", ""]], CORNER);
  expect(costs.unsaved).toBe(1);
});

test("a draft brings back cells, new lines and removals as one step", () => {
  const first = model({ adds: true, removes: true });
  paste(first, [["5"]], CORNER);
  first.addLines(1);
  first.removeLines({ top: 1, bottom: 1, left: 0, right: 0 });
  const later = model({ adds: true, removes: true });
  later.restore(first.whole());
  expect(later.whole()).toBe(first.whole());
  later.undo();
  expect(later.unsaved).toBe(0);
});
