import { connected, type Pair, type Spot } from "./graph.ts";

const SVG = "http://www.w3.org/2000/svg";

/** The drawing of a map as it stands in the page. */
export class Picture {
  readonly spots: Spot[];
  readonly pairs: Pair[];
  readonly inColumns: boolean;
  #rubber: SVGPathElement | undefined;

  constructor(
    readonly svg: SVGSVGElement,
    inColumns: boolean,
  ) {
    this.inColumns = inColumns;
    this.spots = this.nodes.map((node) => {
      const box = node.querySelector("rect");
      const read = (name: string) => Number(box?.getAttribute(name) ?? 0);
      return {
        key: node.dataset.node ?? "",
        lane: node.dataset.lane ?? "",
        x: read("x") + read("width") / 2,
        y: read("y") + read("height") / 2,
      };
    });
    this.pairs = this.links.map(({ dataset }) => ({
      source: dataset.source ?? "",
      target: dataset.target ?? "",
    }));
  }

  get nodes(): SVGAElement[] {
    return [...this.svg.querySelectorAll<SVGAElement>("[data-node]")];
  }

  get links(): SVGGElement[] {
    return [...this.svg.querySelectorAll<SVGGElement>("[data-source]")];
  }

  node(key: string): SVGAElement | undefined {
    return this.nodes.find((node) => node.dataset.node === key);
  }

  label(key: string): string {
    return this.node(key)?.querySelector("title")?.textContent ?? key;
  }

  spot(key: string): Spot | undefined {
    return this.spots.find((spot) => spot.key === key);
  }

  /** A node and everything on its way stands out; null puts all back. */
  light(key: string | null): void {
    const lit = key ? connected(this.pairs, key) : null;
    this.svg.classList.toggle("has-lit", lit !== null);
    for (const node of this.nodes)
      node.classList.toggle("is-lit", lit?.keys.has(node.dataset.node ?? "") ?? false);
    for (const link of this.links) {
      const { source, target } = link.dataset;
      const isLit = lit?.links.some((pair) => pair.source === source && pair.target === target) ?? false;
      link.classList.toggle("is-lit", isLit);
    }
  }

  /** Nodes whose name does not hold the words step back; how many are left. */
  find(words: string): number {
    const wanted = words.trim().toLowerCase();
    let found = 0;
    for (const node of this.nodes) {
      const isMeant = this.label(node.dataset.node ?? "")
        .toLowerCase()
        .includes(wanted);
      node.classList.toggle("is-dim", !isMeant);
      if (isMeant) found += 1;
    }
    this.svg.classList.toggle("is-searched", wanted !== "");
    return found;
  }

  /** Where the pointer is, in the drawing's own measure. */
  at(event: PointerEvent): { x: number; y: number } {
    const matrix = this.svg.getScreenCTM()?.inverse();
    return matrix ? new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix) : { x: 0, y: 0 };
  }

  /** A line that is being drawn from a node; without an end it goes. */
  stretch(from: string, to?: { x: number; y: number }): void {
    const start = this.spot(from);
    if (!to || !start) {
      this.#rubber?.remove();
      this.#rubber = undefined;
      return;
    }
    this.#rubber ??= this.svg.appendChild(document.createElementNS(SVG, "path"));
    this.#rubber.setAttribute("class", "map-rubber");
    this.#rubber.setAttribute("d", `M${start.x} ${start.y}L${to.x} ${to.y}`);
  }

  /** Marks the node at which a new link begins or would end. */
  mark(name: "is-source" | "is-target", key: string | null): void {
    for (const node of this.nodes) node.classList.toggle(name, node.dataset.node === key);
  }
}
