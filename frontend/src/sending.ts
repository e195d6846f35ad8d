import { type Toast, toast } from "./toasts.ts";

/** What came back for a small form: a part of a page, and whether the server did what was asked. */
export type Answer = { done: boolean; refused: boolean; part: DocumentFragment; text: string };

const UNREACHED = "The server did not answer. Nothing was saved; check the connection and try again.";
const SIGNED_OUT = "You are not signed in any more. Nothing was saved; sign in again in another tab.";

/**
 * Posts a form as the pages' fragments do and reads the answer. `done` is a 2xx, `refused` a 422 whose part says
 * what is wrong. Everything else was told in a message already, in the words the server gave.
 */
export async function send(url: string, body: FormData): Promise<Answer> {
  const nothing = { done: false, refused: false, part: document.createDocumentFragment(), text: "" };
  const headers = { "HX-Request": "true", "X-CSRFToken": String(body.get("csrfmiddlewaretoken") ?? "") };
  const answer = await fetch(url, { method: "POST", body, headers }).catch(() => null);
  if (!answer) return told(nothing, UNREACHED);
  if (answer.redirected) return told(nothing, SIGNED_OUT);
  const text = await answer.text();
  const template = document.createElement("template");
  template.innerHTML = text;
  tellMessages(answer.headers.get("HX-Trigger"));
  const read = { done: answer.ok, refused: answer.status === 422, part: template.content, text };
  return read.done || read.refused ? read : told(read, reasonOf(read.part, answer.status));
}

function told(answer: Answer, message: string): Answer {
  toast({ message, level: "error" });
  return answer;
}

/** A page of refusal says in its first sentence what happened. */
function reasonOf(part: DocumentFragment, status: number): string {
  const sentence = part.querySelector(".finding")?.textContent?.trim();
  return sentence || `The server could not do this (error ${status}). Nothing was saved; try again.`;
}

function tellMessages(trigger: string | null): void {
  if (!trigger?.startsWith("{")) return;
  const message = (JSON.parse(trigger) as { toast?: Toast }).toast;
  if (message) toast(message);
}

/** What works only with scripts appears, and what is only there for lack of them goes. */
export function showScripted(root: Element): void {
  for (const part of root.querySelectorAll<HTMLElement>("[data-scripted]")) part.hidden = false;
  for (const part of root.querySelectorAll<HTMLElement>("[data-scriptless]")) part.hidden = true;
}
