import { expect, test } from "vitest";
import { dragged, gripAt, Pending, pressed } from "../../src/roadmap/moving.ts";
import { changed, Plan, told } from "../../src/roadmap/plan.ts";
import { isoOf } from "../../src/roadmap/time.ts";
import { bar, sample } from "./samples.ts";

test("each lane has a heading above its bars", () => {
  const plan = new Plan(sample());
  expect(plan.rows.map((row) => row.lane?.name ?? row.bar?.code)).toEqual([
    "Networks",
    "A",
    "B",
    "Digital",
    "C",
  ]);
  expect(plan.place.get("C")).toBe(4);
  expect(plan.span.map(isoOf)).toEqual(["2027-01-01", "2027-06-30"]);
});

test("only what is critical may be shown", () => {
  expect(new Plan(sample(), true).rows.map((row) => row.bar?.code)).toEqual([undefined, "A", "B"]);
});

test("a project that begins the day after the one it needs is in no conflict, a day earlier it is", () => {
  const plan = new Plan(sample());
  expect(plan.clashesOf("A")).toEqual([]);
  const clashes = plan.clashesOf("A", { start: "2027-01-01", end: "2027-04-01" });
  expect(clashes.map(({ sentence }) => sentence)).toEqual([
    "Project A ends on 1 Apr 2027, but Project B needs it and starts on 1 Apr 2027: 1 day too early.",
  ]);
  expect(plan.clashesOf("B", { start: "2027-03-30", end: "2027-06-30" })[0]?.days).toBe(2);
});

test("a project beyond the shown ones counts, one without dates does not", () => {
  const links = [
    { needs: "X", project: "C" },
    { needs: "Y", project: "C" },
  ];
  const beyond = [
    { code: "X", name: "Elsewhere", start: "2027-01-01", end: "2027-02-02" },
    { code: "Y", name: "Undated", start: null, end: null },
  ];
  const plan = new Plan(sample({ links, beyond }));
  expect(plan.clashesOf("C").map(({ needs, days }) => [needs, days])).toEqual([["X", 2]]);
});

test("what comes and what goes is told apart", () => {
  const plan = new Plan(sample());
  const after = plan.clashesOf("A", { start: "2027-02-01", end: "2027-05-01" });
  expect(changed([], after).added).toEqual(after);
  expect(changed(after, []).removed).toEqual(after);
});

test("a bar is told in words", () => {
  const one = bar("A", "2027-01-01", "2027-03-31", { is_critical: true });
  expect(told(one, [])).toBe("Project A, 1 Jan 2027 to 31 Mar 2027, Active, critical");
});

test("the edges of a bar resize it, the rest moves it, a narrow one is moved as a whole", () => {
  expect([gripAt(102, 100, 80), gripAt(140, 100, 80), gripAt(178, 100, 80)]).toEqual([
    "start",
    "whole",
    "end",
  ]);
  expect(gripAt(101, 100, 10)).toBe("whole");
});

test("a dragged bar keeps its length, a resized one has at least a day", () => {
  const dates = { start: "2027-01-10", end: "2027-01-20" };
  expect(dragged(dates, "whole", 5)).toEqual({ start: "2027-01-15", end: "2027-01-25" });
  expect(dragged(dates, "end", -50)).toEqual({ start: "2027-01-10", end: "2027-01-10" });
  expect(dragged(dates, "start", 50)).toEqual({ start: "2027-01-20", end: "2027-01-20" });
});

test("a key moves by the step of the zoom", () => {
  const dates = { start: "2027-01-10", end: "2027-01-20" };
  expect(pressed(dates, "whole", "quarter", 1)).toEqual({ start: "2027-02-10", end: "2027-02-20" });
  expect(pressed(dates, "end", "month", 1)).toEqual({ start: "2027-01-10", end: "2027-01-27" });
});

test("a move says how far it goes", () => {
  const pending = new Pending(bar("A", "2027-01-10", "2027-01-20"), {
    start: "2027-01-10",
    end: "2027-01-20",
  });
  expect(pending.isChanged).toBe(false);
  pending.dates = { start: "2027-01-11", end: "2027-01-21" };
  expect(pending.words).toBe("1 day later");
  pending.dates = { start: "2027-01-08", end: "2027-01-23" };
  expect(pending.words).toBe("starts 2 days earlier, ends 3 days later");
});
