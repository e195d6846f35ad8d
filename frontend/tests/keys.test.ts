import { afterEach, beforeEach, expect, test } from "vitest";
import "../src/islands/keys.ts";
import { page } from "./setup.ts";

const BOARD = `<m-keys><ol>
  <li data-card><a id="one" href="#one">One</a><a id="offer" href="#offered" data-key="o">Offer</a></li>
  <li data-card><a id="two" href="#two">Two</a></li></ol><input id="find"></m-keys>`;
const REQUEST = `<m-keys><button data-key="d" data-part="decline">Decline</button>
  <details id="decline" data-begins="textarea"><textarea id="why"></textarea></details></m-keys>`;

function press(key: string, on: Element = document.activeElement ?? document.body): void {
  on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

beforeEach(() => {
  location.hash = "";
});
afterEach(() => page(""));

test("j and k go from card to card and stop at the ends", () => {
  page(BOARD);
  for (const [key, id] of [
    ["j", "one"],
    ["j", "two"],
    ["j", "two"],
    ["k", "one"],
    ["k", "one"],
  ] as const) {
    press(key);
    expect(document.activeElement?.id).toBe(id);
  }
});

test("the letter of an action does it on the card that has the focus, and nowhere else", () => {
  page(BOARD);
  let clicks = 0;
  document.querySelector("#offer")?.addEventListener("click", (event) => {
    event.preventDefault();
    clicks += 1;
  });
  press("o");
  expect(clicks).toBe(0);
  press("j");
  press("o");
  expect(clicks).toBe(1);
  press("j");
  press("o");
  expect(clicks).toBe(1);
});

test("what is typed into a field is no action", () => {
  page(BOARD);
  const field = document.querySelector<HTMLElement>("#find");
  field?.focus();
  press("j");
  expect(document.activeElement).toBe(field);
});

test("an action with a part opens it and puts the hands into its first field", () => {
  page(REQUEST);
  press("d", document.body);
  expect(document.querySelector<HTMLDetailsElement>("#decline")?.open).toBe(true);
  expect(document.activeElement?.id).toBe("why");
});

test("the part named in the address is begun when the page opens", async () => {
  location.hash = "#decline";
  page(REQUEST);
  await Promise.resolve();
  expect(document.activeElement?.id).toBe("why");
});
