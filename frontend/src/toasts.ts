import { element } from "./html.ts";

export type Level = "info" | "success" | "warning" | "error";
export type Toast = { message: string; level?: Level; undo?: string };

const STAY_MS = 7000;

function list(): HTMLElement {
  const found = document.querySelector<HTMLElement>(".toasts");
  if (found) return found;
  const made = element("div", { class: "toasts", role: "status" });
  document.body.append(made);
  return made;
}

/** Errors and offers to undo stay until closed; everything else leaves by itself, unless somebody is reading it. */
function arm(item: HTMLElement): void {
  item.querySelector(".toast-close")?.addEventListener("click", () => item.remove());
  if (item.classList.contains("toast-error") || item.querySelector("form")) return;
  const leave = () => (item.matches(":hover, :focus-within") ? setTimeout(leave, STAY_MS) : item.remove());
  setTimeout(leave, STAY_MS);
}

/** Shows a short message at the corner and says it to screen readers. */
export function toast({ message, level = "info", undo }: Toast): HTMLElement {
  const item = element("div", { class: `toast-item toast-${level}` }, element("p", {}, message));
  if (level === "error") item.setAttribute("role", "alert");
  if (undo) item.append(undoForm(undo));
  const close = element("button", { class: "btn btn-quiet btn-small toast-close", type: "button" }, "Close");
  item.append(close);
  list().append(item);
  arm(item);
  return item;
}

function undoForm(action: string): HTMLFormElement {
  const token = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value;
  const form = element("form", { method: "post", action });
  if (token) form.append(element("input", { type: "hidden", name: "csrfmiddlewaretoken", value: token }));
  form.append(element("button", { class: "btn btn-small" }, "Undo"));
  return form;
}

/** Messages that the server wrote into the page behave like any other. */
export function adoptToasts(root: ParentNode): void {
  for (const item of root.querySelectorAll<HTMLElement>(".toast-item:not([data-armed])")) {
    item.dataset.armed = "";
    arm(item);
  }
}
