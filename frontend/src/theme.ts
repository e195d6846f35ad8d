/* Loaded before the page is painted, so that it never flashes in the wrong colours. */
{
  const stored = localStorage.getItem("mainstay-theme");
  const dark =
    stored === "dark" || (stored !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.bsTheme = dark ? "dark" : "light";
}
