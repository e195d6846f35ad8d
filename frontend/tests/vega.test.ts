import { expect, test } from "vitest";
import { configuration } from "../src/vega.ts";

test("the configuration takes every colour from the page's tokens", () => {
  const config = configuration((name) => `<${name}>`);
  expect(config.params).toContainEqual({ name: "good", value: "<good>" });
  expect(config.range).toEqual({ category: ["<1>", "<2>", "<3>", "<4>", "<5>", "<6>", "<7>", "<8>"] });
});
