/** What spreadsheets put on the clipboard, and what they like to find there. */

const FORMULA = /^[=+\-@]/;

/** The block of cells on the clipboard: text with tabs where there is one, else the first table of HTML. */
export function blockOf(data: Pick<DataTransfer, "getData">): string[][] {
  const text = data.getData("text/plain");
  if (/[\t\n\r]/.test(text)) return fromTabs(text);
  const table = fromTable(data.getData("text/html"));
  return table.length > 1 || (table[0]?.length ?? 0) > 1 ? table : fromTabs(text);
}

/** Cells from tab-separated text; a cell in quotation marks may hold line ends and doubled marks. */
export function fromTabs(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*)/y;
  let at = 0;
  while (at <= text.length) {
    cell.lastIndex = at;
    const found = cell.exec(text);
    const value = found?.[1] === undefined ? (found?.[2] ?? "") : found[1].replaceAll('""', '"');
    rows.at(-1)?.push(withoutGuard(value));
    at = cell.lastIndex;
    const end = /\r\n|\r|\n|\t/y;
    end.lastIndex = at;
    const mark = end.exec(text)?.[0];
    if (mark === undefined) break;
    at += mark.length;
    if (mark === "\t") continue;
    if (at === text.length) break;
    rows.push([]);
  }
  return rows;
}

/** Cells of the first table in HTML; a cell over several columns is followed by empty ones. */
export function fromTable(html: string): string[][] {
  if (!/<table/i.test(html)) return [];
  // The page's policy refuses styles, even in a document nobody sees.
  const bare = html
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/\sstyle=("[^"]*"|'[^']*'|[^\s>]+)/gi, "");
  const rows = new DOMParser().parseFromString(bare, "text/html").querySelectorAll("table tr");
  return [...rows].map((row) =>
    [...row.querySelectorAll<HTMLTableCellElement>("td, th")].flatMap((cell) => [
      (cell.textContent ?? "").replace(/\s+/g, " ").trim(),
      ...Array<string>(Math.max(0, Math.min(cell.colSpan || 1, 200) - 1)).fill(""),
    ]),
  );
}

/** Cells as tab-separated text; words that a spreadsheet would take for a formula are kept words. */
export function toTabs(block: { text: string; isNumber: boolean }[][]): string {
  const lines = block.map((row) => row.map(({ text, isNumber }) => quoted(isNumber ? text : guarded(text))));
  return lines.map((row) => row.join("\t")).join("\n");
}

function quoted(text: string): string {
  return /[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function guarded(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

function withoutGuard(text: string): string {
  return text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text;
}
