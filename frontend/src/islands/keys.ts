import { isTyping } from "../html.ts";

/**
 * Hands on cards: j and k go from card to card (`[data-card]`), and the letter of an action does it.
 * An action is a link or button with `data-key`; on a page without cards the letters work everywhere on it.
 * The action named in the address after the page was opened is begun: its part is opened, its first field focused.
 */
export class Keys extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("keydown", this.#onKey);
    for (const hint of this.querySelectorAll<HTMLElement>("[data-scripted]")) hint.hidden = false;
    // The browser moves the focus away when it goes to the part of the address, which it does until the page is loaded.
    if (document.readyState === "complete") queueMicrotask(this.#beginAddressed);
    else window.addEventListener("load", () => setTimeout(this.#beginAddressed), { once: true });
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.#onKey);
  }

  get cards(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[data-card]")];
  }

  get #current(): HTMLElement | undefined {
    return this.cards.find((card) => card.contains(document.activeElement));
  }

  #beginAddressed = (): void => this.#begin(location.hash.slice(1));

  #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (isTyping(event.target)) return;
    if (this.#act(event.key)) event.preventDefault();
  };

  #act(key: string): boolean {
    if (key === "j") return this.#step(1);
    if (key === "k") return this.#step(-1);
    const within = this.cards.length ? this.#current : this;
    const action = within?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
    if (!action) return false;
    const target = action.dataset.part;
    if (target) this.#begin(target);
    else action.click();
    return true;
  }

  #step(by: number): boolean {
    const cards = this.cards;
    const at = this.#current ? cards.indexOf(this.#current) : -1;
    const next = cards[Math.max(0, Math.min(cards.length - 1, at + by))];
    next?.querySelector<HTMLElement>("a")?.focus();
    next?.scrollIntoView?.({ block: "nearest" });
    return next !== undefined;
  }

  /** Opens a part of the page and puts the hands into it; nothing is done yet. */
  #begin(id: string): void {
    const part = id ? this.querySelector<HTMLElement>(`#${CSS.escape(id)}`) : null;
    if (!part?.dataset.begins) return;
    if (part instanceof HTMLDetailsElement) part.open = true;
    part.querySelector<HTMLElement>(part.dataset.begins)?.focus();
    part.scrollIntoView?.({ block: "nearest" });
  }
}

customElements.define("m-keys", Keys);
