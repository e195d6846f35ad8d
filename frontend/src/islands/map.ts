import { element, isTyping } from "../html.ts";
import { chooseLink } from "../map/choosing.ts";
import { dragNode } from "../map/drag.ts";
import { lanesOf, neighbour, type Pair, positionAt, type Way } from "../map/graph.ts";
import { Picture } from "../map/picture.ts";
import { send, showScripted } from "../sending.ts";
import { toast } from "../toasts.ts";

type Fields = Record<string, string>;
type Change = { url: string; fields: Fields; words: string; focus: string; undo?: Change };

const NARROW = "(width < 48rem)";

/**
 * A map of nodes in lanes. The server draws it and its table; here what is linked stands out under pointer and focus,
 * nodes are found by words, and links are drawn and removed, and nodes moved, by pointer or keyboard. Every change is
 * posted at once, the answer takes the place of the whole map, and the last change can be undone.
 */
export class NodeMap extends HTMLElement {
  #picture: Picture | undefined;
  #linking: string | null = null;
  #undo: Change | undefined;

  connectedCallback(): void {
    const svg = this.querySelector<SVGSVGElement>(".map-picture");
    if (!svg || this.#picture) return;
    this.#picture = new Picture(svg, this.hasAttribute("data-columns"));
    showScripted(this);
    this.show(matchMedia(NARROW).matches ? "table" : "picture");
    for (const [index, node] of this.#picture.nodes.entries())
      node.setAttribute("tabindex", index ? "-1" : "0");
    this.querySelector(".map-toggle")?.addEventListener("click", () => {
      this.show(this.getAttribute("shows") === "table" ? "picture" : "table");
    });
    this.addEventListener("input", this.#onInput);
    this.addEventListener("keydown", this.#onKey);
    this.addEventListener("focusin", this.#onFocus);
    this.addEventListener("focusout", () => this.#picture?.light(null));
    this.addEventListener("submit", this.#onSubmit);
    svg.addEventListener("pointerover", this.#onOver);
    svg.addEventListener("pointerleave", () => this.#picture?.light(null));
    svg.addEventListener("pointerdown", this.#onPointer);
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    svg.addEventListener("click", this.#onClick);
  }

  /** Picture or table: one of them at a time. */
  show(what: string): void {
    this.setAttribute("shows", what);
    this.querySelector(".map-toggle")?.setAttribute("aria-pressed", String(what === "table"));
  }

  #say(words: string): void {
    const region = this.querySelector("[data-said]");
    region?.replaceChildren(words);
    if (!this.#undo || !region) return;
    const undo = element("button", { class: "btn btn-small", type: "button" }, "Undo");
    undo.addEventListener("click", () => this.#takeBack());
    region.append(" ", undo);
  }

  #onInput = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    if (!field.matches("[data-find]") || !this.#picture) return;
    const found = this.#picture.find(field.value);
    this.#say(field.value ? `${found} of ${this.#picture.nodes.length} found.` : "");
    for (const row of this.querySelectorAll<HTMLElement>("tr[data-of]")) {
      const name = row.querySelector("th")?.textContent?.toLowerCase() ?? "";
      row.hidden = !name.includes(field.value.trim().toLowerCase());
    }
  };

  #onOver = (event: Event): void => {
    const node = (event.target as Element).closest<SVGElement>("[data-node]");
    const isDrawing = this.#linking || this.#picture?.svg.classList.contains("is-dragging");
    if (!isDrawing) this.#picture?.light(node?.dataset.node ?? null);
  };

  #onFocus = (event: FocusEvent): void => {
    const node = (event.target as Element).closest<SVGElement>("[data-node]");
    if (!node || !this.#picture) return;
    const key = node.dataset.node ?? "";
    for (const other of this.#picture.nodes) other.setAttribute("tabindex", other === node ? "0" : "-1");
    if (!this.#linking) this.#picture.light(key);
    else {
      this.#picture.mark("is-target", key === this.#linking ? null : key);
      this.#picture.stretch(this.#linking, this.#picture.spot(key));
    }
  };

  #onKey = (event: KeyboardEvent): void => {
    if (isTyping(event.target)) return;
    const isUndo = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey);
    const act = isUndo ? () => this.#takeBack() : this.#actOf(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  #actOf(event: KeyboardEvent): (() => void) | undefined {
    const target = event.target as Element;
    const link = target.closest<SVGElement>("[data-source]");
    const isGone = event.key === "Delete" || event.key === "Backspace";
    if (link && isGone && this.dataset.unlinkUrl) return () => this.#unlink(pairOf(link));
    const key = target.closest<SVGElement>("[data-node]")?.dataset.node;
    if (!key || event.ctrlKey || event.metaKey) return undefined;
    if (event.key.startsWith("Arrow")) return this.#arrow(key, event.key as Way, event.altKey);
    if (event.altKey) return undefined;
    if (event.key === "l" && this.dataset.linkUrl) return () => this.#beginLink(key);
    if (event.key === "Enter" && this.#linking) return () => this.#endLink(key);
    if (event.key === "Escape" && this.#linking) return () => this.#stopLinking("No link was drawn.");
    return isGone && this.dataset.unlinkUrl ? () => this.#chooseLink(key) : undefined;
  }

  #arrow(key: string, way: Way, isMove: boolean): (() => void) | undefined {
    const picture = this.#picture;
    if (!picture) return undefined;
    if (!isMove)
      return () => picture.node(neighbour(picture.spots, key, way, picture.inColumns)?.key ?? key)?.focus();
    const isAlong = (way === "ArrowUp" || way === "ArrowDown") === picture.inColumns;
    if (!this.dataset.moveUrl || !isAlong) return undefined;
    return () => this.#move(key, this.#position(key) + (way === "ArrowLeft" || way === "ArrowUp" ? -1 : 1));
  }

  #lane(key: string): string[] {
    const lanes = this.#picture ? lanesOf(this.#picture.spots, this.#picture.inColumns) : [];
    return (lanes.find((lane) => lane.some((spot) => spot.key === key)) ?? []).map((spot) => spot.key);
  }

  #position(key: string): number {
    return this.#lane(key).indexOf(key) + 1;
  }

  #label(key: string): string {
    return this.#picture?.label(key) ?? key;
  }

  #beginLink(key: string): void {
    this.#linking = key;
    this.#picture?.light(null);
    this.#picture?.mark("is-source", key);
    this.#undo = undefined;
    this.#say(
      `A link from ${this.#label(key)}: choose its end with the arrow keys. Enter draws it, Escape does not.`,
    );
  }

  #stopLinking(words: string): void {
    if (this.#linking) this.#picture?.stretch(this.#linking);
    this.#linking = null;
    this.#picture?.mark("is-source", null);
    this.#picture?.mark("is-target", null);
    this.#say(words);
  }

  #endLink(key: string): void {
    const source = this.#linking;
    if (!source || source === key) this.#say("A link leads from one place to another: choose another end.");
    else {
      this.#stopLinking("");
      this.#link({ source, target: key });
    }
  }

  #link({ source, target }: Pair): void {
    void this.#post(this.#linked({ source, target }, true));
  }

  #unlink(pair: Pair): void {
    void this.#post(this.#linked(pair, false));
  }

  /** A link that comes or goes; undoing the one is doing the other. */
  #linked(pair: Pair, isNew: boolean, isUndo = false): Change {
    const told = `${this.#label(pair.source)} leads to ${this.#label(pair.target)}`;
    const change: Change = {
      url: (isNew ? this.dataset.linkUrl : this.dataset.unlinkUrl) ?? "",
      fields: { ...pair },
      words: isNew ? `Drawn: ${told}.` : `Removed: ${told}.`,
      focus: pair.source,
    };
    if (!isUndo && this.dataset.linkUrl && this.dataset.unlinkUrl)
      change.undo = this.#linked(pair, !isNew, true);
    return change;
  }

  #move(key: string, position: number): void {
    const lane = this.#lane(key);
    const now = this.#position(key);
    if (position < 1 || position > lane.length || position === now) return;
    void this.#post({ ...this.#moved(key, position), undo: this.#moved(key, now) });
  }

  #moved(key: string, position: number): Change {
    const words = `${this.#label(key)} is number ${position} in its lane.`;
    return {
      url: this.dataset.moveUrl ?? "",
      fields: { node: key, position: String(position) },
      words,
      focus: key,
    };
  }

