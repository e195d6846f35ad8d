import { beforeEach, expect, test, vi } from "vitest";
import { openRecord } from "../src/islands/chart.ts";
import { written } from "../src/tip.ts";
import { find, page } from "./setup.ts";

const drawing = { finalize: vi.fn(), view: { addEventListener: vi.fn() } };
const embed = vi.fn(async (_place: HTMLElement, _spec: unknown) => drawing);
vi.mock("../src/vega.ts", () => ({ embed: (...all: Parameters<typeof embed>) => embed(...all) }));

const DATA = {
  spec: { mark: "bar" },
  columns: [{ label: "Cost", field: "cost", kind: "money", unit: "GBP" }],
};
const CHART = `<m-chart><button class="chart-toggle" aria-pressed="false">Table</button>
  <div class="chart-canvas"></div><div class="chart-table"></div>
  <script type="application/json">${JSON.stringify(DATA)}</script></m-chart>`;

beforeEach(() => {
  page("");
  vi.clearAllMocks();
  page(CHART);
});

async function drawn(times = 1): Promise<void> {
  await vi.waitFor(() => expect(embed).toHaveBeenCalledTimes(times));
  await vi.waitFor(() => expect(drawing.view.addEventListener).toHaveBeenCalledTimes(3 * times));
}

test("the specification left in the page is drawn into the canvas", async () => {
  await drawn();
  expect(embed.mock.calls[0]).toEqual([find(".chart-canvas"), { mark: "bar" }]);
  expect(find("m-chart").getAttribute("shows")).toBe("chart");
});

test("the table stands one toggle away", async () => {
  await drawn();
  find<HTMLButtonElement>(".chart-toggle").click();
  expect(find("m-chart").getAttribute("shows")).toBe("table");
  expect(find(".chart-toggle").getAttribute("aria-pressed")).toBe("true");
  find<HTMLButtonElement>(".chart-toggle").click();
  expect(find("m-chart").getAttribute("shows")).toBe("chart");
});

test("a change of colours draws it again and gives the old drawing back", async () => {
  await drawn();
  document.documentElement.dataset.bsTheme = "dark";
  await drawn(2);
  expect(drawing.finalize).toHaveBeenCalledTimes(1);
});

test("a chart that leaves the page gives its drawing back", async () => {
  await drawn();
  page("");
  expect(drawing.finalize).toHaveBeenCalledTimes(1);
});

test("a click opens the record of the mark, and nothing where there is none", () => {
  const went = vi.fn();
  vi.stubGlobal("location", { assign: went });
  openRecord({ url: "/p/1/" });
  openRecord({ url: "" });
  openRecord(undefined);
  expect(went.mock.calls).toEqual([["/p/1/"]]);
});

test.each([
  [1_350_000, "money", "GBP", "GBP 1.4m"],
  [494_200_000_000, "money", "GBP", "GBP 494.2bn"],
  [0.416, "percent", "", "42%"],
  [7.5, "number", "FTE", "7.5 FTE"],
  [null, "number", "", "–"],
  ["Active", "text", "", "Active"],
])("hovering writes %s as %s %s: %s", (value, kind, unit, text) => {
  expect(written(value, { kind, unit })).toBe(text);
});
