type Attributes = Record<string, string | boolean | undefined>;

/** Builds an element with attributes and children; text stays text. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (typeof value === "string") made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** The JSON that a template left in `<script type="application/json">` inside `parent`. */
export function inlineJson<Data>(parent: Element): Data | null {
  const text = parent.querySelector('script[type="application/json"]')?.textContent;
  return text ? (JSON.parse(text) as Data) : null;
}

/** True where a key press belongs to a field and not to the page. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null
  );
}
