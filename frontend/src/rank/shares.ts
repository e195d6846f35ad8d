const STEPS = 10;
const WHOLE = 100 * STEPS;

/**
 * Weights, in percent with one decimal, after one of them was set: the others that are not locked share the rest in
 * their proportions, so that all together stay at exactly 100. What cannot be had is cut to what can.
 */
export function rescaled(weights: number[], at: number, wanted: number, locked: boolean[]): number[] {
  const units = weights.map((weight) => Math.round(weight * STEPS));
  const free = units.map((_, index) => index !== at && !locked[index]);
  if (!free.includes(true)) return weights;
  const held = units.reduce((sum, unit, index) => (index === at || free[index] ? sum : sum + unit), 0);
  const room = Math.max(0, WHOLE - held);
  units[at] = Math.max(0, Math.min(room, Math.round(wanted * STEPS)));
  const shared = share(
    room - units[at],
    units.map((unit, index) => (free[index] ? unit : 0)),
    free,
  );
  return units.map((unit, index) => (free[index] ? (shared[index] ?? 0) : unit) / STEPS);
}

/** Splits whole units in proportion; what rounding leaves goes to the largest remainders, first come first served. */
function share(total: number, parts: number[], free: boolean[]): number[] {
  const sum = parts.reduce((all, part) => all + part, 0);
  const count = free.filter(Boolean).length;
  const exact = parts.map((part, index) => (free[index] ? (sum ? (total * part) / sum : total / count) : 0));
  const whole = exact.map(Math.floor);
  const rest = total - whole.reduce((all, part) => all + part, 0);
  const order = exact
    .map((value, index) => ({ index, over: value - Math.floor(value) }))
    .filter(({ index }) => free[index])
    .sort((a, b) => b.over - a.over || a.index - b.index);
  for (const { index } of order.slice(0, rest)) whole[index] = (whole[index] ?? 0) + 1;
  return whole;
}
