import { expect, test } from "vitest";
import { type Heat, neighbour } from "../src/islands/heat.ts";

function map(): Heat {
  const heat = document.createElement("m-heat") as Heat;
  heat.innerHTML = `<table><tbody>
    <tr><th>A</th><td><a id="a1" href="#">1</a></td><td><a id="a2" href="#">2</a></td></tr>
    <tr><th>B</th><td><a id="b1" href="#">3</a></td><td><a id="b2" href="#">4</a></td></tr>
  </tbody></table>`;
  document.body.replaceChildren(heat);
  return heat;
}

function press(cell: string, key: string): void {
  const from = document.getElementById(cell) as HTMLElement;
  from.focus();
  from.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

test("one cell is in the order of the Tab key", async () => {
  map();
  await Promise.resolve();
  const tabs = [...document.querySelectorAll("td a")].map((cell) => (cell as HTMLElement).tabIndex);
  expect(tabs).toEqual([0, -1, -1, -1]);
});

test("arrows lead from cell to cell and stop at the edge", () => {
  map();
  press("a1", "ArrowRight");
  expect(document.activeElement?.id).toBe("a2");
  press("a2", "ArrowDown");
  expect(document.activeElement?.id).toBe("b2");
  press("b2", "ArrowRight");
  expect(document.activeElement?.id).toBe("b2");
  press("b2", "Home");
  expect(document.activeElement?.id).toBe("b1");
});

test("other keys mean nothing here", () => {
  const rows = map().rows;
  expect(neighbour(rows, rows[0]?.[0] as HTMLAnchorElement, "x")).toBeUndefined();
});
