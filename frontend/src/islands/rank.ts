import { inlineJson, isTyping } from "../html.ts";
import { Asking, type Settled, settledOf } from "../rank/asking.ts";
import { Board } from "../rank/board.ts";
import { dragRow } from "../rank/drag.ts";
import { type RankData, Ranking } from "../rank/ranking.ts";
import { COUNT, readAmount } from "../rank/words.ts";
import { send, showScripted } from "../sending.ts";

const PAGE = 10;
const STEPS: Record<string, number> = {
  ArrowUp: -1,
  k: -1,
  ArrowDown: 1,
  j: 1,
  PageUp: -PAGE,
  PageDown: PAGE,
};

type Pending = { key: string; from: number };

/**
 * A ranked list that is put in order by hand. A row is dragged by its rank, moved by Alt with an arrow key, or sent
 * to a position by `m`; line and sums follow at once. A move counts when a reason was given and the server took it.
 */
export class RankList extends HTMLElement {
  #board: Board | undefined;
  #asking: Asking | undefined;
  #pending: Pending | undefined;
  #last = "";

  connectedCallback(): void {
    const data = inlineJson<RankData>(this);
    if (!data || this.#board) return;
    this.#board = new Board(this, new Ranking(data));
    const dialog = this.querySelector<HTMLDialogElement>(".rank-move");
    if (dialog && this.dataset.moveUrl) this.#asking = new Asking(dialog);
    showScripted(this);
    this.#scroller.removeAttribute("tabindex");
    const first = this.#board.at(0);
    if (first) first.tabIndex = 0;
    this.addEventListener("keydown", this.#onKey);
    this.addEventListener("click", this.#onClick);
    this.addEventListener("focusin", this.#onFocus);
    this.addEventListener("input", this.#onInput);
    this.addEventListener("pointerdown", this.#onPointer);
    this.querySelector("[role=search]")?.addEventListener("submit", (event) => event.preventDefault());
  }

  get #scroller(): HTMLElement {
    return this.querySelector(".rank-scroll") as HTMLElement;
  }

  get #current(): HTMLTableRowElement | null {
    return document.activeElement?.closest<HTMLTableRowElement>("tr[data-row]") ?? null;
  }

  #name(key: string): string {
    const cell = this.#board?.rows.get(key)?.querySelector(".rank-name");
    return cell?.querySelector("a")?.textContent ?? cell?.firstChild?.textContent?.trim() ?? key;
  }

  #say(words: string): void {
    const region = this.querySelector("[data-said]");
    if (region) region.textContent = words;
  }

  /** One row can be reached by Tab: the one that had the focus last. */
  #onFocus = (event: FocusEvent): void => {
    const row = (event.target as Element).closest<HTMLTableRowElement>("tr[data-row]");
    if (!row || row.tabIndex === 0) return;
    for (const other of this.querySelectorAll<HTMLElement>('tr[data-row][tabindex="0"]')) other.tabIndex = -1;
    row.tabIndex = 0;
  };

  #onInput = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    if (field.matches("[data-budget]")) this.#ask(field);
    if (field.matches("[data-find]") && this.#board) {
      const found = this.#board.find(field.value);
      this.#say(`${COUNT.format(found)} of ${COUNT.format(this.#board.rows.size)} shown.`);
    }
  };

  /** Another limit moves the line, none takes it away; the address keeps it. */
  #ask(field: HTMLInputElement): void {
    const amount = readAmount(field.value);
    const isGiven = field.value.trim() !== "";
    field.setAttribute("aria-invalid", String(isGiven && amount === null));
    if ((isGiven && amount === null) || !this.#board) return;
    this.#board.ranking.amount = amount;
    this.#board.drawLine();
    const address = new URL(location.href);
    if (amount === null) address.searchParams.delete("budget");
    else address.searchParams.set("budget", String(amount));
    history.replaceState(history.state, "", address);
    this.#say(this.querySelector("[data-left]")?.textContent ?? "");
  }

