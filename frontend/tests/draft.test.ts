import { beforeEach, expect, test } from "vitest";
import { tidyDrafts } from "../src/islands/draft.ts";
import { find, page } from "./setup.ts";

const KEY = "mainstay-draft:idea/7";
const FORM = `<m-draft key="idea/7"><form>
  <input name="name" value="Meters"><textarea name="purpose"></textarea>
  <input type="checkbox" name="urgent" value="yes">
  <select name="theme"><option value="a">A</option><option value="b">B</option></select>
  <input type="password" name="secret"><input type="hidden" name="csrfmiddlewaretoken" value="t">
</form></m-draft>`;

beforeEach(() => localStorage.clear());

function type(selector: string, value: string): void {
  const field = find<HTMLInputElement>(selector);
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

test("what was typed comes back after the tab was closed, and says so", () => {
  page(FORM);
  type("[name=purpose]", "Fewer visits");
  type("[name=theme]", "b");
  find<HTMLInputElement>("[name=urgent]").click();
  page(FORM);
  expect(find<HTMLTextAreaElement>("[name=purpose]").value).toBe("Fewer visits");
  expect(find<HTMLSelectElement>("[name=theme]").value).toBe("b");
  expect(find<HTMLInputElement>("[name=urgent]").checked).toBe(true);
  expect(find(".note").textContent).toMatch(/^Your draft of .* is back\. Discard the draft$/);
});

test("a discarded draft is gone and the form as it was", () => {
  page(FORM);
  type("[name=name]", "Walls");
  page(FORM);
  find<HTMLButtonElement>(".note button").click();
  expect(find<HTMLInputElement>("[name=name]").value).toBe("Meters");
  expect(localStorage.length).toBe(0);
});

test("passwords and hidden fields are never kept", () => {
  page(FORM);
  type("[name=secret]", "correct horse");
  type("[name=name]", "Walls");
  expect(localStorage.getItem(KEY)).not.toContain("correct horse");
  expect(localStorage.getItem(KEY)).not.toContain("csrf");
});

test("what is typed back to the original leaves no draft", () => {
  page(FORM);
  type("[name=name]", "Walls");
  type("[name=name]", "Meters");
  expect(localStorage.getItem(KEY)).toBeNull();
});

test("after sending, the next page drops the draft", () => {
  page(FORM);
  type("[name=name]", "Walls");
  find("form").dispatchEvent(new Event("submit", { bubbles: true }));
  page("<p>Saved</p>");
  tidyDrafts(Date.now());
  expect(localStorage.length).toBe(0);
});

test("a form that comes back with errors keeps its draft", () => {
  page(FORM);
  type("[name=name]", "Walls");
  find("form").dispatchEvent(new Event("submit", { bubbles: true }));
  page(FORM.replace("<form>", '<form><ul class="errors"><li>No</li></ul>'));
  expect(find<HTMLInputElement>("[name=name]").value).toBe("Walls");
});

test("drafts nobody came back to are dropped after two weeks", () => {
  page(FORM);
  type("[name=name]", "Walls");
  tidyDrafts(Date.now() + 13 * 86_400_000);
  expect(localStorage.length).toBe(1);
  tidyDrafts(Date.now() + 15 * 86_400_000);
  expect(localStorage.length).toBe(0);
});
