import { beforeEach, expect, test, vi } from "vitest";
import "../src/islands/rank.ts";
import { find, page, press } from "./setup.ts";

const asked = vi.fn();
const DATA = {
  columns: [{ key: "cost", label: "Cost", unit: "GBP", kind: "money", places: 0, total: true }],
  limit: { column: "cost", amount: 100, label: "Budget" },
  cut: null,
  musts: 0,
  rows: [
    ["a", 60],
    ["b", 30],
    ["c", 40],
    ["d", 20],
  ],
};

function row(key: string, place: number, more = ""): string {
  return `<tr data-row="${key}" tabindex="-1"><td class="rank-place">${place}</td>
    <th class="rank-name"><a href="#${key}">Project ${key}</a>${more}</th></tr>`;
}

const LIST = `<m-rank data-move-url="/move/">
  <form role="search"><input data-budget value="100"><input data-find data-scripted hidden></form>
  <a data-to-line href="#line"></a>
  <table><tr data-under><th data-head></th></tr><tr><td data-count="above"></td><td data-count="below"></td><td data-above="cost"></td><td data-below="cost"></td></tr></table>
  <p data-left></p>
  <dialog class="rank-move" open><h2 data-moving></h2><form method="post" action="/move/">
    <input type="hidden" name="row"><input type="number" name="position"><textarea name="reason"></textarea>
    <input type="hidden" name="expected_version" value="1"><button>Move</button><a data-cancel href="#">Cancel</a></form></dialog>
  <div class="rank-scroll"><table class="rank-table"><tbody>${row("a", 1)}${row("b", 2)}</tbody><tbody>
    <tr class="rank-cut" data-cut><td></td></tr>${row("c", 3)}${row("d", 4)}</tbody></table></div>
  <div data-settle hidden><span data-settle-words></span><button data-settle-yes type="button"></button><button data-settle-no type="button"></button></div>
  <p data-said></p><script type="application/json">${JSON.stringify(DATA)}</script></m-rank>`;

function order(): string {
  const rows = [...document.querySelectorAll<HTMLElement>(".rank-table tr")];
  return rows.map((each) => each.dataset.row ?? "|").join("");
}

function places(): string {
  return [...document.querySelectorAll("[data-row] .rank-place")].map((cell) => cell.textContent).join("");
}

function line(key: string): HTMLElement {
  return find(`[data-row="${key}"]`);
}

beforeEach(() => {
  asked.mockReset();
  vi.stubGlobal("fetch", asked);
  page(LIST);
});

function answers(keys: string[], moved: string): void {
  const body = `<table data-version="2" data-order='${JSON.stringify(keys)}'><tbody>${moved}</tbody></table>`;
  const headers = { get: () => null };
  asked.mockResolvedValue({ ok: true, status: 200, redirected: false, headers, text: async () => body });
}

test("a move by keyboard changes order, line, sums and numbers at once", () => {
  line("d").focus();
  press("ArrowUp", line("d"), { altKey: true });
  press("ArrowUp", line("d"), { altKey: true });
  expect(order()).toBe("ad|bc");
  expect(places()).toBe("1234");
  expect(find("[data-above=cost]").textContent).toBe("GBP 80");
  expect(find("[data-count=above]").textContent).toBe("2");
  expect(find("[data-said]").textContent).toBe("Project d: from 4 to 2, above the line.");
  expect(asked).not.toHaveBeenCalled();
});

test("Escape puts the row back where it was", () => {
  line("d").focus();
  press("ArrowUp", line("d"), { altKey: true });
  press("Escape", line("d"));
  expect(order()).toBe("ab|cd");
  expect(find("[data-settle]").hidden).toBe(true);
});

test("the move counts when it has a reason, and the server has the last word on the order", async () => {
  answers(["d", "a", "c", "b"], row("d", 1, '<span class="rank-note">Moved from 4 to 1</span>'));
  line("d").focus();
  press("ArrowUp", line("d"), { altKey: true });
  press("Enter", line("d"));
  expect(find<HTMLDialogElement>(".rank-move").open).toBe(true);
  expect(find("[data-moving]").textContent).toBe("Move Project d from 4");
  expect(find<HTMLInputElement>("[name=position]").value).toBe("3");
  find<HTMLTextAreaElement>("[name=reason]").value = "the law";
  find<HTMLFormElement>(".rank-move form").requestSubmit();
  await vi.waitFor(() => expect(order()).toBe("da|cb"));
  const sent = asked.mock.calls[0]?.[1].body as FormData;
  expect([...sent.entries()]).toEqual([
    ["row", "d"],
    ["position", "3"],
    ["reason", "the law"],
    ["expected_version", "1"],
  ]);
  expect(line("d").querySelector(".rank-note")?.textContent).toBe("Moved from 4 to 1");
  expect(find<HTMLInputElement>("[name=expected_version]").defaultValue).toBe("2");
  expect(find("[data-settle-words]").textContent).toBe("Project d moved from 4 to 1.");
});

test("a refused move shows what is wrong and keeps what was typed", async () => {
  const corrected = `<dialog class="rank-move"><form action="/move/"><input type="hidden" name="row" value="d">
    <input name="position" value="3"><textarea name="reason" aria-invalid="true"></textarea><p class="error">Say why.</p></form></dialog>`;
  const headers = { get: () => null };
  asked.mockResolvedValue({
    ok: false,
    status: 422,
    redirected: false,
    headers,
    text: async () => corrected,
  });
  line("d").focus();
  press("m", line("d"));
  find<HTMLFormElement>(".rank-move form").requestSubmit();
  await vi.waitFor(() => expect(find(".rank-move .error").textContent).toBe("Say why."));
  expect(find<HTMLDialogElement>(".rank-move").open).toBe(true);
  expect(find<HTMLInputElement>("[name=position]").value).toBe("3");
});

test("a budget that is taken away takes the line along, and a new one brings it back", () => {
  const field = find<HTMLInputElement>("[data-budget]");
  const told = () =>
    [find("[data-cut]"), find("[data-under]"), find("[data-to-line]")].map((part) => part.hidden);
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  expect(told()).toEqual([true, true, true]);
  expect(find("[data-left]").textContent).toBe("No cut line: choose a budget.");
  expect(find("[data-head]").textContent).toBe("All together");
  expect(field.getAttribute("aria-invalid")).toBe("false");
  expect(new URL(location.href).searchParams.has("budget")).toBe(false);
  field.value = "150";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  expect(told()).toEqual([false, false, false]);
  expect(find("[data-head]").textContent).toBe("Above the line");
});

test("a budget moves the line", () => {
  const field = find<HTMLInputElement>("[data-budget]");
  field.value = "150";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  expect(order()).toBe("abcd|");
  expect(find("[data-left]").textContent).toBe("GBP 0 left.");
  field.value = "much";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(order()).toBe("abcd|");
});

test("arrow keys go from row to row, past those that are not shown", () => {
  const field = find<HTMLInputElement>("[data-find]");
  field.value = "project c";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  expect(line("b").hidden).toBe(true);
  expect(find("[data-said]").textContent).toBe("1 of 4 shown.");
  line("a").focus();
  press("ArrowDown", line("a"));
  expect(document.activeElement).toBe(line("c"));
  expect(line("c").tabIndex).toBe(0);
});
