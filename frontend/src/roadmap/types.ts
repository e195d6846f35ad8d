export type Milestone = { name: string; due: string; forecast: string | null; done: string | null };
export type Baseline = { start: string; end: string; number: number };

/** A project or programme; `slack` is null outside of chains of dependencies. */
export type Bar = {
  code: string;
  name: string;
  kind: string;
  url: string;
  lane: number;
  start: string;
  end: string;
  stage: string;
  phase: string;
  health: string;
  owner: string;
  version: number | null;
  may_move: boolean;
  slack: number | null;
  is_critical: boolean;
  milestones: Milestone[];
  baseline: Baseline | null;
};

export type Lane = { key: string; name: string; url: string };
/** The project with the code `project` may begin only after the one with the code `needs` has ended. */
export type Link = { needs: string; project: string };
/** A project that is not shown, but tied to one that is. */
export type Beyond = { code: string; name: string; start: string | null; end: string | null };
export type RoadmapData = { today: string; lanes: Lane[]; bars: Bar[]; links: Link[]; beyond: Beyond[] };

export type Dates = { start: string; end: string };
export type Row = { lane: Lane; bar?: undefined } | { lane?: undefined; bar: Bar };
