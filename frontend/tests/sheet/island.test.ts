import { beforeEach, expect, test, vi } from "vitest";
import "../../src/islands/sheet.ts";
import { find, page, press } from "../setup.ts";
import { baseOf, column, line, sheet } from "./samples.ts";

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
});

function show(data = sheet()): void {
  const heads = data.columns.map(({ label }) => `<th>${label}</th>`).join("");
  const sums = data.columns.map(() => '<td class="sum"></td>').join("");
  page(`<m-draft key="plan:1"><form id="form"><m-sheet>
    <button type="button" data-do="undo" disabled></button><button type="button" data-do="fillRight"></button>
    <div class="sheet-wrap" tabindex="0"><table class="sheet-table"><thead><tr><th>Line</th>${heads}<th>Total</th></tr>
    </thead><tbody><tr><th>Line 1</th><td><input name="costs:1:a"></td></tr></tbody>
    <tfoot><tr><th>Total</th>${sums}<td class="sum"></td></tr></tfoot></table></div>
    <p class="sheet-said"></p><p class="sheet-figures"></p><p class="sheet-unsaved" hidden><span></span></p>
    <input type="hidden" name="costs" data-whole><input type="hidden" name="costs:base">
    <script type="application/json"></script></m-sheet></form></m-draft>`);
  const parts = find("m-sheet");
  find<HTMLInputElement>("[name='costs:base']").value = JSON.stringify(baseOf(data));
  find("m-sheet script").textContent = JSON.stringify(data);
  parts.replaceWith(parts.cloneNode(true));
}

function cell(key: string, at: string): HTMLElement {
  return find(`[id="costs-${key}-${at}"]`);
}

function sent(): { lines: { key: string; cells: Record<string, string> }[]; gone: string[] } {
  return JSON.parse(find<HTMLInputElement>("[data-whole]").value);
}

function type(text: string, key = "Enter"): void {
  press(text.charAt(0), document.activeElement ?? document.body);
  const field = find<HTMLInputElement>("td > :is(input, select)");
  field.value = text;
  press(key, field);
}

test("the fields of the server become a grid, and all of it is sent in one field", () => {
  show();
  expect(find("table").getAttribute("role")).toBe("grid");
  expect(document.querySelector("[name='costs:1:a']")).toBeNull();
  expect(cell("1", "a").textContent).toBe("1.00");
  expect(sent().lines[1]).toEqual({ key: "2", cells: { a: "10.00", b: "", c: "" } });
  expect(document.querySelectorAll('td[tabindex="0"]')).toHaveLength(1);
});

test("typing replaces, Enter goes down, and the totals follow at once", () => {
  show();
  cell("1", "a").focus();
  type("1,5");
  expect(cell("1", "a").textContent).toBe("1.50");
  expect(document.activeElement).toBe(cell("2", "a"));
  expect([...document.querySelectorAll(".sum")].map((sum) => sum.textContent)).toEqual([
    "3.50",
    "10.00",
    "11.50",
    "2.00",
    "0.00",
    "13.50",
  ]);
  expect(sent().lines[0]?.cells.a).toBe("1.50");
  expect(find(".sheet-unsaved").textContent).toContain("1 change not saved yet");
});

test("Escape leaves a cell as it was", () => {
  show();
  cell("1", "a").focus();
  type("99", "Escape");
  expect(cell("1", "a").textContent).toBe("1.00");
  expect(document.activeElement).toBe(cell("1", "a"));
});

test("text in a cell of figures says so beside it and is read with it", () => {
  show();
  cell("1", "a").focus();
  type("lots");
  const wrong = cell("1", "a");
  expect(wrong.getAttribute("aria-invalid")).toBe("true");
  expect(find(`#${wrong.getAttribute("aria-describedby")}`).textContent).toBe("“lots” is no number.");
  expect(sent().lines[0]?.cells.a).toBe("lots");
});

test("arrows with Shift select a range that is marked and counted", () => {
  show();
  cell("1", "a").focus();
  press("ArrowRight", cell("1", "a"), { shiftKey: true });
  press("ArrowDown", cell("1", "b"), { shiftKey: true });
  expect(document.querySelectorAll('[aria-selected="true"]')).toHaveLength(4);
  expect(find(".sheet-figures").textContent).toBe("Sum 13.00Mean 4.33Count 3");
});

test("a button worked by keyboard keeps the focus, and undo becomes possible", () => {
  show();
  cell("1", "a").focus();
  press("ArrowRight", cell("1", "a"), { shiftKey: true });
  const button = find<HTMLButtonElement>("[data-do=fillRight]");
  button.focus();
  button.click();
  expect(cell("1", "b").textContent).toBe("1.00");
  expect(document.activeElement).toBe(button);
  expect(find("[data-do=undo]").hasAttribute("disabled")).toBe(false);
  find<HTMLButtonElement>("[data-do=undo]").click();
  expect(cell("1", "b").textContent).toBe("2.00");
});

test("Tab goes through the cells and leaves at the end, or after Escape", () => {
  show(sheet({ lines: [line("1", { a: "1.00" })] }));
  cell("1", "a").focus();
  expect(press("Tab", cell("1", "a"))).toBe(false);
  expect(document.activeElement).toBe(cell("1", "b"));
  press("Escape", cell("1", "b"));
  expect(press("Tab", cell("1", "b"))).toBe(true);
  cell("1", "c").focus();
  expect(press("Tab", cell("1", "c"))).toBe(true);
});

test("a choice opens as a list", () => {
  const kind = column("kind", {
    kind: "choice",
    choices: [
      ["x", "Ex"],
      ["y", "Why"],
    ],
  });
  show(sheet({ columns: [kind], lines: [line("1", { kind: "x" })] }));
  expect(cell("1", "kind").textContent).toBe("Ex");
  cell("1", "kind").focus();
  press("F2", cell("1", "kind"));
  const list = find<HTMLSelectElement>("td select");
  expect([...list.options].map(({ textContent }) => textContent)).toEqual(["", "Ex", "Why"]);
  list.value = "y";
  press("Enter", list);
  expect(cell("1", "kind").textContent).toBe("Why");
});

test("a draft is kept while something is unsaved, comes back, and can be discarded", () => {
  show();
  cell("1", "a").focus();
  type("5");
  expect(localStorage.getItem("mainstay-draft:plan:1:costs")).toContain("5.00");
  show();
  expect(cell("1", "a").textContent).toBe("5.00");
  find<HTMLButtonElement>(".note button").click();
  expect(cell("1", "a").textContent).toBe("1.00");
  expect(localStorage.getItem("mainstay-draft:plan:1:costs")).toBeNull();
});

test("leaving asks only while something is unsaved", () => {
  show();
  const leave = () => dispatchEvent(new Event("beforeunload", { cancelable: true }));
  expect(leave()).toBe(true);
  cell("1", "a").focus();
  type("5");
  expect(leave()).toBe(false);
  find("form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  expect(leave()).toBe(true);
});

test("a closed sheet can be selected and copied, not typed into", () => {
  show(sheet({ open: false }));
  cell("1", "a").focus();
  press("5", cell("1", "a"));
  press("Delete", cell("1", "a"));
  expect(document.querySelector("td input")).toBeNull();
  expect(cell("1", "a").textContent).toBe("1.00");
  expect(find("table").getAttribute("aria-readonly")).toBe("true");
});
