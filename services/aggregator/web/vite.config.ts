import { defineConfig } from "vitest/config";
import { FixtureServer } from "./e2e/fixtures/server.ts";

const FIXTURES_PORT = 8099;

// The bundle is committed: names without hashes, nothing that differs from one build to the next.
export default defineConfig(({ command, mode }) => ({
  base: "./",
  plugins: [
    {
      // `npm run dev` shows prepared answers, unless AGGREGATOR_URL names a server.
      name: "fixtures",
      async configureServer() {
        if (command === "serve" && mode !== "test" && !process.env.AGGREGATOR_URL)
          await new FixtureServer("public").start(FIXTURES_PORT);
      },
    },
  ],
  build: {
    outDir: process.env.BUNDLE_DIRECTORY ?? "../src/main/resources/headwater-dashboard",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    sourcemap: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      output: {
        entryFileNames: "dashboard.js",
        chunkFileNames: "[name].js",
        assetFileNames: "dashboard[extname]",
      },
    },
  },
  server: { proxy: { "/api": process.env.AGGREGATOR_URL ?? `http://127.0.0.1:${FIXTURES_PORT}` } },
  test: { include: ["test/**/*.test.ts"] },
}));
