import { defineConfig } from "vitest/config";
import { iconSprite } from "./build/sprite.ts";

/** Where the build goes; the Python side builds into a temporary folder and swaps it in. */
const outDir = process.env.MAINSTAY_OUT ?? "../mainstay/core/static/mainstay";

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [iconSprite("src/icons.json")],
  build: {
    outDir,
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    cssCodeSplit: false,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: ["src/main.ts", "src/theme.ts"],
      // htmx holds an eval that `allowEval = false` never reaches, and the policy of the pages would refuse.
      onLog: (level, log, handle) => log.code !== "EVAL" && handle(level, log),
    },
  },
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.ts"],
    setupFiles: ["tests/environment.ts"],
    pool: "vmThreads",
  },
});
