import htmx from "htmx.org";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { page } from "./setup.ts";

class Source extends EventTarget {
  static all: Source[] = [];
  static readonly CLOSED = 2;
  readyState = 1;
  constructor(readonly url: string) {
    super();
    Source.all.push(this);
  }
  close(): void {
    this.readyState = Source.CLOSED;
  }
  say(noun: string, id: number): void {
    this.dispatchEvent(
      new MessageEvent("message", {
        data: JSON.stringify({ topics: [noun, `${noun}:${id}`, "under:/1/"], version: 2 }),
      }),
    );
  }
}

let told: string[] = [];

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", Source);
  Source.all = [];
  told = [];
  vi.spyOn(htmx, "trigger").mockImplementation((element) => told.push((element as HTMLElement).id) > 0);
  await import("../src/islands/live.ts");
});

afterEach(() => {
  page("");
  vi.useRealTimers();
});

const SHOWN = `<p id="one" data-live="project:12 run:7"></p><p id="all" data-live="project"></p><p id="other" data-live="project:1"></p>`;

test("the whole page shares one stream, which ends with the page", () => {
  page(`<m-live src="/stream/"></m-live><m-live></m-live>${SHOWN}`);
  expect(Source.all.map((source) => source.url)).toEqual(["/stream/"]);
  page("");
  expect(Source.all[0]?.readyState).toBe(Source.CLOSED);
});

test("a change is told to what shows the record and to lists of its kind, and to nothing else", () => {
  page(`<m-live></m-live>${SHOWN}`);
  Source.all[0]?.say("project", 12);
  expect(told).toEqual(["one", "all"]);
  Source.all[0]?.say("run", 7);
  expect(told).toEqual(["one", "all", "one"]);
});

test("after a break the stream opens again by itself and everything live is fetched once", () => {
  page(`<m-live></m-live>${SHOWN}`);
  const first = Source.all[0];
  first?.close();
  first?.dispatchEvent(new Event("error"));
  expect(Source.all).toHaveLength(1);
  vi.advanceTimersByTime(1000);
  expect(Source.all).toHaveLength(2);
  Source.all[1]?.dispatchEvent(new Event("open"));
  expect(told).toEqual(["one", "all", "other"]);
});

test("a page that is gone does not call again", () => {
  page("<m-live></m-live>");
  const first = Source.all[0];
  page("");
  first?.dispatchEvent(new Event("error"));
  vi.advanceTimersByTime(60_000);
  expect(Source.all).toHaveLength(1);
});
