import type { Picture } from "./picture.ts";

const FAR = 5;

export type Dropped = { onto: string | null; at: { x: number; y: number } };

/** Follows the pointer from a node; tells where it was let go, or null where nothing was dragged or it was called off. */
export function dragNode(picture: Picture, key: string, start: PointerEvent): Promise<Dropped | null> {
  const stop = new AbortController();
  const listening = { signal: stop.signal };
  let isDragging = false;
  const under = (event: PointerEvent): string | null => {
    const found = document.elementFromPoint(event.clientX, event.clientY)?.closest<SVGElement>("[data-node]");
    return found && picture.svg.contains(found) && found.dataset.node !== key
      ? (found.dataset.node ?? null)
      : null;
  };
  const move = (event: PointerEvent): void => {
    isDragging ||= Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > FAR;
    if (!isDragging) return;
    picture.light(null);
    picture.svg.classList.add("is-dragging");
    picture.mark("is-source", key);
    picture.mark("is-target", under(event));
    picture.stretch(key, picture.at(event));
  };
  return new Promise((tell) => {
    const end = (dropped: Dropped | null): void => {
      stop.abort();
      picture.svg.classList.remove("is-dragging");
      picture.stretch(key);
      picture.mark("is-source", null);
      picture.mark("is-target", null);
      tell(isDragging ? dropped : null);
    };
    document.addEventListener("pointermove", move, listening);
    document.addEventListener("pointercancel", () => end(null), listening);
    document.addEventListener("keydown", (event) => event.key === "Escape" && end(null), listening);
    document.addEventListener(
      "pointerup",
      (event) => {
        if (isDragging) swallowClick();
        end({ onto: under(event), at: picture.at(event) });
      },
      listening,
    );
  });
}

/** The click that follows a drag opens nothing. */
export function swallowClick(): void {
  const swallow = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => document.removeEventListener("click", swallow, { capture: true }));
}
