import { inlineJson } from "../html.ts";
import { hideTip, showTip } from "../tip.ts";

export type Reading = { label: string; field: string; kind: string; unit: string };
export type ChartData = { spec: Record<string, unknown>; columns: Reading[] };

/**
 * Draws the Vega-Lite specification left in its JSON script beside the table that says the same.
 * Colours come from the page's tokens; a mark whose datum has a `url` opens that record.
 */
export class Chart extends HTMLElement {
  #theme = new MutationObserver(() => void this.draw());
  #stop: (() => void) | undefined;
  #turn = 0;

  connectedCallback(): void {
    this.querySelector(".chart-toggle")?.addEventListener("click", () => this.#toggle());
    this.#theme.observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
    void this.draw();
  }

  disconnectedCallback(): void {
    this.#theme.disconnect();
    this.#turn += 1;
    this.#stop?.();
    hideTip();
  }

  async draw(): Promise<void> {
    const data = inlineJson<ChartData>(this);
    const canvas = this.querySelector<HTMLElement>(".chart-canvas");
    if (!data || !canvas) return;
    const turn = ++this.#turn;
    const { embed } = await import("../vega.ts");
    if (turn !== this.#turn) return;
    if (!this.hasAttribute("drawn")) this.#show("chart");
    this.setAttribute("drawn", "");
    const drawing = await embed(canvas, data.spec);
    if (turn !== this.#turn) return drawing.finalize();
    this.#stop?.();
    this.#stop = () => drawing.finalize();
    drawing.view.addEventListener("click", (_, item) => openRecord(item?.datum));
    drawing.view.addEventListener("mousemove", (event, item) => {
      showTip(event as MouseEvent, item?.datum, data.columns);
    });
    drawing.view.addEventListener("mouseout", hideTip);
  }

  #toggle(): void {
    this.#show(this.getAttribute("shows") === "table" ? "chart" : "table");
    dispatchEvent(new Event("resize"));
  }

  #show(what: "chart" | "table"): void {
    this.setAttribute("shows", what);
    const button = this.querySelector(".chart-toggle");
    button?.setAttribute("aria-pressed", String(what === "table"));
  }
}

/** Opens the record that a mark stands for. */
export function openRecord(datum: unknown): void {
  const url = (datum as { url?: unknown } | undefined)?.url;
  if (typeof url === "string" && url) location.assign(url);
}

customElements.define("m-chart", Chart);
