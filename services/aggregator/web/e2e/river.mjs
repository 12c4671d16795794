// Starts a river, runs the tests of the page against it, stops it. Usage: node e2e/river.mjs [options of Playwright]
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PATIENCE = 180_000;
const PORTS = [
  "kafka.port",
  "kafka.controller.port",
  "registry.port",
  "tokenizer.admin.port",
  "scorer.admin.port",
  "aggregator.admin.port",
  "gateway.admin.port",
  "aggregator.http.port",
  "gateway.http.port",
];

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const here = fileURLToPath(new URL("..", import.meta.url));

/** Ports that are free now: all are held until each has one. */
async function freePorts(number) {
  const servers = Array.from({ length: number }, () => createServer());
  await Promise.all(servers.map((server) => new Promise((done) => server.listen(0, "127.0.0.1", done))));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

const ended = (child) => new Promise((done) => child.once("exit", (code) => done(code ?? 1)));

/** Waits for the line that names the gateway: the last that `up` prints when all is ready. */
function ready(river) {
  return new Promise((done, failed) => {
    const timer = setTimeout(() => failed(new Error("the river is not ready")), PATIENCE);
    river.once("exit", (code) => failed(new Error(`the river ended with ${code}`)));
    river.stdout.on("data", (text) => {
      process.stdout.write(text);
      if (String(text).includes("send to")) {
        clearTimeout(timer);
        done();
      }
    });
  });
}

const folder = mkdtempSync(join(tmpdir(), "headwater-page-"));
const ports = await freePorts(PORTS.length);
const port = (key) => ports[PORTS.indexOf(key)];
const settings = {
  ...Object.fromEntries(PORTS.map((key, i) => [key, ports[i]])),
  "local.data.directory": join(folder, "data"),
  "translation.model": "translation-de-en@1.2.0",
};
const river = spawn(
  join(root, "headwater"),
  ["up", ...Object.entries(settings).flatMap(([key, value]) => ["--set", `${key}=${value}`])],
  { cwd: folder, stdio: ["ignore", "pipe", "inherit"] },
);
const stopped = ended(river);
const stop = () => river.kill("SIGTERM");
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, stop);
let code = 1;
try {
  await ready(river);
  const tests = spawn(
    process.execPath,
    [
      join(here, "node_modules/@playwright/test/cli.js"),
      "test",
      "--project",
      "river",
      ...process.argv.slice(2),
    ],
    {
      cwd: here,
      stdio: "inherit",
      env: {
        ...process.env,
        RIVER_PAGE: `http://127.0.0.1:${port("aggregator.http.port")}`,
        RIVER_GATEWAY: `http://127.0.0.1:${port("gateway.http.port")}`,
        RIVER_KAFKA: `127.0.0.1:${port("kafka.port")}`,
        RIVER_REGISTRY: `http://127.0.0.1:${port("registry.port")}/apis/ccompat/v7`,
      },
    },
  );
  code = await ended(tests);
} catch (error) {
  console.error(String(error));
} finally {
  stop();
  await stopped;
  rmSync(folder, { recursive: true, force: true });
}
process.exit(code);
