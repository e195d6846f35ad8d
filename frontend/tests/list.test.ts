import { beforeEach, expect, test, vi } from "vitest";
import { markFit } from "../src/islands/list.ts";
import { find, page, press } from "./setup.ts";

const went = vi.fn();

beforeEach(() => {
  went.mockClear();
  vi.stubGlobal("location", { assign: went });
  const rows = [1, 2, 3].map(
    (n) => `<tr data-href="/p/${n}/" data-edit="/p/${n}/edit/" tabindex="-1">
      <td><input type="checkbox" name="selected" value="${n}"></td><td>Project ${n}</td></tr>`,
  );
  page(`<m-list><table><thead><tr><th><input type="checkbox" data-all></th></tr></thead>
    <tbody>${rows.join("")}</tbody></table><div data-bulk hidden><b data-count>0</b></div></m-list><input id="elsewhere">`);
});

function chosen(): string[] {
  return [...document.querySelectorAll<HTMLInputElement>("[name=selected]:checked")].map((box) => box.value);
}

function click(value: number, more: MouseEventInit = {}): void {
  find(`[value="${value}"]`).dispatchEvent(new MouseEvent("click", { bubbles: true, ...more }));
}

test("j and k move between the rows and stop at the ends", () => {
  press("k");
  expect(document.activeElement?.getAttribute("data-href")).toBe("/p/1/");
  for (const key of ["j", "j", "j"]) press(key, document.activeElement ?? document.body);
  expect(document.activeElement?.getAttribute("data-href")).toBe("/p/3/");
});

test("Enter opens the row and e edits it", () => {
  press("j");
  press("Enter", find("[data-href='/p/1/']"));
  press("e", find("[data-href='/p/1/']"));
  expect(went.mock.calls).toEqual([["/p/1/"], ["/p/1/edit/"]]);
});

test("x selects the row and shows the bar with the count", () => {
  expect(find("[data-bulk]").hidden).toBe(true);
  press("j");
  press("x", find("[data-href='/p/1/']"));
  expect(chosen()).toEqual(["1"]);
  expect(find("[data-bulk]").hidden).toBe(false);
  expect(find("[data-count]").textContent).toBe("1");
  expect(find("[data-href='/p/1/']").getAttribute("aria-selected")).toBe("true");
});

test("Shift-click selects everything between", () => {
  click(1);
  click(3, { shiftKey: true });
  expect(chosen()).toEqual(["1", "2", "3"]);
});

test("one box selects all, and stands between when only some are selected", () => {
  const all = find<HTMLInputElement>("[data-all]");
  all.click();
  expect(chosen()).toEqual(["1", "2", "3"]);
  click(2);
  expect(all.indeterminate).toBe(true);
  expect(all.checked).toBe(false);
});

test("keys typed into a field stay there", () => {
  press("j", find("#elsewhere"));
  expect(document.activeElement?.hasAttribute("data-href")).toBe(false);
});

test("keys with Control belong to the browser", () => {
  press("j", document.body, { ctrlKey: true });
  expect(document.activeElement?.hasAttribute("data-href")).toBe(false);
});

test.each([
  [900, 900, true],
  [901, 900, false],
])("a table of %d in a place of %d: the heading follows the page: %s", (table, place, fits) => {
  page(`<div class="table-wrap"><table></table></div>`);
  Object.defineProperty(find("table"), "offsetWidth", { value: table });
  Object.defineProperty(find(".table-wrap"), "clientWidth", { value: place });
  markFit(find(".table-wrap"));
  expect(find(".table-wrap").hasAttribute("data-fits")).toBe(fits);
});
