// Everything the page knows, and how it comes to know it. Views read it and never write to it.
import { ask, NotThere } from "../api/client.ts";
import { Stream, type StreamState } from "../api/stream.ts";
import type { Insight, Pipeline, Stats, Summary, WindowsAnswer } from "../api/types.ts";
import { Feed, MOST_SHOWN } from "./feed.ts";
import { age } from "./format.ts";
import { History } from "./history.ts";
import { type Picks, readPicks, SIZES, writePicks } from "./picks.ts";
import { WindowTable } from "./windows.ts";

/** Between two drawings, however much comes: faster than this nobody reads. */
const CALM = 500;
const FEED_CALM = 1_000;
const RETRY = 3_000;
const STREAM_PATIENCE = 1_000;
const INCOMPLETE_RETRY = 5_000;
/** Names in a picker; of a flood of names the rest can be written into the URL. */
const MOST_NAMES = 200;
/** Values of each small line: five minutes of events every two seconds. */
const MOST_HISTORY = 150;

/** What is known of a part of the page that may not be there. */
export type Part<T> = { state: "loading" } | { state: "absent" } | { state: "there"; value: T; at: number };

export interface Freshness {
  state: StreamState | "connecting";
  words: string;
}

export class Dashboard {
  picks: Picks = readPicks(location.search);
  readonly windows = new WindowTable();
  readonly feed = new Feed(FEED_CALM);
  readonly history = new History(MOST_HISTORY);
  readonly sources = new Set<string>();
  readonly languages = new Set<string>();
  stats: Stats | null = null;
  summary: Summary | null = null;
  pipeline: Part<Pipeline> = { state: "loading" };
  /** Whether the picked windows and insights have come. */
  isLoaded = false;
  /** Why the last question failed; empty: it did not. */
  problem = "";
  /** Who did not answer with windows, in words. */
  missing = "";

  readonly #stream: Stream;
  readonly #draw: () => void;
  #asked = 0;
  /** Waits for the stream, to ask once it listens. */
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #drawnAt = 0;
  #isDrawing = false;

  constructor(draw: () => void) {
    this.#draw = draw;
    this.#stream = new Stream({
      insight: (insight) => {
        this.feed.add(insight);
        this.#offer(this.sources, insight.source);
        this.#offer(this.languages, insight.language);
        this.soon();
      },
      window: (window) => {
        this.windows.put(window);
        this.soon();
      },
      stats: (stats) => {
        this.stats = stats;
        this.history.add("rate", stats.lastMinute.perSecond);
        this.soon();
      },
      pipeline: (pipeline) => this.#tell(pipeline),
      opened: () => {
        if (this.#waiting !== undefined) void this.#load();
      },
      missed: () => void this.#load(),
    });
  }

  start(): void {
    this.windows.clear(SIZES[this.picks.size]);
    this.#open();
    addEventListener("popstate", () => {
      const before = this.picks;
      this.picks = readPicks(location.search);
      this.#repick(before);
    });
    setInterval(() => this.soon(), 1_000);
  }

  /** Changes what is picked. An opened message is a step that "back" undoes; the rest is not. */
  pick(change: Partial<Picks>): void {
    const before = this.picks;
    this.picks = { ...before, ...change };
    const url = writePicks(this.picks) || location.pathname;
    if (this.picks.message && this.picks.message !== before.message) history.pushState(null, "", url);
    else history.replaceState(null, "", url);
    this.#repick(before);
  }

  /** How fresh all this is. */
  freshness(): Freshness {
    const { state, silent } = this.#stream.state();
    if (state === "reconnecting" && !this.stats && !this.problem)
      return { state: "connecting", words: "Connecting" };
    if (state === "reconnecting") return { state, words: `Reconnecting, last word ${age(silent)} ago` };
    if (state === "stale") return { state, words: `Stale: no word for ${age(silent)}` };
    if (this.stats && !this.stats.connected) {
      const { latestAt } = this.stats;
      const last = latestAt ? `, last message ${age(Date.now() - latestAt)} ago` : "";
      return { state: "stale", words: `Stale: the server waits for Kafka${last}` };
    }
    return { state, words: "Live" };
  }

  togglePause(): void {
    this.feed.paused = !this.feed.paused;
    this.now();
  }

  /** Draws once for all that comes within a moment. */
  soon(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    const wait = Math.max(0, CALM - (performance.now() - this.#drawnAt));
    setTimeout(() => requestAnimationFrame(() => this.now()), wait);
  }

  now(): void {
    this.#isDrawing = false;
    this.#drawnAt = performance.now();
    this.#draw();
  }

  #repick(before: Picks): void {
    const { size, source, language } = this.picks;
    if (size !== before.size || source !== before.source || language !== before.language) {
      this.isLoaded = false;
      this.#asked++;
      this.windows.clear(SIZES[size]);
      this.feed.clear();
      this.#open();
    }
    this.now();
  }

  #open(): void {
    const { source, language } = this.picks;
    this.#offer(this.sources, source);
    this.#offer(this.languages, language);
    this.#stream.open({ source, language });
    // Asked before the stream listens, an answer could lack what comes in between. But it may never listen.
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => void this.#load(), STREAM_PATIENCE);
  }

  /** Asks for all that is shown. Of two questions, the later one's answer counts. */
  async #load(): Promise<void> {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    const number = ++this.#asked;
    const again = (wait: number) =>
      setTimeout(() => {
        if (number === this.#asked) void this.#load();
      }, wait);
    const { size, source, language } = this.picks;
    void this.#loadPipeline(number);
    try {
      const [windows, insights, summary] = await Promise.all([
        ask<WindowsAnswer>("windows", { size, source, language }),
        ask<{ insights: Insight[] }>("insights", { limit: String(MOST_SHOWN), source, language }),
        ask<Summary>("summary"),
      ]);
      if (number !== this.#asked) return;
      this.windows.load(SIZES[size], windows.windows);
      this.feed.fill(insights.insights);
      this.summary = summary;
      summary.sources.forEach((name) => this.#offer(this.sources, name));
      summary.languages.forEach((name) => this.#offer(this.languages, name));
      this.missing = windows.missing.map((who) => `${who.instance} ${who.reason}`).join("; ");
      this.isLoaded = true;
      this.problem = "";
      if (!windows.complete) again(INCOMPLETE_RETRY);
    } catch (error) {
      if (number !== this.#asked) return;
      this.problem = error instanceof Error ? error.message : String(error);
      again(RETRY);
    }
    this.now();
  }

  async #loadPipeline(number: number): Promise<void> {
    try {
      const pipeline = await ask<Pipeline>("pipeline");
      if (number === this.#asked) this.#tell(pipeline);
    } catch (error) {
      if (error instanceof NotThere) this.pipeline = { state: "absent" };
      this.soon();
    }
  }

  #tell(pipeline: Pipeline): void {
    this.pipeline = { state: "there", value: pipeline, at: Date.now() };
    pipeline.latency?.forEach((one) => this.history.add(`latency ${one.stage} ${one.task}`, one.p95Ms));
    pipeline.lag?.forEach((one) => this.history.add(`lag ${one.group} ${one.topic}`, one.records));
    this.soon();
  }

  #offer(names: Set<string>, name: string): void {
    if (name && names.size < MOST_NAMES) names.add(name);
  }
}
