import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { adoptToasts, toast } from "../src/toasts.ts";
import { find, page } from "./setup.ts";

beforeEach(() => {
  vi.useFakeTimers();
  page(`<div class="toasts" role="status"></div><input name="csrfmiddlewaretoken" value="token">`);
});

afterEach(() => vi.useRealTimers());

test("a message leaves by itself", () => {
  toast({ message: "Saved" });
  expect(find(".toast-info p").textContent).toBe("Saved");
  vi.advanceTimersByTime(7000);
  expect(document.querySelector(".toast-item")).toBeNull();
});

test("an error stays until it is closed and interrupts screen readers", () => {
  toast({ message: "Nothing was saved", level: "error" });
  vi.advanceTimersByTime(60_000);
  expect(find(".toast-error").getAttribute("role")).toBe("alert");
  find<HTMLButtonElement>(".toast-close").click();
  expect(document.querySelector(".toast-item")).toBeNull();
});

test("an offer to undo posts with the page's token and stays", () => {
  toast({ message: "12 projects changed", level: "success", undo: "/undo/7/" });
  const form = find<HTMLFormElement>(".toast-item form");
  expect([form.method, form.getAttribute("action")]).toEqual(["post", "/undo/7/"]);
  expect(find<HTMLInputElement>(".toast-item input").value).toBe("token");
  vi.advanceTimersByTime(60_000);
  expect(document.querySelectorAll(".toast-item")).toHaveLength(1);
});

test("messages that the server wrote behave the same", () => {
  page(`<div class="toasts"><div class="toast-item toast-success"><p>Imported</p></div></div>`);
  adoptToasts(document);
  vi.advanceTimersByTime(7000);
  expect(document.querySelector(".toast-item")).toBeNull();
});
