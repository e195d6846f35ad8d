import type { Bar, RoadmapData } from "../../src/roadmap/types.ts";

export function bar(code: string, start: string, end: string, more: Partial<Bar> = {}): Bar {
  return {
    code,
    name: `Project ${code}`,
    kind: "project",
    url: `/projects/${code}/`,
    lane: 0,
    start,
    end,
    stage: "Active",
    phase: "committed",
    health: "On track",
    owner: "",
    version: 3,
    may_move: true,
    slack: null,
    is_critical: false,
    milestones: [],
    baseline: null,
    ...more,
  };
}

/** B needs A and begins on the day after it; C lies in a lane of its own. */
export function sample(more: Partial<RoadmapData> = {}): RoadmapData {
  return {
    today: "2027-02-01",
    lanes: [
      { key: "NET", name: "Networks", url: "/portfolios/NET/" },
      { key: "IT", name: "Digital", url: "" },
    ],
    bars: [
      bar("A", "2027-01-01", "2027-03-31", { slack: 0, is_critical: true }),
      bar("B", "2027-04-01", "2027-06-30", { slack: 0, is_critical: true }),
      bar("C", "2027-02-01", "2027-02-28", { lane: 1, may_move: false }),
    ],
    links: [{ needs: "A", project: "B" }],
    beyond: [],
    ...more,
  };
}

/** As many bars as asked for, each needed by the next one. */
export function many(count: number): RoadmapData {
  const bars = Array.from({ length: count }, (_, index) => bar(`P${index}`, "2027-01-01", "2027-06-30"));
  const links = bars.slice(1).map((one, index) => ({ needs: `P${index}`, project: one.code }));
  return sample({ bars, links });
}
