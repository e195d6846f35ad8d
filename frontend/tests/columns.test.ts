import { beforeEach, expect, test } from "vitest";
import "../src/islands/columns.ts";
import { find, page, press } from "./setup.ts";

beforeEach(() => {
  const lines = ["name", "stage", "cost"].map(
    (n) => `<li><label><input type="checkbox" name="columns" value="${n}"> ${n}</label></li>`,
  );
  page(`<m-columns><ul class="column-list">${lines.join("")}</ul></m-columns>`);
});

function order(): string[] {
  return [...document.querySelectorAll<HTMLInputElement>("input")].map((box) => box.value);
}

test("each column has buttons that say what they move", () => {
  const labels = [...document.querySelectorAll("button")].map((button) => button.getAttribute("aria-label"));
  expect(labels.slice(0, 2)).toEqual(["Move up: name", "Move down: name"]);
});

test("the buttons change the order, and stop at the ends", () => {
  find<HTMLButtonElement>('[aria-label="Move down: name"]').click();
  expect(order()).toEqual(["stage", "name", "cost"]);
  find<HTMLButtonElement>('[aria-label="Move up: stage"]').click();
  expect(order()).toEqual(["stage", "name", "cost"]);
});

test("Alt with the arrows does the same from the check box", () => {
  press("ArrowUp", find("[value=cost]"), { altKey: true });
  expect(order()).toEqual(["name", "cost", "stage"]);
  press("ArrowUp", find("[value=cost]"));
  expect(order()).toEqual(["name", "cost", "stage"]);
});
