import { send } from "../sending.ts";

/** What the server gave back for a move: rows that changed, the order now, and the version the next move is based on. */
export type Settled = { rows: HTMLTableRowElement[]; order: string[] | null; version: string };

/** Reads the rows of an answer; null where there are none in it. */
export function settledOf(part: DocumentFragment): Settled | null {
  const table = part.querySelector("table");
  if (!table) return null;
  const rows = [...table.querySelectorAll<HTMLTableRowElement>("tr[data-row]")];
  const order = table.dataset.order ? (JSON.parse(table.dataset.order) as string[]) : null;
  return { rows, order, version: table.dataset.version ?? "" };
}

/** The dialog that asks for position and reason, and sends them. */
export class Asking {
  #ended: ((settled: Settled | null) => void) | undefined;

  constructor(private dialog: HTMLDialogElement) {
    dialog.close();
    dialog.addEventListener("close", () => this.#end(null));
    dialog.addEventListener("click", (event) => {
      const cancel = (event.target as Element).closest("[data-cancel]");
      if (!cancel && event.target !== dialog) return;
      event.preventDefault();
      dialog.close();
    });
    dialog.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#submit(event.target as HTMLFormElement);
    });
  }

  get #form(): HTMLFormElement {
    return this.dialog.querySelector("form") as HTMLFormElement;
  }

  #field(name: string): HTMLInputElement | null {
    return this.#form.querySelector<HTMLInputElement>(`[name="${name}"]`);
  }

  /** Asks about a row; null when it was called off or the server said no. `asks` is the field to begin with. */
  ask(key: string, title: string, position: number, asks: "position" | "reason"): Promise<Settled | null> {
    this.#form.reset();
    for (const wrong of this.#form.querySelectorAll(".error, .errors")) wrong.remove();
    const heading = this.dialog.querySelector("[data-moving]");
    if (heading) heading.textContent = title;
    for (const [name, value] of [["row", key] as const, ["position", String(position)] as const]) {
      const field = this.#field(name);
      if (field) field.value = value;
    }
    this.dialog.showModal();
    this.#field(asks)?.focus();
    if (asks === "position") this.#field(asks)?.select();
    return new Promise((ended) => {
      this.#ended = ended;
    });
  }

  async #submit(form: HTMLFormElement): Promise<void> {
    const button = form.querySelector<HTMLButtonElement>("button");
    if (button) button.disabled = true;
    const answer = await send(form.action, new FormData(form));
    if (button) button.disabled = false;
    const settled = answer.done ? settledOf(answer.part) : null;
    if (settled) {
      this.remember(settled.version);
      this.#end(settled);
      this.dialog.close();
      return;
    }
    const corrected = answer.refused ? answer.part.querySelector("form") : null;
    if (!corrected) return;
    this.#form.replaceWith(corrected);
    this.#form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }

  /** The next move is based on this version. */
  remember(version: string): void {
    const field = this.#field("expected_version");
    if (field && version) field.defaultValue = version;
  }

  #end(settled: Settled | null): void {
    this.#ended?.(settled);
    this.#ended = undefined;
  }
}
