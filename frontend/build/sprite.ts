import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const OUTLINE = "node_modules/@tabler/icons/icons/outline";

/** One `<symbol>` from a Tabler icon: its drawing without the frame and without the empty box. */
function symbol(name: string, file: string): string {
  const drawing = readFileSync(`${OUTLINE}/${file}.svg`, "utf8")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/[\s\S]*?<svg[^>]*>/, "")
    .replace("</svg>", "")
    .replace(/\s+/g, " ")
    .trim();
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawing}</symbol>`;
}

/** Gathers the icons that the pages use, by our name for them, into one SVG file of the build, and the brand beside it. */
export function iconSprite(list: string): Plugin {
  return {
    name: "icon-sprite",
    apply: "build",
    generateBundle() {
      const icons: Record<string, string> = JSON.parse(readFileSync(list, "utf8"));
      const symbols = Object.entries(icons).map(([name, file]) => symbol(name, file));
      const source = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
      const brand = readFileSync("src/brand.svg", "utf8");
      this.emitFile({ type: "asset", name: "icons.svg", originalFileName: "icons.svg", source });
      this.emitFile({ type: "asset", name: "brand.svg", originalFileName: "brand.svg", source: brand });
    },
  };
}
