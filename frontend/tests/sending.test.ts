import { beforeEach, expect, test, vi } from "vitest";
import { send, showScripted } from "../src/sending.ts";
import { find, page } from "./setup.ts";

const asked = vi.fn();

function answers(body: string, more: Partial<Response> & { trigger?: string } = {}): void {
  const headers = { get: (name: string) => (name === "HX-Trigger" ? (more.trigger ?? null) : null) };
  asked.mockResolvedValue({
    ok: true,
    status: 200,
    redirected: false,
    text: async () => body,
    ...more,
    headers,
  });
}

function form(): FormData {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", "secret");
  return data;
}

function told(): string[] {
  return [...document.querySelectorAll(".toast-item p")].map((line) => line.textContent ?? "");
}

beforeEach(() => {
  page("");
  asked.mockReset();
  vi.stubGlobal("fetch", asked);
});

test("a form is sent as a fragment asks, with its token", async () => {
  answers("<p>Done</p>");
  const answer = await send("/here/", form());
  expect(answer.done).toBe(true);
  expect(answer.part.querySelector("p")?.textContent).toBe("Done");
  expect(asked.mock.calls[0]?.[1].headers).toEqual({ "HX-Request": "true", "X-CSRFToken": "secret" });
  expect(told()).toEqual([]);
});

test("a refusal of what was typed comes back to be shown", async () => {
  answers("Say why.", { ok: false, status: 422 });
  const answer = await send("/here/", form());
  expect([answer.done, answer.refused, answer.text]).toEqual([false, true, "Say why."]);
  expect(told()).toEqual([]);
});

test("any other refusal is told in the words of its page", async () => {
  answers('<h1>No</h1><p class="finding">You may not do this.</p>', { ok: false, status: 403 });
  const answer = await send("/here/", form());
  expect([answer.done, answer.refused]).toEqual([false, false]);
  expect(told()).toEqual(["You may not do this."]);
});

test("a server that is not reached, or asks to sign in, saved nothing", async () => {
  asked.mockRejectedValue(new TypeError("offline"));
  await send("/here/", form());
  answers("", { redirected: true });
  await send("/here/", form());
  expect(told()[0]).toContain("did not answer. Nothing was saved");
  expect(told()[1]).toContain("not signed in any more. Nothing was saved");
});

test("a message that comes along is shown", async () => {
  answers("", { trigger: '{"toast": {"message": "Moved.", "level": "success"}}' });
  await send("/here/", form());
  expect(told()).toEqual(["Moved."]);
});

test("what needs scripts appears and what is for lack of them goes", () => {
  page('<div id="root"><b data-scripted hidden></b><i data-scriptless></i></div>');
  showScripted(find("#root"));
  expect(find("b").hidden).toBe(false);
  expect(find("i").hidden).toBe(true);
});
