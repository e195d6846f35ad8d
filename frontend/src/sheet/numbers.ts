/**
 * Numbers as people type and paste them, by the rules of mainstay/core/sheet/numbers.py.
 * A figure is a whole number of units of its last decimal place, so that sums are exact.
 */
export type Mark = "." | ",";

const LARGEST = 10n ** 15n;
const LONGEST = 40;
const SIGNS: Record<string, string[]> = {
  "£": ["GBP"],
  "€": ["EUR"],
  $: ["USD", "AUD", "CAD", "NZD", "SGD", "HKD", "MXN"],
  "¥": ["JPY", "CNY"],
  "₹": ["INR"],
  zł: ["PLN"],
  Kč: ["CZK"],
  Ft: ["HUF"],
  kr: ["SEK", "NOK", "DKK", "ISK"],
};
const SCALES: Record<string, number> = { k: 3, m: 6, mn: 6, mio: 6, bn: 9, tn: 12 };
const SIGN = Object.keys(SIGNS).join("|").replace("$", "\\$");
const BEFORE = new RegExp(`^(?:${SIGN}|[A-Z]{3})(?![A-Za-z])\\s?`);
const AFTER = new RegExp(`\\s?(?:${SIGN}|(?<=[\\s0-9%.])[A-Z]{3})$`);
const SUFFIX = /\s?(k|mn|mio|m|bn|tn)$/i;
const SHAPE: Record<Mark, RegExp> = {
  ".": /^(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:[ '’][0-9]{3})+|[0-9]+)?(?:\.[0-9]*)?$/,
  ",": /^(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:[ '’][0-9]{3})+|[0-9]+)?(?:,[0-9]*)?$/,
};
const AMBIGUOUS = /^[1-9][0-9]{0,2}[.,][0-9]{3}$/;

/** A text that is no number; the message stands beside its cell. */
export class NoNumber extends Error {}

type Parts = {
  isNothing: boolean;
  isNegative: boolean;
  isShare: boolean;
  currency: string;
  scale: number;
  digits: string;
};

/** What stands before the decimals in a block of cells: the evident pattern, otherwise the British point or a habit. */
export function decimalMark(texts: Iterable<string>, otherwise: Mark = "."): Mark {
  const votes = { ".": 0, ",": 0 };
  for (const text of texts) {
    const { digits } = partsOf(text);
    const mark = evident(digits);
    if (mark && SHAPE[mark].test(digits)) votes[mark] += 1;
  }
  if (votes[","] === votes["."]) return otherwise;
  return votes[","] > votes["."] ? "," : ".";
}

/** Whether a point or comma in it may stand before decimals or before thousands. */
export function isAmbiguous(text: string): boolean {
  return AMBIGUOUS.test(partsOf(text).digits);
}

/** The number in a cell in units of 10^-places, half a unit away from zero; null for an empty cell. */
export function readNumber(text: string, mark: Mark, unit: string, places: number): bigint | null {
  const parts = partsOf(text);
  if (parts.isNothing) return null;
  const { digits, currency } = parts;
  const meant = evident(digits) || mark;
  if (!/[0-9]/.test(digits) || !SHAPE[meant].test(digits))
    throw new NoNumber(`“${shown(text)}” is no number.`);
  if (currency && isOther(currency, unit)) throw new NoNumber(`“${shown(text)}” is not in ${unit}.`);
  const [whole = "", rest = ""] = digits.split(meant);
  const shift = parts.scale - (parts.isShare && unit !== "%" ? 2 : 0);
  const size = BigInt(whole.replace(/[^0-9]/g, "") + rest || "0");
  const decimals = rest.length - shift;
  if (rescaled(size, decimals, 0, false) >= LARGEST) {
    throw new NoNumber(`“${shown(text)}” is larger than any number kept here.`);
  }
  const units = rescaled(size, decimals, places, true);
  return parts.isNegative ? -units : units;
}

/** The same figure with another number of decimals; half a unit goes away from zero, or is cut off. */
export function rescaled(units: bigint, from: number, to: number, rounds = true): bigint {
  if (to >= from) return units * 10n ** BigInt(to - from);
  const step = 10n ** BigInt(from - to);
  const size = units < 0n ? -units : units;
  const kept = (rounds ? size + step / 2n : size) / step;
  return units < 0n ? -kept : kept;
}

/** A figure as it stands in its cell: thousands apart, a fixed number of decimals. */
export function written(units: bigint, places: number): string {
  const text = plain(units, places);
  const [whole = "", rest] = text.split(".");
  const grouped = whole.replace(/(?<=[0-9])(?=(?:[0-9]{3})+$)/g, ",");
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}

/** The same without thousands apart, as programs read it. */
export function plain(units: bigint, places: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
  const cut = digits.length - places;
  return `${units < 0n ? "-" : ""}${digits.slice(0, cut)}${places ? `.${digits.slice(cut)}` : ""}`;
}

/** A cell's text, short enough for a message. */
export function shown(text: string): string {
  const short = text.split(/\s+/).filter(Boolean).join(" ");
  return short.length <= 30 ? short : `${short.slice(0, 29)}…`;
}

function partsOf(given: string): Parts {
  let text = given
    .replace(/\s+/g, " ")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .trim();
  const isNothing = text === "" || text === "-";
  let currency = "";
  const withoutCurrency = (from: string): string => {
    let left = from;
    for (const pattern of [BEFORE, AFTER]) {
      const found = pattern.exec(left)?.[0];
      if (!found || currency) continue;
      currency = found.trim();
      left = pattern === BEFORE ? left.slice(found.length) : left.slice(0, -found.length);
    }
    return left.trim();
  };
  text = withoutCurrency(text.length <= LONGEST ? text : "too long");
  const [isNegative, unsigned] = withoutSign(text);
  text = withoutCurrency(unsigned);
  const isShare = text.endsWith("%");
  if (isShare) text = text.slice(0, -1).trimEnd();
  const suffix = SUFFIX.exec(text);
  const scale = suffix?.[1] ? (SCALES[suffix[1].toLowerCase()] ?? 0) : 0;
  return { isNothing, isNegative, isShare, currency, scale, digits: text.slice(0, suffix?.index) };
}

function withoutSign(text: string): [boolean, string] {
  if (text.startsWith("(") && text.endsWith(")") && text.length > 1) return [true, text.slice(1, -1).trim()];
  if (text.endsWith("-") && !text.startsWith("-")) return [true, text.slice(0, -1).trim()];
  return [text.startsWith("-"), text.replace(/^-/, "").replace(/^\+/, "").trim()];
}

/** The decimal mark that a text itself shows, or nothing where both readings are possible. */
function evident(digits: string): Mark | "" {
  const [points, commas] = [digits.split(".").length - 1, digits.split(",").length - 1];
  if (points && commas) return digits.lastIndexOf(".") > digits.lastIndexOf(",") ? "." : ",";
  if (points + commas > 1) return points ? "," : ".";
  if (points + commas === 0 || AMBIGUOUS.test(digits)) return "";
  return points ? "." : ",";
}

function isOther(sign: string, unit: string): boolean {
  return /^[A-Z]{3}$/.test(unit) && !(SIGNS[sign] ?? [sign]).includes(unit);
}
