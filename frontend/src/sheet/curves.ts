/** Laying a total over periods, by the mathematics of mainstay/engine/basics/curves.py. */
export type Curve = "flat" | "front" | "back" | "bell";

export const CURVES: Record<Curve, string> = {
  flat: "Flat: the same in every period",
  front: "Front: most at the start",
  back: "Back: most at the end",
  bell: "Bell: most in the middle",
};

function weights(periods: number, curve: Curve): bigint[] {
  const weight = {
    flat: () => 1,
    front: (i: number) => periods - i,
    back: (i: number) => i + 1,
    bell: (i: number) => (i + 1) * (periods - i),
  }[curve];
  return Array.from({ length: periods }, (_, i) => BigInt(weight(i)));
}

/** Parts of a total in whole units that add up to it; what is left over goes to the largest remainders. */
export function spread(total: bigint, periods: number, curve: Curve): bigint[] {
  const units = total < 0n ? -total : total;
  const shares = weights(periods, curve);
  const whole = shares.reduce((sum, share) => sum + share, 0n);
  const parts = shares.map((share) => (units * share) / whole);
  const left = units - parts.reduce((sum, part) => sum + part, 0n);
  shares
    .map((share, i) => ({ i, remainder: (units * share) % whole }))
    .sort((a, b) => (a.remainder === b.remainder ? a.i - b.i : a.remainder > b.remainder ? -1 : 1))
    .slice(0, Number(left))
    .forEach(({ i }) => {
      parts[i] = (parts[i] ?? 0n) + 1n;
    });
  return total < 0n ? parts.map((part) => -part) : parts;
}
