import { element } from "./html.ts";

/** Asks before something that cannot be taken back; the button says the verb, Escape means no. */
export function confirmed(question: string, verb: string): Promise<boolean> {
  const actions = element("div", { class: "form-actions" });
  const dialog = element("dialog", { "aria-labelledby": "confirm-question" });
  dialog.append(
    element("form", { method: "dialog" }, element("p", { id: "confirm-question" }, question), actions),
  );
  actions.append(
    element("button", { class: "btn btn-primary", value: "yes" }, verb),
    element("button", { class: "btn", value: "no" }, "Cancel"),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue === "yes");
    });
  });
}
