import htmx from "htmx.org";
import { confirmed } from "./confirm.ts";
import { adoptToasts, type Toast, toast } from "./toasts.ts";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyRestoreAsHxRequest = false;
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "409", swap: true },
  { code: "422", swap: true },
  { code: "[45]..", swap: false, error: true },
];

const REASONS: Record<number, string> = {
  403: "You may not do this. Ask the portfolio's manager for the role that may.",
  404: "This does not exist any more, or you may not see it. Go back to the list and look again.",
  413: "The file is too large to be read. Send a smaller one.",
  429: "That was too often. Wait a minute and try again.",
};

function answerOf(event: Event): XMLHttpRequest | undefined {
  return (event as CustomEvent<{ xhr?: XMLHttpRequest }>).detail.xhr;
}

document.addEventListener("htmx:responseError", (event) => {
  const status = answerOf(event)?.status ?? 0;
  const message =
    REASONS[status] ?? `The server could not do this (error ${status}). Nothing was saved; try again.`;
  toast({ message, level: "error" });
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => {
    const message = "The server did not answer. Nothing was saved; check the connection and try again.";
    toast({ message, level: "error" });
  });
}

/* The server may send a message along with any answer: HX-Trigger: {"toast": {"message": "...", "undo": "/undo/7/"}}. */
document.addEventListener("toast", (event) => toast((event as CustomEvent<Toast>).detail));

/* A swap tells screen readers what changed, in the words that the new part carries. */
document.addEventListener("htmx:afterSwap", (event) => {
  const target = event.target as HTMLElement;
  adoptToasts(document);
  const words = target.closest<HTMLElement>("[data-announce]")?.dataset.announce;
  const region = document.getElementById("announcements");
  if (words && region) region.textContent = words;
});

document.addEventListener("htmx:confirm", (event) => {
  const detail = (event as CustomEvent<{ question: string | null; issueRequest(skip: boolean): void }>)
    .detail;
  if (!detail.question) return;
  event.preventDefault();
  const verb = (event.target as HTMLElement).textContent?.trim() || "Yes";
  void confirmed(detail.question, verb).then((yes) => yes && detail.issueRequest(true));
});
