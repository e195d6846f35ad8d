import { element } from "../html.ts";

export type Command = { label: string; hint?: string; url: string; kind?: string };

const PAUSE_MS = 120;

/** Everything reachable from the keyboard: Ctrl-K or Cmd-K opens, typing searches, Enter goes there. */
export class Commands extends HTMLElement {
  #found: Command[] = [];
  #at = 0;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #input = element("input", {
    type: "search",
    role: "combobox",
    "aria-label": "Search pages, projects and commands",
    "aria-controls": "commands-found",
    "aria-expanded": "true",
    "aria-autocomplete": "list",
    autocomplete: "off",
    placeholder: "Go to a project, a page or a command",
  });
  #list = element("ul", { id: "commands-found", role: "listbox", "aria-label": "Found" });
  #note = element("p", { role: "status" });
  #dialog = element(
    "dialog",
    { class: "commands", "aria-label": "Search" },
    this.#input,
    this.#list,
    this.#note,
  );

  connectedCallback(): void {
    this.append(this.#dialog);
    document.addEventListener("keydown", this.#onShortcut);
    document.addEventListener("click", this.#onButton);
    this.#input.addEventListener("input", this.#onInput);
    this.#dialog.addEventListener("keydown", this.#onKey);
    this.#dialog.addEventListener("click", (event) => event.target === this.#dialog && this.#dialog.close());
    this.#list.addEventListener("click", this.#onClick);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.#onShortcut);
    document.removeEventListener("click", this.#onButton);
  }

  open(): void {
    this.#input.value = "";
    this.#dialog.showModal();
    this.#input.focus();
    void this.search("");
  }

  async search(words: string): Promise<void> {
    const turn = ++this.#asked;
    const url = `${this.getAttribute("src") ?? "/search/"}?q=${encodeURIComponent(words)}`;
    const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (turn !== this.#asked) return;
    this.#found = answer?.ok ? ((await answer.json()) as Command[]) : [];
    this.#at = 0;
    this.#draw(answer?.ok === true);
  }

  #draw(answered: boolean): void {
    this.#list.replaceChildren(
      ...this.#found.map(({ label, hint = "", kind = "" }, index) => {
        const parts = [label, hint, kind].map((text) => element("span", {}, text));
        return element("li", { id: `command-${index}`, role: "option" }, ...parts);
      }),
    );
    const nothing = answered
      ? "Nothing found. Try a project's name or code."
      : "The search did not answer. Try again.";
    this.#note.textContent = this.#found.length ? "" : nothing;
    this.#note.hidden = this.#found.length > 0;
    this.#mark();
  }

  #mark(): void {
    for (const [index, line] of [...this.#list.children].entries()) {
      line.setAttribute("aria-selected", String(index === this.#at));
      if (index === this.#at) line.scrollIntoView({ block: "nearest" });
    }
    if (this.#found.length) this.#input.setAttribute("aria-activedescendant", `command-${this.#at}`);
    else this.#input.removeAttribute("aria-activedescendant");
  }

  #onInput = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.search(this.#input.value.trim()), PAUSE_MS);
  };

  #onKey = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter") this.#go(this.#at);
    else if (step && this.#found.length)
      this.#at = (this.#at + step + this.#found.length) % this.#found.length;
    else return;
    event.preventDefault();
    this.#mark();
  };

  #onClick = (event: Event): void => {
    const line = (event.target as Element).closest("li");
    if (line) this.#go([...this.#list.children].indexOf(line));
  };

  #go(index: number): void {
    const chosen = this.#found[index];
    if (chosen) location.assign(chosen.url);
  }

  #onShortcut = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (this.#dialog.open) this.#dialog.close();
    else this.open();
  };

  #onButton = (event: Event): void => {
    if (!(event.target as Element).closest?.("[data-commands]")) return;
    event.preventDefault();
    this.open();
  };
}

customElements.define("m-commands", Commands);
