import { element } from "../html.ts";
import { read, write } from "../storage.ts";
import type { SheetModel } from "./model.ts";

const DRAFT = "mainstay-draft:";
const SENT = "mainstay-sent:";

/** Nothing typed is lost by a closed tab: it is kept in the browser where the form keeps drafts, and leaving asks. */
export class Keeping {
  #isSent = false;
  readonly #key: string | null;

  constructor(
    private host: HTMLElement,
    private model: SheetModel,
  ) {
    const draft = host.closest("m-draft");
    this.#key = draft ? `${DRAFT}${draft.getAttribute("key") ?? location.pathname}:${model.data.name}` : null;
    addEventListener("beforeunload", this.#onLeave);
    addEventListener("submit", this.#onSubmit);
  }

  stop(): void {
    removeEventListener("beforeunload", this.#onLeave);
    removeEventListener("submit", this.#onSubmit);
  }

  /** Keeps the sheet as it is now, or forgets the draft where nothing differs from what is saved. */
  keep(): void {
    this.#isSent = false;
    if (!this.#key) return;
    const draft = { at: Date.now(), values: { whole: [this.model.whole()] } };
    write(this.#key, this.model.unsaved ? JSON.stringify(draft) : null);
  }

  /** Brings a draft back, unless the server has just shown what was typed. */
  restore(): void {
    const kept = JSON.parse((this.#key && read(this.#key)) || "null") as Draft | null;
    const whole = kept?.values.whole?.[0];
    if (!kept || !whole || this.model.unsaved || whole === this.model.whole()) return;
    this.model.restore(whole);
    const when = new Date(kept.at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
    const discard = element("button", { class: "btn btn-small", type: "button" }, "Discard the draft");
    const note = element("p", { class: "note", role: "status" }, `Your draft of ${when} is back. `, discard);
    discard.addEventListener("click", () => {
      this.model.undo();
      note.remove();
    });
    this.host.prepend(note);
  }

  #onLeave = (event: BeforeUnloadEvent): void => {
    if (this.model.unsaved && !this.#isSent) event.preventDefault();
  };

  #onSubmit = (event: SubmitEvent): void => {
    if (event.defaultPrevented || !(event.target as Element).contains(this.host)) return;
    this.#isSent = true;
    if (this.#key) write(SENT + this.#key, "1");
  };
}

type Draft = { at: number; values: { whole?: string[] } };
