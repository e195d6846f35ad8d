import { expect, test } from "vitest";
import { above, dayOf, isoOf, monthsLater, Scale, said, stepped, ticks } from "../../src/roadmap/time.ts";

test("a day and its number belong together, also across a change of the clock", () => {
  expect(dayOf("1970-01-02")).toBe(1);
  expect(isoOf(dayOf("2026-03-29") + 1)).toBe("2026-03-30");
  expect(said("2026-03-01")).toBe("1 Mar 2026");
});

test("a month later than the last of January is the last of February", () => {
  expect(isoOf(monthsLater(dayOf("2027-01-31"), 1))).toBe("2027-02-28");
  expect(isoOf(monthsLater(dayOf("2027-01-15"), -1))).toBe("2026-12-15");
});

test("an arrow key steps a day, a week, a month or a quarter", () => {
  const from = dayOf("2027-01-15");
  const steps = (["week", "month", "quarter", "year"] as const).map((zoom) => isoOf(stepped(from, zoom, 1)));
  expect(steps).toEqual(["2027-01-16", "2027-01-22", "2027-02-15", "2027-04-15"]);
});

test("steps of time begin on Mondays, first days of months, quarters and years", () => {
  const [first, last] = [dayOf("2026-11-18"), dayOf("2027-02-03")];
  const days = (zoom: "week" | "quarter" | "year") => ticks(zoom, first, last).map(({ day }) => isoOf(day));
  expect(days("week").slice(0, 2)).toEqual(["2026-11-16", "2026-11-23"]);
  expect(days("quarter")).toEqual(["2026-10-01", "2027-01-01"]);
  expect(ticks("quarter", first, last).map(({ label }) => label)).toEqual(["Q4", "Q1"]);
  expect(above("week", first, last).map(({ label }) => label)).toEqual([
    "Nov 2026",
    "Dec 2026",
    "Jan 2027",
    "Feb 2027",
  ]);
});

test("a scale puts days where they are read again", () => {
  const scale = new Scale("month", dayOf("2027-01-01"), dayOf("2027-12-31"));
  const day = dayOf("2027-06-01");
  expect(scale.day(scale.x(day))).toBe(day);
  expect(scale.x(day + 1) - scale.x(day)).toBe(2);
});
