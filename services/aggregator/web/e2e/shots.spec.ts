import { test } from "@playwright/test";
import { FixtureServer } from "./fixtures/server.ts";
const OUT = "/tmp/web/shots";
const bundle = process.env.BUNDLE_DIRECTORY!;
for (const scheme of ["light", "dark"] as const) {
  test(`shots ${scheme}`, async ({ browser }) => {
    const server = new FixtureServer(bundle);
    const url = await server.start();
    for (const [name, viewport] of [
      ["wide", { width: 1440, height: 1000 }],
      ["phone", { width: 390, height: 844 }],
    ] as const) {
      const context = await browser.newContext({ viewport, colorScheme: scheme, deviceScaleFactor: 1 });
      const page = await context.newPage();
      page.on("console", (m) => {
        if (m.type() !== "info") console.log(m.type(), m.text());
      });
      page.on("pageerror", (e) => console.log("ERR", e));
      await page.goto(url);
      await page.waitForTimeout(4000);
      await page.screenshot({ path: `${OUT}/${name}-${scheme}.png`, fullPage: name === "phone" });
      await page.setViewportSize({ width: viewport.width, height: name === "phone" ? 2700 : 1800 });
      await page.goto(`${url}/?message=fixture-1`);
      await page.waitForTimeout(1500);
      await page.screenshot({ path: `${OUT}/${name}-${scheme}-message.png` });
      await context.close();
    }
    await server.stop();
  });
}
