import { isTyping } from "../html.ts";

/**
 * Hands on a form of questions: digits choose an answer of the current question, j and k go to the next and the
 * previous one, Enter saves. A question is a `fieldset` with radio buttons in the form inside this element.
 */
export class Answers extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("keydown", this.#onKey);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.#onKey);
  }

  get questions(): HTMLFieldSetElement[] {
    return [...this.querySelectorAll("fieldset")];
  }

  /** The question with the focus, else the first without an answer, else the first. */
  get current(): HTMLFieldSetElement | undefined {
    const questions = this.questions;
    const focused = questions.find((question) => question.contains(document.activeElement));
    return focused ?? questions.find((question) => !question.querySelector("input:checked")) ?? questions[0];
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const target = event.target as HTMLElement;
    if (isTyping(target) && !target.matches("input[type=radio]")) return;
    if (this.#act(event, target)) event.preventDefault();
  };

  #act(event: KeyboardEvent, target: HTMLElement): boolean {
    if (/^[1-9]$/.test(event.key)) return this.#choose(Number(event.key) - 1);
    if (event.key === "j") return this.#step(1);
    if (event.key === "k") return this.#step(-1);
    if (event.key !== "Enter" || target.matches("a, button, summary")) return false;
    this.querySelector("form")?.requestSubmit();
    return true;
  }

  #choose(place: number): boolean {
    const answer = this.current?.querySelectorAll<HTMLInputElement>("input[type=radio]")[place];
    if (!answer) return false;
    answer.checked = true;
    answer.focus();
    answer.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }

  #step(by: number): boolean {
    const questions = this.questions;
    const at = this.current ? questions.indexOf(this.current) : 0;
    const untouched = !questions.some((question) => question.contains(document.activeElement));
    const next = questions[Math.max(0, Math.min(questions.length - 1, untouched ? at : at + by))];
    const first =
      next?.querySelector<HTMLElement>("input:checked") ?? next?.querySelector<HTMLElement>("input");
    first?.focus();
    next?.scrollIntoView({ block: "nearest" });
    return first !== undefined;
  }
}

customElements.define("m-answers", Answers);
