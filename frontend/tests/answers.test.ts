import { beforeEach, expect, test, vi } from "vitest";
import "../src/islands/answers.ts";
import { find, page, press } from "./setup.ts";

const sent = vi.fn();

beforeEach(() => {
  sent.mockClear();
  const questions = [0, 1].map(
    (
      n,
    ) => `<fieldset>${[0, 1, 2].map((level) => `<input type="radio" name="level-${n}" value="${level}">`).join("")}
      <textarea name="why-${n}"></textarea></fieldset>`,
  );
  page(`<m-answers><form>${questions.join("")}<button type="submit">Save</button></form></m-answers>`);
  find<HTMLFormElement>("form").requestSubmit = sent;
});

function chosen(): string[] {
  return [...document.querySelectorAll<HTMLInputElement>("input:checked")].map(
    (one) => `${one.name}=${one.value}`,
  );
}

test("a digit answers the first question that is open, then the one with the focus", () => {
  press("2");
  expect(chosen()).toEqual(["level-0=1"]);
  press("j", document.activeElement ?? document.body);
  press("3", document.activeElement ?? document.body);
  expect(chosen()).toEqual(["level-0=1", "level-1=2"]);
});

test("j and k go to the next and the previous question and stop at the ends", () => {
  press("j");
  expect((document.activeElement as HTMLInputElement).name).toBe("level-0");
  for (const key of ["j", "j", "j"]) press(key, document.activeElement ?? document.body);
  expect((document.activeElement as HTMLInputElement).name).toBe("level-1");
  press("k", document.activeElement ?? document.body);
  expect((document.activeElement as HTMLInputElement).name).toBe("level-0");
});

test("Enter saves, but not while a reason is typed", () => {
  press("Enter", find("textarea"));
  expect(sent).not.toHaveBeenCalled();
  press("Enter", find("input"));
  expect(sent).toHaveBeenCalledOnce();
});

test("a digit typed into a reason answers nothing, and one beyond the answers neither", () => {
  press("1", find("textarea"));
  press("9");
  expect(chosen()).toEqual([]);
});
