import { beforeEach, expect, test, vi } from "vitest";
import type { Commands } from "../src/islands/commands.ts";
import "../src/islands/commands.ts";
import { find, page, press } from "./setup.ts";

const went = vi.fn();
const FOUND = [
  { label: "Smart meters", hint: "P-100", url: "/p/100/", kind: "Project" },
  { label: "Import", hint: "Read a list", url: "/import/", kind: "Page" },
];

beforeEach(() => {
  went.mockClear();
  vi.stubGlobal("location", { assign: went });
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => new Response(JSON.stringify(FOUND))),
  );
  page(`<m-commands src="/search/"></m-commands><a href="/search/" data-commands>Search</a>`);
});

async function opened(): Promise<HTMLDialogElement> {
  press("k", document.body, { ctrlKey: true });
  await vi.waitFor(() => expect(document.querySelectorAll("[role=option]")).toHaveLength(2));
  return find<HTMLDialogElement>("dialog");
}

function marked(): string | undefined {
  return find("[aria-selected=true]").firstElementChild?.textContent ?? undefined;
}

test("Ctrl-K opens and closes the search", async () => {
  const dialog = await opened();
  expect(dialog.open).toBe(true);
  press("k", document.body, { metaKey: true });
  expect(dialog.open).toBe(false);
});

test("the search button opens it instead of leaving the page", () => {
  const event = new MouseEvent("click", { bubbles: true, cancelable: true });
  find("[data-commands]").dispatchEvent(event);
  expect(event.defaultPrevented).toBe(true);
  expect(find<HTMLDialogElement>("dialog").open).toBe(true);
});

test("what is found shows label, hint and kind", async () => {
  await opened();
  const first = [...find("[role=option]").children].map((part) => part.textContent);
  expect(first).toEqual(["Smart meters", "P-100", "Project"]);
});

test("arrows go round, Enter goes there", async () => {
  const dialog = await opened();
  expect(marked()).toBe("Smart meters");
  press("ArrowDown", dialog);
  expect(marked()).toBe("Import");
  expect(find("input").getAttribute("aria-activedescendant")).toBe("command-1");
  press("ArrowDown", dialog);
  expect(marked()).toBe("Smart meters");
  press("ArrowUp", dialog);
  press("Enter", dialog);
  expect(went.mock.calls).toEqual([["/import/"]]);
});

test("words are sent as they are typed, and only the last answer counts", async () => {
  await opened();
  const answers: ((found: unknown[]) => void)[] = [];
  vi.stubGlobal(
    "fetch",
    vi.fn(
      () => new Promise((answer) => answers.push((found) => answer(new Response(JSON.stringify(found))))),
    ),
  );
  const island = find<Commands>("m-commands");
  const early = island.search("sm & art");
  const late = island.search("smart");
  expect(vi.mocked(fetch).mock.calls[0]?.[0]).toBe("/search/?q=sm%20%26%20art");
  answers[1]?.([FOUND[0]]);
  await late;
  answers[0]?.(FOUND);
  await early;
  expect(document.querySelectorAll("[role=option]")).toHaveLength(1);
});

test("an empty answer and a broken search are told apart", async () => {
  const island = find<Commands>("m-commands");
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => new Response("[]")),
  );
  await island.search("nothing");
  expect(find("dialog p").textContent).toBe("Nothing found. Try a project's name or code.");
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => new Response("", { status: 500 })),
  );
  await island.search("nothing");
  expect(find("dialog p").textContent).toBe("The search did not answer. Try again.");
});
