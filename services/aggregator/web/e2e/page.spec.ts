// The page against prepared answers: states that a real river does not show at will.
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { fileURLToPath } from "node:url";
import { stats } from "./fixtures/content.ts";
import { FixtureServer } from "./fixtures/server.ts";

const BUNDLE = fileURLToPath(new URL("../../src/main/resources/headwater-dashboard", import.meta.url));

const test = base.extend<{ server: FixtureServer; url: string }>({
  server: async ({}, use) => {
    const server = new FixtureServer(BUNDLE);
    await use(server);
    await server.stop();
  },
  url: async ({ server, page }, use) => {
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (message) => {
      if (message.text().includes("Content Security Policy")) faults.push(message.text());
    });
    const foreign: string[] = [];
    const url = await server.start();
    page.on("request", (request) => {
      if (!request.url().startsWith(url)) foreign.push(request.url());
    });
    await use(url);
    expect(faults, "errors in the page").toEqual([]);
    expect(foreign, "requests to other hosts").toEqual([]);
  },
});

const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const state = (page: Page) => page.locator(".state");
const feed = (page: Page) => panel(page, "Latest messages").getByRole("listitem");

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];

async function expectAccessible(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const said = found.violations.map(
    (one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
  );
  expect(said).toEqual([]);
}

test.describe("live", () => {
  test("shows sentiment, series, movers, latency, lag, dead letters and models as they stream in", async ({
    page,
    server,
    url,
  }) => {
    await page.goto(url);

    await expect(state(page)).toHaveText("Live");
    await expect(panel(page, "By source and language").getByRole("row")).toHaveCount(6);
    await expect(panel(page, "Top movers").getByRole("listitem").first()).toContainText("tickets");
    await expect(panel(page, "Pipeline").getByRole("row", { name: /scorer, translation/ })).toContainText(
      "ms",
    );
    await expect(panel(page, "Pipeline").getByRole("row", { name: /messages/ })).toBeVisible();
    await expect(panel(page, "Dead letters")).toContainText("INVALID_UTF8");
    await expect(panel(page, "Dead letters")).toContainText(
      "./headwater dead-letters list --cause INVALID_UTF8 --since 1h",
    );
    await expect(panel(page, "Models")).toContainText(
      "Canary translation-de-en@1.2.0 on 5 %: agrees on 96 % of 93",
    );
    await expect(panel(page, "Models")).toContainText("All 2 instances agree");
    await expect(panel(page, "Models")).toContainText("Instances do not agree: 1 of 2");
    server.statsChange = { lastMinute: { ...stats.lastMinute, perSecond: 345.6 } };
    await expect(page.getByRole("region", { name: "The last minute" })).toContainText("346");
  });

  test("shows the original and its translation side by side", async ({ page, url }) => {
    await page.goto(url);

    const pair = page.locator(".feed dl.pair").filter({ hasText: "Kellner" }).first();
    await page.getByRole("button", { name: "Pause" }).click();
    const [original, translation] = await pair
      .locator("div")
      .evaluateAll((sides) => sides.map((side) => side.getBoundingClientRect().toJSON() as DOMRect));

    expect(original!.y).toBe(translation!.y);
    expect(translation!.x).toBeGreaterThanOrEqual(original!.x + original!.width);
    await expect(pair.getByText("The food was cold")).toHaveAttribute("lang", "en");
  });

  test("keeps what is picked in the URL, and takes it from there", async ({ page, url }) => {
    await page.goto(`${url}/?size=1m&language=de`);
    await expect(page.getByRole("radio", { name: "1 min" })).toBeChecked();
    await expect(page.getByRole("combobox", { name: "Language" })).toHaveValue("de");
    await expect(panel(page, "By source and language").getByRole("row")).toHaveCount(2);

    await page.getByRole("combobox", { name: "Language" }).selectOption("");
    await page.getByRole("combobox", { name: "Source" }).selectOption("tickets");
    await page.getByRole("radio", { name: "1 h" }).check();

    await expect(page).toHaveURL(/\?size=1h&source=tickets$/);
    await page.reload();
    await expect(page.getByRole("combobox", { name: "Source" })).toHaveValue("tickets");
    await page.getByRole("button", { name: "Show all" }).click();
    await expect(page).toHaveURL(/\?size=1h$/);
  });

  test("holds the feed still while it is paused, and says how much waits", async ({ page, url }) => {
    await page.goto(url);
    await expect(feed(page).first()).toBeVisible();
    await page.getByRole("button", { name: "Pause" }).click();
    const first = await feed(page).first().getByRole("link").getAttribute("href");

    await expect(page.getByRole("button", { name: /Resume \(\d+ new\)/ })).toBeVisible();
    expect(await feed(page).first().getByRole("link").getAttribute("href")).toBe(first);

    await page.getByRole("button", { name: /Resume/ }).click();
    await expect(feed(page).first().getByRole("link")).not.toHaveAttribute("href", first!);
  });

  test("says what the server's sampling leaves out", async ({ page, server, url }) => {
    server.statsChange = { sampledOut: 9_950, matching: 10_000 };
    await page.goto(url);

    await expect(panel(page, "Latest messages")).toContainText(
      "A sample taken by the server: at most 50 a second come here, 9,950 of 10,000 were left out. Charts and numbers count every message.",
    );
  });

  test("never takes a stranger's text for markup", async ({ page, server, url }) => {
    await page.goto(url);
    await expect(state(page)).toHaveText("Live");
    const { insight } = await import("./fixtures/content.ts");
    server.send("insight", {
      ...insight(7_000),
      text: "<img src=x onerror=alert(1)><b>bold</b>",
      source: "<i>x</i>",
    });

    await expect(page.getByText("<img src=x onerror=alert(1)><b>bold</b>")).toBeVisible();
    expect(await page.locator(".feed b", { hasText: "bold" }).count()).toBe(0);
  });
});

test.describe("connection", () => {
  test("reconnects by itself from the place where it was, and says so meanwhile", async ({
    page,
    server,
    url,
  }) => {
    await page.goto(url);
    await expect(state(page)).toHaveText("Live");
    await expect(page.getByRole("link", { name: "Open message fixture-101" })).toBeVisible();
    server.status = 503;
    server.drop();

    await expect(state(page)).toContainText("Reconnecting, last word");
    await expect(page.getByText("What you see is not current")).toBeVisible();
    server.status = 200;

    await expect(state(page)).toHaveText("Live");
    expect(server.opened.at(-1)).toMatch(/^run-\d+$/);
    await expect(page.getByText("What you see is not current")).toBeHidden();
  });

  test("leads to the login when the session has ended", async ({ page, server, url }) => {
    await page.goto(url);
    await expect(state(page)).toHaveText("Live");

    server.status = 401;
    server.drop();

    await expect(page.getByRole("heading", { name: "Log in" })).toBeVisible({ timeout: 20_000 });
  });

  test("asks for everything again when it was cut off before it had heard anything", async ({
    page,
    server,
    url,
  }) => {
    server.isEmpty = true;
    await page.goto(url);
    await expect(state(page)).toHaveText("Live");
    server.drop();
    server.isEmpty = false;
    server.isFlowing = false;

    await expect(feed(page).first()).toBeVisible();
  });

  test("asks for everything again when the server says that more was missed than it holds", async ({
    page,
    server,
    url,
  }) => {
    await page.goto(url);
    await expect(state(page)).toHaveText("Live");
    const before = server.asked.filter((path) => path === "/api/windows").length;

    server.send("gap", { reason: "more happened than the feed still has" });

    await expect
      .poll(() => server.asked.filter((path) => path === "/api/windows").length)
      .toBeGreaterThan(before);
  });

  test("says that it is stale when the server waits for Kafka", async ({ page, server, url }) => {
    server.statsChange = { connected: false };
    await page.goto(url);

    await expect(state(page)).toContainText("Stale: the server waits for Kafka");
    server.statsChange = {};
    await expect(state(page)).toHaveText("Live");
  });

  test("says that it is stale when nothing is heard, and connects anew at last", async ({
    page,
    server,
    url,
  }) => {
    await page.clock.install();
    await page.goto(url);
    await page.clock.runFor(2_000);
    await expect(state(page)).toHaveText("Live");
    await expect.poll(() => server.sequence).toBeGreaterThan(0);
    await page.clock.runFor(2_000);
    await expect(page.getByRole("link", { name: "Open message fixture-101" })).toBeVisible();
    server.isFlowing = false;

    await page.clock.fastForward(20_000);
    await page.clock.runFor(2_000);
    await expect(state(page)).toContainText("Stale: no word for");

    await page.clock.fastForward(20_000);
    await page.clock.runFor(4_000);
    await expect.poll(() => server.opened.length).toBe(2);
    expect(server.opened[1]).toMatch(/^run-\d+$/);
  });

  test("goes on when the browser is offline for a while", async ({ page, context, url }) => {
    await page.goto(url);
    await expect(state(page)).toHaveText("Live");
    await context.setOffline(true);
    await page.getByRole("radio", { name: "1 min" }).check();

    await expect(page.getByRole("alert")).toContainText("the server cannot be reached");
    await context.setOffline(false);

    await expect(state(page)).toHaveText("Live");
    await expect(page.getByRole("alert")).toBeHidden();
  });
});

test.describe("empty, loading and failing", () => {
  test("says that nothing has come yet, and how to send something", async ({ page, server, url }) => {
    server.isEmpty = true;
    await page.goto(url);

    await expect(panel(page, "Sentiment over time")).toContainText("No messages in this time yet.");
    await expect(panel(page, "Latest messages")).toContainText("./headwater send -");
    await expect(panel(page, "Top movers")).toContainText("Nobody moved yet");
    await expect(panel(page, "Dead letters")).toContainText("None in the last hour.");
    await expect(panel(page, "Models")).toContainText("Nothing is known of the models that serve.");
    await expectAccessible(page);
  });

  test("says that it is loading while the first answers are under way", async ({ page, url }) => {
    await page.route("**/api/**", () => undefined);
    await page.goto(url);

    await expect(panel(page, "Latest messages")).toContainText("Loading");
    await expect(panel(page, "Sentiment over time")).toContainText("Loading");
    await expect(panel(page, "Models")).toContainText("Loading");
  });

  test("says what failed, and comes back by itself", async ({ page, server, url }) => {
    server.status = 500;
    await page.goto(url);
    await expect(page.getByRole("alert")).toContainText("Nothing could be loaded: the server answered 500");

    server.status = 200;

    await expect(page.getByRole("alert")).toBeHidden();
    await expect(state(page)).toHaveText("Live");
    await expect(feed(page).first()).toBeVisible();
  });

  test("works with a server that lacks the newer parts", async ({ page, server, url }) => {
    server.isWhole = false;
    await page.goto(url);

    for (const name of ["Pipeline", "Dead letters", "Models"]) {
      await expect(panel(page, name)).toContainText("Not available: this server does not tell.");
    }
    await feed(page).filter({ hasText: "Kellner" }).first().getByRole("link").click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText("No explanation is held for this message.");
    await expect(dialog).toContainText("Which word came from which is not held for this message.");
    await expect(dialog).toContainText("./headwater tail messages --from");
  });
});

test.describe("one message", () => {
  test("shows attention and masking, and says whether they agree", async ({ page, url }) => {
    await page.goto(`${url}/?message=fixture-1`);

    const why = page.getByRole("region", { name: /^Why/ });
    await expect(why).toContainText(
      "Attention shows where a model looked, which need not be why it decided (Jain and Wallace, 2019).",
    );
    await expect(why).toContainText("Here attention and masking agree in part (rank correlation 0.61).");
    await expect(why.getByRole("heading", { level: 4 })).toHaveText([
      /^Masking/,
      /^Attention, rollout/,
      /^Attention, last layer/,
      /^Attention by layer/,
    ]);
    const coloured = await why
      .locator(".measure")
      .nth(1)
      .locator(".token")
      .evaluateAll((all) => new Set(all.map((one) => getComputedStyle(one).backgroundColor)).size);
    expect(coloured).toBeGreaterThan(3);
    await why.getByText("All tokens as a table").click();
    await expect(why.getByRole("region", { name: "All tokens" }).getByRole("row")).toHaveCount(12);
  });

  test("has a map for each layer and head", async ({ page, url }) => {
    await page.goto(`${url}/?message=fixture-1`);
    const map = page.getByRole("img", { name: /^Attention of layer/ });
    await expect(map).toHaveAttribute("aria-label", /^Attention of layer 12, mean of all heads/);
    const picture = () => map.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const before = await picture();

    await page.getByRole("combobox", { name: "Layer" }).selectOption("3");
    await page.getByRole("combobox", { name: "Head" }).selectOption("7");
    await expect(map).toHaveAttribute("aria-label", /^Attention of layer 3, head 7/);
    await expect.poll(picture).not.toBe(before);

    await page.getByRole("img", { name: /^Maps of 12 layers/ }).click({ position: { x: 5, y: 5 } });
    await expect(map).toHaveAttribute("aria-label", /^Attention of layer 1, head 1/);
    await map.focus();
    await page.keyboard.press("ArrowRight");
    await expect(page.getByText(/“The” looks at “The”: \d+\.\d %/)).toBeVisible();
    await page.getByLabel("with special tokens").check();
    await map.focus();
    await page.keyboard.press("ArrowRight");
    await expect(page.getByText(/“\[special\]” looks at “\[special\]”/)).toBeVisible();
  });

  test("shows the segments of a long message, one at a time", async ({ page, url }) => {
    await page.goto(`${url}/?message=fixture-2`);

    const why = page.getByRole("region", { name: /^Why/ });
    await expect(why).toContainText("read in 2 overlapping segments");
    await expect(why).toContainText("their agreement cannot be told");
    await why.getByRole("combobox").first().selectOption("1");
    await expect(why).toContainText(
      "There are no maps by layer and head: this segment is too long for them.",
    );
    await expect(why.locator(".token-line").first()).toHaveText(/^I have to explain/);
    await expect(why).toContainText("Of this segment alone: Here attention and masking hardly agree");
    await expect(why).toContainText("neighbours were masked together, 8 tokens in 3 parts");
  });

  test("says why there is no explanation", async ({ page, url }) => {
    const missingReason = "no attention can be seen in the model's graph";
    const explanation = { id: "x", label: "positive", agreement: null, missingReason, segments: [] };
    await page.route("**/explanation", (route) => route.fulfill({ json: explanation }));
    await page.goto(`${url}/?message=fixture-1`);

    await expect(page.getByRole("region", { name: /^Why/ })).toContainText(
      `There is no explanation: ${missingReason}`,
    );
  });

  test("shows from which words each word of the translation was made", async ({ page, url }) => {
    await page.goto(`${url}/?message=fixture-1`);
    const translated = page.getByRole("region", { name: "How it was translated" });

    await translated.getByRole("group", { name: /Words of the translation/ }).focus();
    await page.keyboard.press("ArrowRight");

    await expect(translated).toContainText(/“The” was made from “Das” \d+ %/);
  });

  test("shows its way with times, places, models, and commands", async ({ page, url }) => {
    await page.goto(`${url}/?message=fixture-1`);
    const path = page.getByRole("region", { name: "Its way through the pipeline" });

    await expect(path.getByRole("row")).toHaveCount(8);
    await expect(path).toContainText("352 ms from the first to the last step");
    const step = path.getByRole("row", { name: /scorer translation/ });
    await expect(step).toContainText("+202 ms");
    await expect(step).toContainText("scores.translation-1@32");
    await expect(step).toContainText("translation-de-en@1.2.0");
    await step.getByText("show it").click();
    await expect(step).toContainText("./headwater tail scores.translation --from 1@32 --limit 1 --json");
  });

  test("opens and closes by keyboard, with the browser's back button, and gives the focus back", async ({
    page,
    url,
  }) => {
    await page.goto(url);
    await expect(feed(page).first()).toBeVisible();
    await page.getByRole("button", { name: "Pause" }).click();
    const link = feed(page).filter({ hasText: "Kellner" }).first().getByRole("link");
    await link.focus();
    await page.keyboard.press("Enter");

    const dialog = page.getByRole("dialog", { name: /^Message fixture-/ });
    await expect(dialog).toBeVisible();
    await expect(page).toHaveURL(/message=fixture-/);
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(link).toBeFocused();

    await link.click();
    await expect(dialog).toBeVisible();
    await page.goBack();
    await expect(dialog).toBeHidden();
  });

  test("says when the message is no longer held", async ({ page, url }) => {
    await page.goto(`${url}/?message=gone`);

    await expect(page.getByRole("dialog")).toContainText(
      "This message is not among the latest insights that the server holds: it is older, or still under way.",
    );
  });

  test("says what failed, and tries again when it is told to", async ({ page, url }) => {
    await page.route("**/explanation", (route) => route.fulfill({ status: 500, body: "no" }), { times: 1 });
    await page.goto(`${url}/?message=fixture-1`);
    await expect(page.getByRole("dialog").getByRole("alert")).toContainText(
      "This could not be loaded: the server answered 500",
    );

    await page.getByRole("button", { name: "Try again" }).click();

    await expect(page.getByRole("dialog")).toContainText("rank correlation");
  });
});

test.describe("for everybody", () => {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`breaks no rule of accessibility that axe knows, ${colorScheme}`, async ({ page, url }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto(url);
      await expect(state(page)).toHaveText("Live");
      await expect(feed(page).first()).toBeVisible();
      await expectAccessible(page);

      await page.goto(`${url}/?message=fixture-1`);
      await expect(page.getByRole("dialog")).toContainText("rank correlation");
      await expectAccessible(page);
    });
  }

  test("keeps the colours that the reader chose", async ({ page, url }) => {
    await page.goto(url);
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.getByLabel("Colours").selectOption("dark");
    await expect.poll(background).not.toBe(light);

    await page.reload();

    await expect.poll(background).not.toBe(light);
  });

  test("reads the chart by keyboard", async ({ page, url }) => {
    await page.goto(url);
    await expect(state(page)).toHaveText("Live");
    await page.getByRole("group", { name: /^Messages per window/ }).focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");

    await expect(panel(page, "Sentiment over time").locator("[aria-live]")).toHaveText(
      /\d+ messages, .*mean polarity/,
    );
  });

  test("fits a phone: nothing is wider than the screen", async ({ page, url }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    const overflow = () =>
      page.evaluate(() =>
        [...document.querySelectorAll("#page *")]
          .filter((one) => !one.closest(".scroll") && one.getBoundingClientRect().right > innerWidth)
          .map((one) => `${one.tagName} ${one.className} ${one.textContent?.slice(0, 30)}`),
      );
    await page.goto(url);
    await expect(feed(page).first()).toBeVisible();
    await expect(panel(page, "Pipeline").getByRole("row")).not.toHaveCount(0);
    expect(await overflow()).toEqual([]);
    const table = panel(page, "By source and language").locator(".scroll");
    expect(await table.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);

    await page.goto(`${url}/?message=fixture-1`);
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText("rank correlation");
    expect(await dialog.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
  });
});
