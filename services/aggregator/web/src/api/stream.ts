// The connection to the server: one stream of events that comes back by itself.
import { ask } from "./client.ts";
import type { Insight, Pipeline, Stats, WindowState } from "./types.ts";

/** The server speaks every five seconds at least. */
const SILENCE = 12_000;
/** A connection that is dead without an error is given up after this. */
const GIVE_UP = 30_000;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 15_000;

export type StreamState = "live" | "reconnecting" | "stale";

export interface Handlers {
  insight(insight: Insight): void;
  window(window: WindowState): void;
  stats(stats: Stats): void;
  pipeline(pipeline: Pipeline): void;
  /** The server listens: what comes from now on will be told. */
  opened(): void;
  /** Something may have been missed: ask for everything again. */
  missed(): void;
}

export interface Filters {
  source: string;
  language: string;
}

export class Stream {
  #source: EventSource | null = null;
  #filters: Filters = { source: "", language: "" };
  #heard = Date.now();
  #broken = false;
  #lastId = "";
  #retry: ReturnType<typeof setTimeout> | undefined;
  #wait = FIRST_WAIT;

  constructor(private readonly handlers: Handlers) {}

  /** Connects with these filters, in place of any connection before; nothing counts as missed. */
  open(filters: Filters): void {
    this.#filters = filters;
    this.#lastId = "";
    this.#broken = false;
    this.#connect();
  }

  #connect(): void {
    this.close();
    const query = new URLSearchParams(
      Object.entries({ ...this.#filters, lastEventId: this.#lastId }).filter(([, value]) => value),
    );
    const source = new EventSource(`api/stream?${query}`);
    this.#source = source;
    source.onopen = () => {
      this.#heard = Date.now();
      this.#wait = FIRST_WAIT;
      // Without a place to resume from, the server cannot tell what was missed.
      if (this.#broken && !this.#lastId) this.handlers.missed();
      this.#broken = false;
      this.handlers.opened();
    };
    source.onerror = () => {
      this.#broken = true;
      // A browser gives up for good when the server refuses; we do not.
      if (source.readyState !== EventSource.CLOSED) return;
      this.#again();
      // It does not say why. Where the session has ended, a question finds that out.
      ask("summary").catch(() => {});
    };
    const on = <T>(name: string, handler: (value: T) => void) =>
      source.addEventListener(name, (event: MessageEvent<string>) => {
        this.#heard = Date.now();
        if (event.lastEventId) this.#lastId = event.lastEventId;
        handler(JSON.parse(event.data) as T);
      });
    on<Insight>("insight", this.handlers.insight);
    on<WindowState>("window", this.handlers.window);
    on<Stats>("stats", this.handlers.stats);
    on<Pipeline>("pipeline", this.handlers.pipeline);
    on("gap", () => this.handlers.missed());
  }

  /** How the connection is, and for how many milliseconds nothing was heard. Ask it every second. */
  state(): { state: StreamState; silent: number } {
    const silent = Date.now() - this.#heard;
    if (this.#broken || this.#source?.readyState !== EventSource.OPEN)
      return { state: "reconnecting", silent };
    if (silent > GIVE_UP) this.#again();
    return { state: silent > SILENCE ? "stale" : "live", silent };
  }

  close(): void {
    clearTimeout(this.#retry);
    this.#source?.close();
  }

  #again(): void {
    this.close();
    this.#broken = true;
    this.#retry = setTimeout(() => this.#connect(), this.#wait);
    this.#wait = Math.min(LONGEST_WAIT, this.#wait * 2);
  }
}