  #onClick = (event: MouseEvent): void => {
    const target = event.target as Element;
    const key = target.closest<HTMLElement>("tr[data-row]")?.dataset.row ?? "";
    const undo = target.closest<HTMLButtonElement>("[data-undo]");
    if (undo) this.#answer(event, () => this.#undo(undo));
    else if (target.closest("[data-move]")) this.#answer(event, () => this.#sendTo(key));
    else if (target.closest("[data-to-line]")) this.#answer(event, () => this.#showLine());
    else if (target.closest("[data-settle-yes]")) this.#answer(event, () => this.#settleOrUndo());
    else if (target.closest("[data-settle-no]")) this.#answer(event, () => this.#putBack());
  };

  #answer(event: Event, act: () => unknown): void {
    event.preventDefault();
    act();
  }

  #onKey = (event: KeyboardEvent): void => {
    if (isTyping(event.target) || (event.target as Element).closest("dialog")) return;
    if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) {
      this.#answer(event, () => this.#takeBack());
      return;
    }
    const row = this.#current;
    if (!row || event.ctrlKey || event.metaKey) return;
    const key = row.dataset.row ?? "";
    const act = this.#actOf(event, row, key);
    if (!act) return;
    event.stopPropagation();
    this.#answer(event, act);
  };

  #actOf(event: KeyboardEvent, row: HTMLTableRowElement, key: string): (() => void) | undefined {
    const step = STEPS[event.key];
    if (step && event.altKey) return this.#asking && (() => this.#shift(key, step));
    if (event.altKey) return undefined;
    if (step) return () => this.#focus(row, step);
    if (event.key === "Home") return () => this.#focusPlace(0, 1);
    if (event.key === "End") return () => this.#focusPlace((this.#board?.rows.size ?? 1) - 1, -1);
    if (event.key === "m" && this.#asking) return () => this.#sendTo(key);
    if (event.key === "Escape" && this.#pending) return () => this.#putBack();
    if (event.key !== "Enter" || event.target !== row) return undefined;
    return this.#pending ? () => this.#settle("reason") : () => row.querySelector("a")?.click();
  }

  #focus(row: HTMLTableRowElement, step: number): void {
    this.#focusPlace((this.#board?.ranking.index(row.dataset.row ?? "") ?? 0) + step, Math.sign(step));
  }

  /** The focus goes to a place, or on from there to the next row that is shown. */
  #focusPlace(place: number, way: number): void {
    if (!this.#board) return;
    const last = this.#board.rows.size - 1;
    let at = Math.max(0, Math.min(last, place));
    while (at >= 0 && at <= last && this.#board.at(at)?.hidden) at += way;
    const row = this.#board.at(at);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  }

  #showLine(): void {
    const line = this.#board?.ranking.line ?? 0;
    this.#focusPlace(Math.max(0, line - 1), -1);
    this.querySelector("[data-cut]")?.scrollIntoView({ block: "center" });
  }

  /** Begins a move, unless another one still waits for its reason: that one is asked about first. */
  #begin(key: string): boolean {
    if (!this.#board || !this.#asking) return false;
    if (this.#pending && this.#pending.key !== key) {
      void this.#settle("reason");
      return false;
    }
    this.#pending ??= { key, from: this.#board.ranking.index(key) };
    return true;
  }

  #shift(key: string, step: number): void {
    if (!this.#begin(key)) return;
    this.#place(key, (this.#board?.ranking.index(key) ?? 0) + step);
    this.#board?.rows.get(key)?.focus({ preventScroll: true });
    this.#board?.rows.get(key)?.scrollIntoView({ block: "nearest" });
  }

  #place(key: string, to: number): void {
    const row = this.#board?.rows.get(key);
    this.#board?.move(key, to);
    row?.classList.add("is-moving");
    this.#tellPending();
  }

  #tellPending(): void {
    if (!this.#pending || !this.#board) return;
    const { key, from } = this.#pending;
    const { ranking } = this.#board;
    const now = ranking.index(key);
    const line = ranking.line;
    const side = line === null ? "" : now < line ? ", above the line" : ", below the line";
    const words = `${this.#name(key)}: from ${COUNT.format(from + 1)} to ${COUNT.format(now + 1)}${side}.`;
    this.#showBar(words, "Give the reason", "Put it back");
    this.#say(words);
  }

  #showBar(words: string, yes = "", no = ""): void {
    const bar = this.querySelector<HTMLElement>("[data-settle]");
    if (!bar) return;
    bar.hidden = words === "";
    const parts = { "[data-settle-words]": words, "[data-settle-yes]": yes, "[data-settle-no]": no };
    for (const [selector, text] of Object.entries(parts)) {
      const part = bar.querySelector<HTMLElement>(selector);
      if (part) part.textContent = text;
      if (part) part.hidden = text === "";
    }
  }

  #onPointer = (event: PointerEvent): void => {
    const grip = (event.target as Element).closest("td.rank-place");
    const row = grip?.closest<HTMLTableRowElement>("tr[data-row]");
    if (!row || event.button !== 0 || !this.#asking) return;
    event.preventDefault();
    row.focus({ preventScroll: true });
    const key = row.dataset.row ?? "";
    if (!this.#begin(key)) return;
    row.classList.add("is-moving");
    this.toggleAttribute("dragging", true);
    dragRow(row, event, {
      scroller: this.#scroller,
      over: (other) => this.#place(key, this.#board?.ranking.index(other.dataset.row ?? "") ?? 0),
      end: (kept) => {
        this.toggleAttribute("dragging", false);
        if (kept) void this.#settle("reason");
        else this.#putBack();
      },
    });
  };

  #sendTo(key: string): void {
    if (this.#begin(key)) void this.#settle("position");
  }

  #settleOrUndo(): void {
    if (this.#pending) void this.#settle("reason");
    else this.#takeBack();
  }

  /** Asks for what is missing and waits for the server; a move that is called off is taken back. */
  async #settle(asks: "position" | "reason"): Promise<void> {
    if (!this.#pending || !this.#board || !this.#asking) return;
    const { key, from } = this.#pending;
    const now = this.#board.ranking.index(key);
    if (asks === "reason" && now === from) return this.#putBack();
    const title = `Move ${this.#name(key)} from ${COUNT.format(from + 1)}`;
    const settled = await this.#asking.ask(key, title, now + 1, asks);
    if (!settled) return this.#putBack();
    this.#take(settled, key);
    const place = this.#board.ranking.index(key) + 1;
    this.#last = key;
    const words = `${this.#name(key)} moved from ${COUNT.format(from + 1)} to ${COUNT.format(place)}.`;
    this.#showBar(words, this.#undoOf(key) ? "Undo" : "", "Close");
    this.#say(words);
  }

  /** Takes over what the server says now. */
  #take(settled: Settled, key: string): void {
    this.#pending = undefined;
    for (const row of settled.rows) this.#board?.replace(row);
    if (settled.order) this.#board?.arrange(settled.order);
    const row = this.#board?.rows.get(key);
    row?.classList.remove("is-moving");
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  }

  #putBack(): void {
    this.#showBar("");
    if (!this.#pending || !this.#board) return;
    const { key, from } = this.#pending;
    this.#pending = undefined;
    const row = this.#board.rows.get(key);
    if (this.#board.ranking.index(key) !== from) {
      this.#board.move(key, from);
      this.#say(`${this.#name(key)} is back at ${COUNT.format(from + 1)}.`);
    }
    row?.classList.remove("is-moving");
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  }

  #undoOf(key: string): HTMLButtonElement | null {
    return this.#board?.rows.get(key)?.querySelector<HTMLButtonElement>("[data-undo]") ?? null;
  }

  /** Takes the last move back: the one that waits for its reason, else the last one that was made here. */
  #takeBack(): void {
    const undo = this.#pending ? null : this.#undoOf(this.#last);
    if (undo) void this.#undo(undo);
    else this.#putBack();
  }

  async #undo(button: HTMLButtonElement): Promise<void> {
    const form = button.form;
    if (!form) return;
    const body = new FormData(form, button);
    const version = this.querySelector<HTMLInputElement>(".rank-move [name=expected_version]")?.value;
    if (version) body.set("expected_version", version);
    const answer = await send(button.formAction, body);
    const settled = answer.done ? settledOf(answer.part) : null;
    if (!settled) return;
    this.#asking?.remember(settled.version);
    this.#take(settled, button.value);
    const place = (this.#board?.ranking.index(button.value) ?? 0) + 1;
    const words = `${this.#name(button.value)} is back at ${COUNT.format(place)}.`;
    this.#showBar(words, "", "Close");
    this.#say(words);
  }
}

customElements.define("m-rank", RankList);
