/** What a key asks of a sheet while nobody types into a cell. */
export type Command =
  | { do: "move"; rows: number; columns: number; extend: boolean }
  | { do: "next"; step: 1 | -1 }
  | { do: "edit" | "clear" | "all" | "undo" | "redo" | "fillRight" | "fillDown" | "leave" }
  | { do: "type" };

const STEPS: Record<string, [rows: number, columns: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
};
const EVERYWHERE = 100_000;
const WITH_CONTROL: Record<string, Command> = {
  a: { do: "all" },
  d: { do: "fillDown" },
  r: { do: "fillRight" },
  y: { do: "redo" },
};
const ALONE: Record<string, Command> = {
  F2: { do: "edit" },
  Delete: { do: "clear" },
  Backspace: { do: "clear" },
  Escape: { do: "leave" },
};

/** The command behind a key press, or null where the sheet has no use for it. */
export function commandOf(event: KeyboardEvent): Command | null {
  if (event.isComposing || (event.altKey && !event.getModifierState?.("AltGraph"))) return null;
  const isControl = (event.ctrlKey || event.metaKey) && !event.getModifierState?.("AltGraph");
  return movement(event, isControl) ?? (isControl ? withControl(event) : alone(event));
}

function movement(event: KeyboardEvent, isControl: boolean): Command | null {
  const extend = event.shiftKey;
  const step = STEPS[event.key];
  if (step) {
    const by = isControl ? EVERYWHERE : 1;
    return { do: "move", rows: step[0] * by, columns: step[1] * by, extend };
  }
  const way = { Home: -EVERYWHERE, End: EVERYWHERE }[event.key];
  if (way) return { do: "move", rows: isControl ? way : 0, columns: way, extend };
  if (event.key === "Enter" && !isControl)
    return { do: "move", rows: extend ? -1 : 1, columns: 0, extend: false };
  if (event.key === "Tab" && !isControl) return { do: "next", step: extend ? -1 : 1 };
  return null;
}

function withControl(event: KeyboardEvent): Command | null {
  const key = event.key.toLowerCase();
  if (key === "z") return { do: event.shiftKey ? "redo" : "undo" };
  return event.shiftKey ? null : (WITH_CONTROL[key] ?? null);
}

function alone(event: KeyboardEvent): Command | null {
  return ALONE[event.key] ?? ([...event.key].length === 1 ? { do: "type" } : null);
}
