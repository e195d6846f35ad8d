const EDGE = 48;
const FASTEST = 26;

export type Drag = {
  /** The box that scrolls. */
  scroller: HTMLElement;
  /** Puts the row to the place of another one; `after` tells on which side of it the pointer is. */
  over(row: HTMLTableRowElement): void;
  /** The pointer was let go; false when the drag was called off. */
  end(kept: boolean): void;
};

/** Lets a row follow the pointer; near the edges of its box the list scrolls along. */
export function dragRow(row: HTMLTableRowElement, start: PointerEvent, drag: Drag): void {
  let at = start.clientY;
  let frame = 0;
  /* What can be seen of the box: the head of the page covers its top, and its end may lie below the screen. */
  const box = () => {
    const { left, width, top, bottom } = drag.scroller.getBoundingClientRect();
    const head = document.querySelector(".shell-top")?.getBoundingClientRect().bottom ?? 0;
    return { left, width, top: Math.max(top, head), bottom: Math.min(bottom, innerHeight) };
  };

  const follow = (): void => {
    const { left, width, top, bottom } = box();
    const head = drag.scroller.querySelector("thead")?.getBoundingClientRect().height ?? 0;
    const y = Math.max(top + head + 2, Math.min(bottom - 2, at));
    const found = document
      .elementFromPoint(left + width / 2, y)
      ?.closest<HTMLTableRowElement>("tr[data-row]");
    if (!found || found === row || found.parentElement !== row.parentElement) return;
    const { top: above, height } = found.getBoundingClientRect();
    const isBelow = (row.compareDocumentPosition(found) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    if (isBelow === y > above + height / 2) drag.over(found);
  };
  const tick = (): void => {
    const { top, bottom } = box();
    const beyond = at < top + EDGE ? at - top - EDGE : Math.max(0, at - bottom + EDGE);
    if (beyond) {
      drag.scroller.scrollTop += Math.max(-FASTEST, Math.min(FASTEST, beyond / 2));
      follow();
    }
    frame = requestAnimationFrame(tick);
  };
  const move = (event: PointerEvent): void => {
    at = event.clientY;
    follow();
  };
  const stop = new AbortController();
  const finish = (kept: boolean): void => {
    stop.abort();
    cancelAnimationFrame(frame);
    drag.end(kept);
  };
  const listening = { signal: stop.signal };
  document.addEventListener("pointermove", move, listening);
  document.addEventListener("pointerup", () => finish(true), listening);
  document.addEventListener("pointercancel", () => finish(false), listening);
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      finish(false);
    },
    { ...listening, capture: true },
  );
  frame = requestAnimationFrame(tick);
}
