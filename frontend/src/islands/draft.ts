import { element } from "../html.ts";
import { keys, read, write } from "../storage.ts";

const PREFIX = "mainstay-draft:";
const SENT = "mainstay-sent:";
const KEPT_DAYS = 14;

type Draft = { at: number; values: Record<string, string[]> };

function isKept(field: Element): field is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement {
  if (!(field instanceof HTMLElement) || !field.getAttribute("name")) return false;
  if (!field.matches("input, textarea, select")) return false;
  return !field.matches("[type=hidden], [type=password], [type=file], [type=submit], [data-no-draft]");
}

function valuesOf(form: HTMLFormElement): Draft["values"] {
  const values: Draft["values"] = {};
  for (const field of [...form.elements].filter(isKept)) {
    values[field.name] ??= [];
    if (field.matches("[type=checkbox], [type=radio]") && !(field as HTMLInputElement).checked) continue;
    const chosen = field instanceof HTMLSelectElement && field.multiple;
    const several = chosen ? [...field.selectedOptions].map((option) => option.value) : [field.value];
    values[field.name]?.push(...several);
  }
  return values;
}

function fill(form: HTMLFormElement, values: Draft["values"]): void {
  for (const field of [...form.elements].filter(isKept)) {
    const kept = values[field.name];
    if (!kept) continue;
    if (field.matches("[type=checkbox], [type=radio]")) {
      (field as HTMLInputElement).checked = kept.includes(field.value);
    } else if (field instanceof HTMLSelectElement && field.multiple) {
      for (const option of field.options) option.selected = kept.includes(option.value);
    } else field.value = kept[0] ?? field.value;
  }
}

/** Keeps what is typed into the form inside it until it was sent, also over a closed tab; `key` names the record. */
export class FormDraft extends HTMLElement {
  #original: Draft["values"] = {};

  get #key(): string {
    return PREFIX + (this.getAttribute("key") ?? location.pathname);
  }

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form) return;
    this.#original = valuesOf(form);
    this.#forgetWhatWasSent(form);
    this.#restore(form);
    form.addEventListener("input", () => this.#keep(form));
    form.addEventListener("change", () => this.#keep(form));
    form.addEventListener("submit", () => write(SENT + this.#key, "1"));
  }

  /** A form that comes back with errors was not saved, so its draft stays. */
  #forgetWhatWasSent(form: HTMLFormElement): void {
    const refused = form.querySelector('[aria-invalid="true"], .errors') !== null;
    if (read(SENT + this.#key) && !refused) write(this.#key, null);
    write(SENT + this.#key, null);
  }

  #keep(form: HTMLFormElement): void {
    const draft: Draft = { at: Date.now(), values: valuesOf(form) };
    const changed = JSON.stringify(draft.values) !== JSON.stringify(this.#original);
    write(this.#key, changed ? JSON.stringify(draft) : null);
  }

  #restore(form: HTMLFormElement): void {
    const draft = JSON.parse(read(this.#key) ?? "null") as Draft | null;
    if (!draft || JSON.stringify(draft.values) === JSON.stringify(this.#original)) return;
    fill(form, draft.values);
    const when = new Date(draft.at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
    const discard = element("button", { class: "btn btn-small", type: "button" }, "Discard the draft");
    const note = element("p", { class: "note", role: "status" }, `Your draft of ${when} is back. `, discard);
    discard.addEventListener("click", () => {
      fill(form, this.#original);
      write(this.#key, null);
      note.remove();
    });
    form.prepend(note);
  }
}

/** Drafts that were sent, or that nobody came back to, are dropped when any page opens. */
export function tidyDrafts(now: number): void {
  for (const sent of keys(SENT)) {
    const key = sent.slice(SENT.length);
    const here = [...document.querySelectorAll("m-draft")].some(
      (draft) => PREFIX + draft.getAttribute("key") === key,
    );
    if (!here) for (const done of [key, sent]) write(done, null);
  }
  for (const key of keys(PREFIX)) {
    const draft = JSON.parse(read(key) ?? "null") as Draft | null;
    if (!draft || now - draft.at > KEPT_DAYS * 86_400_000) write(key, null);
  }
}

tidyDrafts(Date.now());
customElements.define("m-draft", FormDraft);
