import { expect, test } from "vitest";
import { blockOf, fromTable, fromTabs, toTabs } from "../../src/sheet/clipboard.ts";

function clipboard(text: string, html = ""): Pick<DataTransfer, "getData"> {
  return { getData: (kind) => (kind === "text/html" ? html : text) };
}

test("lines and tabs make a block; the line end a spreadsheet adds makes no empty line", () => {
  expect(fromTabs("1\t2\r\n3\t4\r\n")).toEqual([
    ["1", "2"],
    ["3", "4"],
  ]);
  expect(fromTabs("1\n\n3")).toEqual([["1"], [""], ["3"]]);
  expect(fromTabs("1\t\t3")).toEqual([["1", "", "3"]]);
});

test("a cell in quotation marks holds line ends and doubled marks", () => {
  expect(fromTabs('"two\nlines"\t"say ""so"""\n"half\t5')).toEqual([
    ["two\nlines", 'say "so"'],
    ['"half', "5"],
  ]);
});

test("cells of a table are taken where the text is one word only", () => {
  const html = `<html><style>td {color: red}</style><table style="width:1px"><tr><td>1,5<td style='x'>2</tr>
    <tr><td colspan="2"> three  four </td></tr></table>`;
  expect(fromTable(html)).toEqual([
    ["1,5", "2"],
    ["three four", ""],
  ]);
  expect(blockOf(clipboard("1,52three four", html))).toHaveLength(2);
  expect(blockOf(clipboard("1\t2", html))).toEqual([["1", "2"]]);
  expect(blockOf(clipboard("word", "<b>word</b>"))).toEqual([["word"]]);
});

test("what is copied comes back, and words a spreadsheet would compute are guarded", () => {
  const block = [
    [
      { text: "=1+1", isNumber: false },
      { text: "-5", isNumber: true },
    ],
    [
      { text: 'a "b"', isNumber: false },
      { text: "", isNumber: false },
    ],
  ];
  expect(toTabs(block)).toBe(`'=1+1\t-5\n"a ""b"""\t`);
  expect(fromTabs(toTabs(block))).toEqual([
    ["=1+1", "-5"],
    ['a "b"', ""],
  ]);
});
