import htmx from "htmx.org";

const LONGEST_WAIT_MS = 30_000;

let source: EventSource | undefined;
let listeners = 0;
let wait = 1000;

/** What a change is about: `project`, `project:12`, and `under:/a/b/` for every place above it. */
export function topicsOf(data: string): string[] {
  return (JSON.parse(data) as { topics: string[] }).topics;
}

/** Tells every element that shows one of the topics; htmx then fetches it with `hx-trigger="live"`. */
export function announce(topics: string[]): void {
  for (const shown of document.querySelectorAll<HTMLElement>("[data-live]")) {
    const wanted = shown.dataset.live?.split(/\s+/) ?? [];
    if (topics.some((topic) => wanted.includes(topic))) htmx.trigger(shown, "live", { topics });
  }
}

/** After a break the page may have missed something, so everything live is fetched once. */
function announceAll(): void {
  for (const shown of document.querySelectorAll<HTMLElement>("[data-live]")) htmx.trigger(shown, "live", {});
}

function open(url: string, afterBreak: boolean): void {
  source = new EventSource(url);
  source.addEventListener("open", () => {
    wait = 1000;
    if (afterBreak) announceAll();
  });
  source.addEventListener("message", (event) => announce(topicsOf(event.data)));
  source.addEventListener("error", () => {
    if (source?.readyState !== EventSource.CLOSED || !listeners) return;
    setTimeout(() => {
      if (listeners) open(url, true);
    }, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  });
}

/** Keeps the page current: one stream for the whole page, however often the element stands in it. */
export class Live extends HTMLElement {
  connectedCallback(): void {
    listeners += 1;
    if (listeners === 1) open(this.getAttribute("src") ?? "/stream/", false);
  }

  disconnectedCallback(): void {
    listeners -= 1;
    if (listeners === 0) source?.close();
  }
}

customElements.define("m-live", Live);
