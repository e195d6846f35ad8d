import { element } from "../html.ts";
import type { Pair } from "./graph.ts";

/** Asks which of a node's links is meant; null when none. */
export function chooseLink(
  pairs: Pair[],
  label: (key: string) => string,
  title: string,
): Promise<Pair | null> {
  const list = element("div", { class: "map-choice" });
  const cancel = element("button", { class: "btn", value: "" }, "Keep them all");
  const form = element("form", { method: "dialog" }, element("h2", { id: "map-choice" }, title), list);
  form.append(element("div", { class: "form-actions" }, cancel));
  const dialog = element("dialog", { "aria-labelledby": "map-choice" }, form);
  for (const [index, { source, target }] of pairs.entries()) {
    const words = `Remove: ${label(source)} leads to ${label(target)}`;
    list.append(element("button", { class: "btn", value: String(index + 1) }, words));
  }
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((chosen) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      chosen(pairs[Number(dialog.returnValue) - 1] ?? null);
    });
  });
}
