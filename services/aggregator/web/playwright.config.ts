import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";

const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const browser = process.env.CHROMIUM ?? BROWSERS.find((path) => existsSync(path));

/** Debian's Chromium, never a browser of Playwright's own. */
export default defineConfig({
  // Shared machines stall now and then; a test that passes at its second try is told as flaky.
  retries: 1,
  testDir: "e2e",
  outputDir: "target/test-results",
  timeout: 90_000,
  expect: { timeout: 20_000 },
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      ...(browser && { executablePath: browser }),
      args: ["--no-sandbox", "--disable-dev-shm-usage"],
    },
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "page", testMatch: "page.spec.ts" },
    { name: "river", testMatch: "river.spec.ts" },
  ],
});