  async #chooseLink(key: string): Promise<void> {
    const pairs = this.#picture?.pairs.filter(({ source, target }) => source === key || target === key) ?? [];
    if (!pairs.length) return this.#say(`${this.#label(key)} has no link to remove.`);
    const chosen = await chooseLink(pairs, (end) => this.#label(end), `Links of ${this.#label(key)}`);
    if (chosen) this.#unlink(chosen);
    else this.#picture?.node(key)?.focus();
  }

  #takeBack(): void {
    const undo = this.#undo;
    this.#undo = undefined;
    if (undo) void this.#post(undo);
  }

  #onClick = (event: Event): void => {
    const link = (event.target as Element).closest<SVGElement>("[data-source]");
    if (!link || !this.dataset.unlinkUrl) return;
    link.setAttribute("tabindex", "-1");
    link.focus();
    this.#undo = undefined;
    this.#say(`${link.getAttribute("aria-label") ?? ""}. Delete removes it.`);
  };

  #onPointer = (event: PointerEvent): void => {
    const key = (event.target as Element).closest<SVGElement>("[data-node]")?.dataset.node;
    const isEdited = this.dataset.linkUrl || this.dataset.moveUrl;
    if (!key || !isEdited || event.button !== 0 || event.pointerType === "touch" || !this.#picture) return;
    void this.#drag(this.#picture, key, event);
  };

  /** Let go on another node it is a link; on free space of its own lane the node moves there. */
  async #drag(picture: Picture, key: string, event: PointerEvent): Promise<void> {
    const dropped = await dragNode(picture, key, event);
    if (!dropped) return;
    if (dropped.onto && this.dataset.linkUrl) return this.#link({ source: key, target: dropped.onto });
    const across = picture.inColumns ? "x" : "y";
    const isInLane = Math.abs(dropped.at[across] - (picture.spot(key)?.[across] ?? 0)) < this.#reach(key);
    if (dropped.onto || !isInLane || !this.dataset.moveUrl) return;
    this.#move(key, positionAt(picture.spots, key, dropped.at, picture.inColumns));
  }

  #reach(key: string): number {
    const box = this.#picture?.node(key)?.querySelector("rect");
    return Number(box?.getAttribute(this.#picture?.inColumns ? "width" : "height") ?? 0) / 2 + 10;
  }

  #onSubmit = (event: SubmitEvent): void => {
    const form = event.target as HTMLFormElement;
    if (!form.matches(".map-form")) return;
    event.preventDefault();
    const sent = new FormData(form, event.submitter);
    const fields: Fields = {};
    for (const name of ["source", "target", "link", "move"])
      if (sent.has(name)) fields[name] = String(sent.get(name));
    void this.#post({ url: form.action, fields, words: "Done.", focus: "" });
  };

  async #post({ url, fields, words, focus, undo }: Change): Promise<void> {
    const body = new FormData();
    for (const name of ["csrfmiddlewaretoken", "expected_version"]) {
      const field = this.querySelector<HTMLInputElement>(`input[name="${name}"]`);
      if (field) body.set(name, field.value);
    }
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    const answer = await send(url, body);
    if (answer.refused) toast({ message: answer.text, level: "error" });
    const fresh = answer.done ? answer.part.querySelector<NodeMap>("m-map") : null;
    if (!fresh) return this.#picture?.node(focus)?.focus();
    const canvas = this.querySelector(".map-canvas");
    const [left, top] = [canvas?.scrollLeft ?? 0, canvas?.scrollTop ?? 0];
    const shows = this.getAttribute("shows") ?? "picture";
    this.replaceWith(fresh);
    fresh.resume(shows, focus, words, undo);
    fresh.querySelector(".map-canvas")?.scrollTo(left, top);
  }

  /** Goes on where the map that stood here before was left. */
  resume(shows: string, focus: string, words: string, undo?: Change): void {
    this.show(shows);
    this.#undo = undo;
    this.#say(words);
    const place = focus ? this.#picture?.node(focus) : this.querySelector<HTMLElement>(".map-toggle");
    place?.focus({ preventScroll: true });
  }
}

function pairOf(link: SVGElement): Pair {
  return { source: link.dataset.source ?? "", target: link.dataset.target ?? "" };
}

customElements.define("m-map", NodeMap);
