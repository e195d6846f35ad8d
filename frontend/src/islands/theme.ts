import { read, write } from "../storage.ts";

const KEY = "mainstay-theme";
const DARK = matchMedia("(prefers-color-scheme: dark)");

function apply(): void {
  const chosen = read(KEY);
  const dark = chosen === "dark" || (chosen !== "light" && DARK.matches);
  document.documentElement.dataset.bsTheme = dark ? "dark" : "light";
}

DARK.addEventListener("change", apply);

/* Paper is light. */
addEventListener("beforeprint", () => {
  document.documentElement.dataset.bsTheme = "light";
});
addEventListener("afterprint", apply);

/** Three buttons `value="light|dark|auto"`: the choice is kept in this browser. */
export class ThemeChoice extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", this.#choose);
    this.#mark();
  }

  #choose = (event: Event): void => {
    const button = (event.target as Element).closest("button");
    if (!button) return;
    write(KEY, button.value === "auto" ? null : button.value);
    apply();
    this.#mark();
  };

  #mark(): void {
    const chosen = read(KEY) ?? "auto";
    for (const button of this.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === chosen));
    }
  }
}

customElements.define("m-theme", ThemeChoice);
