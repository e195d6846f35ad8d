import htmx from "htmx.org";
import { beforeEach, expect, test } from "vitest";
import "../src/exchange.ts";
import { find, page } from "./setup.ts";

beforeEach(() =>
  page(
    `<div class="toasts"></div><div id="announcements"></div><p id="part" data-announce="12 projects"></p>`,
  ),
);

function happen(name: string, detail: unknown, target: Element = document.body): void {
  target.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
}

test("nothing is evaluated and no style is put into the page", () => {
  expect([htmx.config.allowEval, htmx.config.includeIndicatorStyles]).toEqual([false, false]);
});

test("a refused form is shown, a broken server is not", () => {
  const handling = (status: string) =>
    htmx.config.responseHandling.find(({ code }) => new RegExp(code ?? "").test(status));
  expect(handling("422")).toMatchObject({ swap: true });
  expect(handling("409")).toMatchObject({ swap: true });
  expect(handling("500")).toMatchObject({ swap: false, error: true });
});

test("an error says what happened, that nothing was saved, and what to do", () => {
  happen("htmx:responseError", { xhr: { status: 500 } });
  const text = "The server could not do this (error 500). Nothing was saved; try again.";
  expect(find(".toast-error p").textContent).toBe(text);
});

test("a lost connection is told apart", () => {
  happen("htmx:sendError", {});
  expect(find(".toast-error p").textContent).toMatch(/^The server did not answer\./);
});

test("the server may send a message along", () => {
  happen("toast", { message: "Saved", level: "success" });
  expect(find(".toast-success p").textContent).toBe("Saved");
});

test("a swapped part says what changed to screen readers", () => {
  happen("htmx:afterSwap", {}, find("#part"));
  expect(find("#announcements").textContent).toBe("12 projects");
});
