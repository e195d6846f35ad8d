import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "../../src/islands/roadmap.ts";
import { paper } from "../../src/roadmap/paper.ts";
import { Plan } from "../../src/roadmap/plan.ts";
import type { RoadmapData } from "../../src/roadmap/types.ts";
import { many, sample } from "./samples.ts";

type Sent = { url: string; body: string };

let sent: Sent[] = [];
let answers: Record<string, [number, unknown]> = {};

beforeEach(() => {
  sent = [];
  answers = {
    "/effect/": [200, { conflicts_added: [], conflicts_removed: [], capacity: "Fits.", budget: "" }],
  };
  vi.stubGlobal("fetch", async (url: string, options: RequestInit = {}) => {
    sent.push({ url, body: String(options.body ?? "") });
    const [status, content] = answers[url.split("?")[0] ?? ""] ?? [404, {}];
    return new Response(typeof content === "string" ? content : JSON.stringify(content), { status });
  });
});

afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

function shown(data: RoadmapData, isMovable = true): HTMLElement {
  const roadmap = document.createElement("m-roadmap");
  Object.assign(roadmap.dataset, { zoom: "month", sourceUrl: "/data/" });
  if (isMovable) Object.assign(roadmap.dataset, { moveUrl: "/moves/", effectUrl: "/effect/" });
  roadmap.innerHTML = `
    <script type="application/json">${JSON.stringify(data)}</script>
    <input type="hidden" name="csrfmiddlewaretoken" value="token">
    <button data-zoom-to="year"></button><button data-only="critical"></button>
    <div data-canvas hidden></div><div data-paper></div>
    <div data-panel hidden><div data-effect></div><button data-release></button></div><p data-said></p>`;
  document.body.replaceChildren(roadmap);
  return roadmap;
}

function link(code: string): Element {
  return document.querySelector(`[data-key="${code}"]`) as Element;
}

function press(code: string, key: string, shiftKey = false): void {
  (link(code) as HTMLElement).focus();
  link(code).dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true }));
}

function text(selector: string): string {
  return document.querySelector(selector)?.textContent?.trim() ?? "";
}

test("every bar says what it is, and one of them is in the order of the Tab key", () => {
  shown(sample());
  expect(link("A").getAttribute("aria-label")).toBe("Project A, 1 Jan 2027 to 31 Mar 2027, Active, critical");
  expect(document.querySelectorAll('[data-key][tabindex="0"]')).toHaveLength(1);
});

test("of two thousand bars only those near the visible part are in the document", () => {
  shown(many(2000));
  expect(document.querySelectorAll("[data-key]").length).toBeLessThan(60);
});

test("an arrow key moves a bar and tells the conflict before anything is sent", () => {
  shown(sample());
  press("A", "ArrowRight");
  expect(text(".roadmap-move")).toBe("Project A: 7 days later (8 Jan 2027 to 7 Apr 2027).");
  expect(text(".roadmap-bad")).toBe(
    "New conflict: Project A ends on 7 Apr 2027, but Project B needs it and starts on 1 Apr 2027: 7 days too early.",
  );
  expect(link("A").classList.contains("is-moving")).toBe(true);
  expect(sent).toEqual([]);
});

test("shift with an arrow key changes the end only", () => {
  shown(sample());
  press("A", "ArrowLeft", true);
  expect(text(".roadmap-move")).toBe("Project A: ends 7 days earlier (1 Jan 2027 to 24 Mar 2027).");
});

test("Escape gives up and sends nothing", () => {
  shown(sample());
  press("A", "ArrowRight");
  press("A", "Escape");
  expect((document.querySelector("[data-panel]") as HTMLElement).hidden).toBe(true);
  expect(text("[data-said]")).toBe("Nothing was moved.");
  expect(sent).toEqual([]);
});

test("what only the server knows is told before the release", async () => {
  shown(sample());
  press("A", "ArrowRight");
  await vi.waitFor(() => expect(text("[data-effect]")).toContain("Fits."));
  expect(sent.map(({ url }) => url)).toEqual(["/effect/?project=A&start=2027-01-08&end=2027-04-07"]);
});

test("Enter saves against the version that was shown, and the plan is fetched anew", async () => {
  answers["/moves/"] = [200, { message: "Project A lies later.", conflicts: [], version: 4 }];
  answers["/data/"] = [200, sample()];
  shown(sample());
  press("A", "ArrowRight");
  press("A", "Enter");
  await vi.waitFor(() => expect(sent.at(-1)?.url).toBe("/data/"));
  expect(sent[0]).toEqual({ url: "/moves/", body: "project=A&start=2027-01-08&end=2027-04-07&version=3" });
  expect(text("[data-said]")).toBe("Saved. Project A lies later.");
});

test("a refused move goes back and says what changed meanwhile", async () => {
  answers["/moves/"] = [
    409,
    { message: "Somebody was faster.", changes: ["End: 1 May became 2 May (Amara)"] },
  ];
  shown(sample());
  press("A", "ArrowRight");
  press("A", "Enter");
  await vi.waitFor(() => expect(text("[data-said]")).toContain("Somebody was faster."));
  expect(text("[data-said]")).toContain("End: 1 May became 2 May (Amara)");
  expect(link("A").getAttribute("aria-label")).toContain("1 Jan 2027 to 31 Mar 2027");
});

test("a page of refusal is told by its first sentence", async () => {
  answers["/moves/"] = [403, '<p class="finding">Your roles do not let you.</p>'];
  shown(sample());
  press("A", "ArrowRight");
  press("A", "Enter");
  await vi.waitFor(() => expect(text("[data-said]")).toBe("Your roles do not let you."));
});

test("a bar one may not move stays, and so does every bar of a past day", () => {
  shown(sample());
  press("C", "ArrowRight");
  expect(text("[data-said]")).toBe("You may not move Project C.");
  shown(sample(), false);
  press("A", "ArrowRight");
  expect(text("[data-said]")).toBe("You may not move Project A.");
});

test("up and down pass over the headings of lanes", () => {
  shown(sample());
  press("B", "ArrowDown");
  expect(document.activeElement?.getAttribute("data-key")).toBe("C");
});

test("another zoom keeps the bar that had the focus", () => {
  const roadmap = shown(sample());
  (link("B") as HTMLElement).focus();
  roadmap.querySelector<HTMLElement>("[data-zoom-to]")?.click();
  expect(roadmap.dataset.zoom).toBe("year");
  expect(document.activeElement?.getAttribute("data-key")).toBe("B");
});

test("the plan is cut into sheets for print, each with its names", () => {
  const sheets = paper(new Plan(many(50)));
  expect(sheets.map((sheet) => sheet.querySelectorAll(".roadmap-paper-name").length)).toEqual([21, 22, 7]);
});
