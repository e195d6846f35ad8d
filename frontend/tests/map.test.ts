import { beforeEach, expect, test, vi } from "vitest";
import "../src/islands/map.ts";
import { find, page, press } from "./setup.ts";

const asked = vi.fn();

function node(key: string, lane: string, x: number, y: number): string {
  return `<a href="#${key}" data-node="${key}" data-lane="${lane}"><rect x="${x}" y="${y}" width="100" height="40"/>
    <title>Goal ${key}</title></a>`;
}

const LINK = '<g data-source="low" data-target="top" aria-label="Goal low leads to Goal top"></g>';

function map(links: string): string {
  return `<m-map data-link-url="/link/" data-unlink-url="/unlink/" data-move-url="/move/">
    <input type="search" data-find data-scripted hidden><button class="map-toggle" data-scripted hidden>Table</button>
    <div class="map-canvas"><svg class="map-picture">${links}${node("top", "upper", 100, 0)}
      ${node("low", "lower", 0, 100)}${node("side", "lower", 200, 100)}</svg></div>
    <form class="map-form"><input type="hidden" name="csrfmiddlewaretoken" value="secret">
      <input type="hidden" name="expected_version" value="4"></form><p data-said></p></m-map>`;
}

function goal(key: string): SVGAElement {
  return find<SVGAElement>(`[data-node="${key}"]`);
}

function answers(body: string, status = 200): void {
  const headers = { get: () => null };
  asked.mockResolvedValue({ ok: status < 300, status, redirected: false, headers, text: async () => body });
}

function sent(call = 0): [string, Record<string, string>] {
  const [url, { body }] = asked.mock.calls[call] as [string, { body: FormData }];
  return [url, Object.fromEntries([...body.entries()].map(([name, value]) => [name, String(value)]))];
}

beforeEach(() => {
  asked.mockReset();
  vi.stubGlobal("fetch", asked);
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  page(map(LINK));
});

test("focus on a node brings out its path", () => {
  goal("low").dispatchEvent(new Event("focusin", { bubbles: true }));
  expect(goal("top").classList.contains("is-lit")).toBe(true);
  expect(goal("side").classList.contains("is-lit")).toBe(false);
  expect(find("[data-source]").classList.contains("is-lit")).toBe(true);
});

test("l, an arrow key and Enter draw a link, and the answer takes the place of the map", async () => {
  answers(map(`${LINK}<g data-source="side" data-target="top"></g>`));
  press("l", goal("side"));
  expect(find("[data-said]").textContent).toContain("A link from Goal side: choose its end");
  press("Enter", goal("top"));
  await vi.waitFor(() => expect(document.querySelectorAll("[data-source]").length).toBe(2));
  const token = { csrfmiddlewaretoken: "secret", expected_version: "4" };
  expect(sent()).toEqual(["/link/", { ...token, source: "side", target: "top" }]);
  expect(find("[data-said]").textContent).toBe("Drawn: Goal side leads to Goal top. Undo");
  find<HTMLButtonElement>("[data-said] button").click();
  await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(2));
  expect(sent(1)).toEqual(["/unlink/", { ...token, source: "side", target: "top" }]);
});

test("Escape draws nothing", () => {
  press("l", goal("side"));
  press("Escape", goal("top"));
  press("Enter", goal("top"));
  expect(asked).not.toHaveBeenCalled();
  expect(find("[data-said]").textContent).toBe("No link was drawn.");
});

test("a link to itself is refused before anything is sent", () => {
  press("l", goal("side"));
  press("Enter", goal("side"));
  expect(asked).not.toHaveBeenCalled();
});

test("what the server refuses is said, and the map stays", async () => {
  answers("This link is there already.", 422);
  press("l", goal("low"));
  press("Enter", goal("top"));
  await vi.waitFor(() => expect(find(".toast-item p").textContent).toBe("This link is there already."));
  expect(document.querySelectorAll("[data-source]").length).toBe(1);
});

test("Delete asks which link of a node is meant", async () => {
  answers(map(""));
  press("Delete", goal("low"));
  const button = find<HTMLButtonElement>("dialog .map-choice button");
  expect(button.textContent).toBe("Remove: Goal low leads to Goal top");
  find<HTMLDialogElement>("dialog").close("1");
  await vi.waitFor(() => expect(document.querySelectorAll("[data-source]").length).toBe(0));
  expect(sent()[0]).toBe("/unlink/");
});

test("Alt with an arrow key moves a node in its lane and not out of it", async () => {
  answers(map(LINK));
  press("ArrowRight", goal("side"), { altKey: true });
  press("ArrowUp", goal("side"), { altKey: true });
  expect(asked).not.toHaveBeenCalled();
  press("ArrowLeft", goal("side"), { altKey: true });
  await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(1));
  const [url, fields] = sent();
  expect([url, fields.node, fields.position]).toEqual(["/move/", "side", "1"]);
});

test("words in the box let the others step back", () => {
  const field = find<HTMLInputElement>("[data-find]");
  field.value = "SIDE";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  expect(goal("top").classList.contains("is-dim")).toBe(true);
  expect(goal("side").classList.contains("is-dim")).toBe(false);
  expect(find("[data-said]").textContent).toBe("1 of 3 found.");
});

test("on a narrow screen the table comes first", () => {
  vi.stubGlobal("matchMedia", () => ({ matches: true }));
  page(map(LINK));
  expect(find("m-map").getAttribute("shows")).toBe("table");
  find<HTMLButtonElement>(".map-toggle").click();
  expect(find("m-map").getAttribute("shows")).toBe("picture");
});
