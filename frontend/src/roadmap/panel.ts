import { element } from "../html.ts";
import type { Effect, Moved } from "./asking.ts";
import type { Pending } from "./moving.ts";
import type { Clash } from "./plan.ts";
import { said } from "./time.ts";

/** What a move would do, with the buttons that release it or give it up, and what came of it. */
export class Panel {
  readonly #root: HTMLElement;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  get #panel(): HTMLElement | null {
    return this.#root.querySelector("[data-panel]");
  }

  get #effect(): HTMLElement | null {
    return this.#root.querySelector("[data-effect]");
  }

  /** Shows what moves where, and which dependencies come into conflict or out of it. */
  tell(pending: Pending, { added, removed }: { added: Clash[]; removed: Clash[] }): void {
    if (this.#panel) this.#panel.hidden = false;
    const { bar, dates } = pending;
    const head = pending.isChanged ? `${bar.name}: ${pending.words}` : `${bar.name}: as it was`;
    this.say("");
    this.#effect?.replaceChildren(
      element("p", { class: "roadmap-move" }, `${head} (${said(dates.start)} to ${said(dates.end)}).`),
      ...added.map(({ sentence }) => element("p", { class: "roadmap-bad" }, `New conflict: ${sentence}`)),
      ...removed.map(({ sentence }) => element("p", { class: "roadmap-good" }, `No longer: ${sentence}`)),
    );
    if (pending.isChanged)
      this.#effect?.append(
        element("p", { class: "quiet", "data-wait": true }, "Working out capacity and cost…"),
      );
  }

  /** Adds what only the server knows. */
  add(effect: Effect): void {
    const found = this.#effect;
    found?.querySelector("[data-wait]")?.remove();
    for (const sentence of [effect.capacity, effect.budget])
      if (sentence) found?.append(element("p", {}, sentence));
  }

  close(): void {
    if (this.#panel) this.#panel.hidden = true;
    this.#effect?.replaceChildren();
  }

  say(words: string): void {
    this.#root.querySelector("[data-said]")?.replaceChildren(words);
  }

  /** What the server said to a move. */
  answer({ done, message, conflicts, changes }: Moved): void {
    const region = this.#root.querySelector("[data-said]");
    const lines = [...changes, ...conflicts.map((sentence) => `Conflict: ${sentence}`)];
    region?.replaceChildren(
      element("span", { class: done ? "" : "roadmap-bad" }, done ? `Saved. ${message}` : message),
      ...lines.map((line) => element("span", { class: "roadmap-line" }, line)),
    );
  }
}
