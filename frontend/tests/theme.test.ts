import { beforeEach, expect, test } from "vitest";
import "../src/islands/theme.ts";
import { find, page } from "./setup.ts";

beforeEach(() => {
  localStorage.clear();
  page(
    `<m-theme><button value="light"></button><button value="dark"></button><button value="auto"></button></m-theme>`,
  );
});

test("the system decides until somebody chooses", () => {
  expect(find("[aria-pressed=true]").getAttribute("value")).toBe("auto");
});

test("a choice is applied at once and kept in this browser", () => {
  find<HTMLButtonElement>("[value=dark]").click();
  expect(document.documentElement.dataset.bsTheme).toBe("dark");
  expect(localStorage.getItem("mainstay-theme")).toBe("dark");
  expect(find("[aria-pressed=true]").getAttribute("value")).toBe("dark");
});

test("paper is light, and the screen is dark again afterwards", () => {
  find<HTMLButtonElement>("[value=dark]").click();
  dispatchEvent(new Event("beforeprint"));
  expect(document.documentElement.dataset.bsTheme).toBe("light");
  dispatchEvent(new Event("afterprint"));
  expect(document.documentElement.dataset.bsTheme).toBe("dark");
});

test("going back to the system forgets the choice", () => {
  find<HTMLButtonElement>("[value=light]").click();
  find<HTMLButtonElement>("[value=auto]").click();
  expect(localStorage.getItem("mainstay-theme")).toBeNull();
});
