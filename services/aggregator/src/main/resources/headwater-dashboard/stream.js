// The connection to the server: one stream of events that comes back by itself.

const SILENCE = 12_000;

export class Stream {
  #source = null;
  #heard = Date.now();
  #broken = false;
  #retry = null;
  #wait = 1000;

  /** @param handlers insight, window, stats, missed (something may have been missed) */
  constructor(handlers) {
    this.handlers = handlers;
  }

  /** Connects with these filters, in place of any connection before. */
  open(filters) {
    this.close();
    this.filters = filters;
    const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value));
    const source = new EventSource(`api/stream?${query}`);
    this.#source = source;
    source.onopen = () => {
      this.#heard = Date.now();
      this.#wait = 1000;
      this.#broken = false;
    };
    source.onerror = () => {
      this.#broken = true;
      // A browser gives up for good when the server refuses; we do not.
      if (source.readyState === EventSource.CLOSED) this.#again();
    };
    const on = (name, handler) => source.addEventListener(name, (event) => {
      this.#heard = Date.now();
      handler(JSON.parse(event.data));
    });
    on("insight", this.handlers.insight);
    on("window", this.handlers.window);
    on("stats", this.handlers.stats);
    on("gap", this.handlers.missed);
  }

  /** "live", "reconnecting" or "stale", and for how many milliseconds nothing was heard. */
  state() {
    const silent = Date.now() - this.#heard;
    if (this.#broken || this.#source?.readyState !== EventSource.OPEN) return { state: "reconnecting", silent };
    return { state: silent > SILENCE ? "stale" : "live", silent };
  }

  close() {
    clearTimeout(this.#retry);
    this.#source?.close();
  }

  #again() {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      this.open(this.filters);
      this.handlers.missed();
    }, this.#wait);
    this.#wait = Math.min(15_000, this.#wait * 2);
  }
}
