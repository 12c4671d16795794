// The latest insights, as many as a reader can take.
import type { Insight } from "../api/types.ts";

export const MOST_SHOWN = 30;

const placeOf = ({ origin }: Insight): string => `${origin.topic}-${origin.partition}-${origin.offset}`;

export class Feed {
  #waiting: Insight[] = [];
  #shown: Insight[] = [];
  #takenAt = Number.NEGATIVE_INFINITY;
  paused = false;

  /** @param calm milliseconds between two changes of the list: faster than this nobody reads */
  constructor(private readonly calm = 0) {}

  /** Begins anew, with nothing. */
  clear(): void {
    this.#shown = [];
    this.#waiting = [];
  }

  /**
   * Takes an answer, newest first. What the stream told while it was under way is newer, and stays, whether it waits or
   * was shown already.
   */
  fill(insights: Insight[]): void {
    const places = new Set(insights.map(placeOf));
    const oldest = insights.at(-1)?.recordedAt ?? "";
    const isNews = (one: Insight) => !places.has(placeOf(one)) && one.recordedAt >= oldest;
    this.#shown = [...this.#shown.filter(isNews), ...insights].slice(0, MOST_SHOWN);
    this.#waiting = this.#waiting.filter(isNews);
  }

  add(insight: Insight): void {
    this.#waiting.push(insight);
    if (this.#waiting.length > MOST_SHOWN) this.#waiting.shift();
  }

  /** How many wait while it is paused. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** What is to be shown now, newest first; each message once. */
  take(): Insight[] {
    const now = performance.now();
    const isCalm = now - this.#takenAt >= this.calm;
    if (!this.paused && this.#waiting.length && isCalm) {
      this.#takenAt = now;
      const seen = new Set<string>();
      const all = [...this.#waiting.reverse(), ...this.#shown];
      this.#waiting = [];
      this.#shown = all.filter((insight) => {
        const place = placeOf(insight);
        return !seen.has(place) && seen.add(place);
      });
      this.#shown.length = Math.min(this.#shown.length, MOST_SHOWN);
    }
    return this.#shown;
  }

  /** The message with that id, if it is among these. */
  find(id: string): Insight | undefined {
    return (
      this.#waiting.findLast((insight) => insight.id === id) ??
      this.#shown.find((insight) => insight.id === id)
    );
  }

  keyOf(insight: Insight): string {
    return placeOf(insight);
  }
}
