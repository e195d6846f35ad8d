export type Spot = { key: string; lane: string; x: number; y: number };
export type Pair = { source: string; target: string };
export type Way = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

function reached(pairs: Pair[], key: string, from: keyof Pair, to: keyof Pair): Set<string> {
  const found = new Set([key]);
  for (const one of found) for (const pair of pairs) if (pair[from] === one) found.add(pair[to]);
  return found;
}

/** Everything that a node leads to and everything that leads to it, with the links on the way. */
export function connected(pairs: Pair[], key: string): { keys: Set<string>; links: Pair[] } {
  const ahead = reached(pairs, key, "source", "target");
  const behind = reached(pairs, key, "target", "source");
  const links = pairs.filter(
    ({ source, target }) =>
      (ahead.has(source) && ahead.has(target)) || (behind.has(source) && behind.has(target)),
  );
  return { keys: new Set([...ahead, ...behind]), links };
}

/** The lanes with their nodes in the order in which they stand; `inColumns` lanes run downwards. */
export function lanesOf(spots: Spot[], inColumns: boolean): Spot[][] {
  const along = inColumns ? "y" : "x";
  const across = inColumns ? "x" : "y";
  const lanes = new Map<string, Spot[]>();
  for (const spot of spots) lanes.set(spot.lane, [...(lanes.get(spot.lane) ?? []), spot]);
  return [...lanes.values()]
    .map((lane) => lane.sort((a, b) => a[along] - b[along]))
    .sort((a, b) => (a[0]?.[across] ?? 0) - (b[0]?.[across] ?? 0));
}

/** The node that an arrow key leads to: the next in the lane, or the nearest in the lane beside it. */
export function neighbour(spots: Spot[], key: string, way: Way, inColumns: boolean): Spot | undefined {
  const lanes = lanesOf(spots, inColumns);
  const number = lanes.findIndex((lane) => lane.some((spot) => spot.key === key));
  const lane = lanes[number];
  const place = lane?.findIndex((spot) => spot.key === key) ?? -1;
  const here = lane?.[place];
  if (!lane || !here) return undefined;
  const step = way === "ArrowLeft" || way === "ArrowUp" ? -1 : 1;
  const isAlong = (way === "ArrowUp" || way === "ArrowDown") === inColumns;
  if (isAlong) return lane[place + step];
  const along = inColumns ? "y" : "x";
  const beside = [...(lanes[number + step] ?? [])];
  return beside.sort((a, b) => Math.abs(a[along] - here[along]) - Math.abs(b[along] - here[along]))[0];
}

/** The position, from 1, that a node takes in its lane when it is dropped at a spot. */
export function positionAt(
  spots: Spot[],
  key: string,
  at: { x: number; y: number },
  inColumns: boolean,
): number {
  const along = inColumns ? "y" : "x";
  const lane = lanesOf(spots, inColumns).find((each) => each.some((spot) => spot.key === key)) ?? [];
  return lane.filter((spot) => spot.key !== key && spot[along] < at[along]).length + 1;
}
