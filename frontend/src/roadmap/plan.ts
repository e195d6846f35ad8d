import { dayOf, said } from "./time.ts";
import type { Bar, Beyond, Dates, Lane, Link, RoadmapData, Row } from "./types.ts";

export type Clash = { needs: string; project: string; days: number; sentence: string };
type Placed = { name: string; start: string | null; end: string | null };

/** What the roadmap shows, by code, with its rows: each lane's heading and its bars. */
export class Plan {
  readonly today: number;
  readonly rows: Row[] = [];
  readonly bars = new Map<string, Bar>();
  readonly place = new Map<string, number>();
  readonly links: Link[];
  readonly #beyond = new Map<string, Beyond>();
  readonly #clashes = new Map<Link, Clash | undefined>();
  readonly #linksOf = new Map<string, Link[]>();

  constructor(data: RoadmapData, onlyCritical = false) {
    this.today = dayOf(data.today);
    this.links = data.links;
    for (const bar of data.bars) this.bars.set(keyOf(bar), bar);
    for (const one of data.beyond) this.#beyond.set(one.code, one);
    for (const link of data.links)
      for (const code of [link.needs, link.project])
        this.#linksOf.set(code, [...(this.#linksOf.get(code) ?? []), link]);
    const shown = onlyCritical ? data.bars.filter((bar) => bar.is_critical) : data.bars;
    this.#lay(data.lanes, shown);
  }

  #lay(lanes: Lane[], bars: Bar[]): void {
    let lane = -1;
    for (const bar of bars) {
      const heading = lanes[bar.lane];
      if (bar.lane !== lane && heading) this.rows.push({ lane: heading });
      lane = bar.lane;
      this.place.set(keyOf(bar), this.rows.length);
      this.rows.push({ bar });
    }
  }

  /** The first and the last day of everything drawn. */
  get span(): [number, number] {
    const days = [this.today];
    for (const { bar } of this.rows) {
      if (!bar) continue;
      days.push(dayOf(bar.start), dayOf(bar.end));
      if (bar.baseline) days.push(dayOf(bar.baseline.start), dayOf(bar.baseline.end));
      for (const mark of bar.milestones) days.push(dayOf(mark.done ?? mark.forecast ?? mark.due));
    }
    return days.reduce(
      ([low, high], day) => [Math.min(low, day), Math.max(high, day)],
      [Infinity, -Infinity],
    );
  }

  /** The dependencies of a project whose dates contradict each other, if it lay at other dates. */
  clashesOf(code: string, dates?: Dates): Clash[] {
    return (this.#linksOf.get(code) ?? []).flatMap(
      (link) => this.clash(link, dates && { code, ...dates }) ?? [],
    );
  }

  /** What is wrong with a dependency's dates, if anything is; as planned it is worked out once. */
  clash(link: Link, moved?: Dates & { code: string }): Clash | undefined {
    if (moved && (link.needs === moved.code || link.project === moved.code)) return this.#clash(link, moved);
    if (!this.#clashes.has(link)) this.#clashes.set(link, this.#clash(link));
    return this.#clashes.get(link);
  }

  #clash(link: Link, moved?: Dates & { code: string }): Clash | undefined {
    const needs = this.#placed(link.needs, moved);
    const project = this.#placed(link.project, moved);
    if (!needs?.end || !project?.start) return undefined;
    const days = dayOf(needs.end) - dayOf(project.start) + 1;
    if (days <= 0) return undefined;
    const early = days === 1 ? "1 day" : `${days} days`;
    const sentence = `${needs.name} ends on ${said(needs.end)}, but ${project.name} needs it and starts on ${said(project.start)}: ${early} too early.`;
    return { ...link, days, sentence };
  }

  #placed(code: string, moved?: Dates & { code: string }): Placed | undefined {
    const found = this.bars.get(code) ?? this.#beyond.get(code);
    return found && moved?.code === code ? { ...found, start: moved.start, end: moved.end } : found;
  }
}

/** Programmes have codes of their own, which a project might have too. */
export function keyOf(bar: Bar): string {
  return bar.kind === "project" ? bar.code : `${bar.kind} ${bar.code}`;
}

/** What comes and what goes between two lists of clashes. */
export function changed(before: Clash[], after: Clash[]): { added: Clash[]; removed: Clash[] } {
  const key = ({ needs, project }: Clash) => `${needs} ${project}`;
  const [was, is] = [new Set(before.map(key)), new Set(after.map(key))];
  return {
    added: after.filter((one) => !was.has(key(one))),
    removed: before.filter((one) => !is.has(key(one))),
  };
}

/** A bar in words, for those who do not see it. */
export function told(bar: Bar, clashes: Clash[]): string {
  const parts = [
    `${bar.name}, ${said(bar.start)} to ${said(bar.end)}`,
    bar.kind === "programme" ? "programme" : bar.stage,
    bar.is_critical ? "critical" : "",
    clashes.length ? `${clashes.length} in conflict` : "",
    bar.milestones.length ? `${bar.milestones.length} milestones` : "",
  ];
  return parts.filter(Boolean).join(", ");
}
