import { expect, test } from "vitest";
import { confirmed } from "../src/confirm.ts";
import { find } from "./setup.ts";

async function answered(value: string): Promise<boolean> {
  const answer = confirmed("Stop the project?", "Stop it");
  const dialog = find<HTMLDialogElement>("dialog");
  expect(dialog.open).toBe(true);
  expect(find("#confirm-question").textContent).toBe("Stop the project?");
  dialog.close(value);
  return answer;
}

test("only the verb's own button means yes, and the dialog goes away", async () => {
  expect(await answered("yes")).toBe(true);
  expect(await answered("no")).toBe(false);
  expect(await answered("")).toBe(false);
  expect(document.querySelector("dialog")).toBeNull();
});
