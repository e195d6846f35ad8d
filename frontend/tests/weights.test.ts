import { beforeEach, expect, test, vi } from "vitest";
import "../src/islands/weights.ts";
import { find, page } from "./setup.ts";

const DATA = {
  limit: { amount: 100, label: "Budget" },
  shown: 2,
  rows: [
    ["f", "Fit", "", "/f/", false, 50, 90, 10],
    ["r", "Return", "", "", false, 60, 10, 90],
    ["o", "Other", "", "", false, 10, 0, 0],
  ],
};

function criterion(key: string, weight: number): string {
  return `<tr data-criterion="${key}"><td><input type="range" min="0" max="100" step="0.1" value="${weight}" data-slider></td>
    <td><input type="number" name="weight-${key}" value="${weight}"></td><td><input type="checkbox" data-lock></td></tr>`;
}

function lines(): string[] {
  const rows = [...document.querySelectorAll("[data-order] tr")];
  return rows.map((row) => [...row.children].map((cell) => cell.textContent).join("|"));
}

function boxes(): string[] {
  return [...document.querySelectorAll<HTMLInputElement>("[type=number]")].map((box) => box.value);
}

function slide(at: number, value: number): void {
  const slider = [...document.querySelectorAll<HTMLInputElement>("[data-slider]")][at] as HTMLInputElement;
  slider.value = String(value);
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}

beforeEach(() => {
  vi.stubGlobal("requestAnimationFrame", (act: () => void) => act());
  page(`<m-weights><form><table>${criterion("fit", 80)}${criterion("return", 20)}</table><b data-sum></b>
    <button type="button" data-reset></button></form><p data-effect></p><table><tbody data-order></tbody></table>
    <script type="application/json">${JSON.stringify(DATA)}</script></m-weights>`);
});

test("the order in force stands there first", () => {
  expect(lines()).toEqual(["1||Fit|74.0|50|Above", "2||Return|26.0|60|Below"]);
  expect(find("[data-effect]").textContent).toBe(
    "The order is the one in force. 1 of 3 stand above the line.",
  );
});

test("a slider takes the others along and shows who crosses the line", () => {
  slide(0, 20);
  expect(boxes()).toEqual(["20", "80"]);
  expect(find("[data-sum]").textContent).toBe("100");
  expect(lines()).toEqual(["1|▲ up 1|Return|74.0|60|Now above", "2|▼ down 1|Fit|26.0|50|Now below"]);
});

test("a box counts when it is left", () => {
  const box = find<HTMLInputElement>("[name=weight-return]");
  box.value = "35";
  box.dispatchEvent(new Event("change", { bubbles: true }));
  expect(boxes()).toEqual(["65", "35"]);
});

test("a weight that is kept cannot be moved, nor one that is left alone", () => {
  const lock = find<HTMLInputElement>("[data-lock]");
  lock.checked = true;
  lock.dispatchEvent(new Event("change", { bubbles: true }));
  const sliders = [...document.querySelectorAll<HTMLInputElement>("[data-slider]")];
  expect(sliders.map((slider) => slider.disabled)).toEqual([true, true]);
});

test("one button brings everything back", () => {
  slide(0, 20);
  find<HTMLButtonElement>("[data-reset]").click();
  expect(boxes()).toEqual(["80", "20"]);
  expect(lines()[0]).toBe("1||Fit|74.0|50|Above");
});
