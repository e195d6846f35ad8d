/* Menus are <details>; a click outside, Escape or a choice closes them. */
function openMenus(): HTMLDetailsElement[] {
  return [...document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")];
}

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target as Node)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

/* On a phone the navigation opens and closes in place; without scripts the link jumps to it. */
document.addEventListener("click", (event) => {
  const toggle = (event.target as Element).closest?.(".nav-toggle");
  const side = document.getElementById("navigation");
  if (!toggle || !side) return;
  event.preventDefault();
  const open = side.toggleAttribute("data-open");
  toggle.setAttribute("aria-expanded", String(open));
});
