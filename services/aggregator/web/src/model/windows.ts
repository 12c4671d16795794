// Windows of one size, by start and series, and what can be told from them.
import type { WindowState } from "../api/types.ts";

/** Starts that are kept; the server shows 120. */
const MOST_STARTS = 400;

export interface Column {
  start: number;
  count: number;
  /** Mean, -1 to 1; 0 where nothing was counted. */
  polarity: number;
  labels: Record<string, number>;
}

export interface Series {
  key: string;
  source: string;
  language: string;
  columns: Column[];
  total: Column;
}

export interface Mover {
  series: Series;
  /** Change of the mean polarity from the earlier to the later part. */
  change: number;
  before: Column;
  after: Column;
}

const emptyColumn = (start: number): Column => ({ start, count: 0, polarity: 0, labels: {} });

function addTo(sum: Column, window: WindowState | Column): void {
  const polarity = "meanPolarity" in window ? window.meanPolarity : window.polarity;
  const count = sum.count + window.count;
  if (count > 0) sum.polarity += (polarity - sum.polarity) * (window.count / count);
  sum.count = count;
  for (const [label, number] of Object.entries(window.labels)) {
    sum.labels[label] = (sum.labels[label] ?? 0) + number;
  }
}

/** The sum of some columns; it has the start of the first. */
export function sumOf(columns: Column[]): Column {
  const sum = emptyColumn(columns[0]?.start ?? 0);
  columns.forEach((column) => addTo(sum, column));
  return sum;
}

export class WindowTable {
  #sizeMs = 1_000;
  readonly #windows = new Map<number, Map<string, WindowState>>();

  /** Takes the windows of one size. Those of another size go; of two states the later one stays. */
  load(sizeMs: number, windows: WindowState[]): void {
    if (sizeMs !== this.#sizeMs) this.clear(sizeMs);
    windows.forEach((window) => this.put(window));
  }

  clear(sizeMs: number): void {
    this.#sizeMs = sizeMs;
    this.#windows.clear();
  }

  /** Takes a state of a window, unless it is of another size or older than what is known. */
  put(window: WindowState): void {
    if (window.sizeMs !== this.#sizeMs) return;
    const start = Date.parse(window.start);
    const key = JSON.stringify([window.source, window.language]);
    let at = this.#windows.get(start);
    if (!at) {
      at = new Map();
      this.#windows.set(start, at);
      if (this.#windows.size > MOST_STARTS) this.#windows.delete(Math.min(...this.#windows.keys()));
    }
    if ((at.get(key)?.count ?? 0) <= window.count) at.set(key, window);
  }

  get sizeMs(): number {
    return this.#sizeMs;
  }

  /** The starts of the newest windows, oldest first. A clock that is somewhat ahead is shown too. */
  starts(number: number, now: number): number[] {
    const step = this.#sizeMs;
    const current = Math.floor(now / step) * step;
    const newest = Math.max(current, ...this.#windows.keys());
    const last = Math.min(newest, current + 2 * step);
    return Array.from({ length: number }, (_, i) => last - (number - 1 - i) * step);
  }

  /** All series together. */
  columns(starts: number[]): Column[] {
    return starts.map((start) => {
      const sum = emptyColumn(start);
      this.#windows.get(start)?.forEach((window) => addTo(sum, window));
      return sum;
    });
  }

  /** Each source and language by itself, the one with most messages first. */
  series(starts: number[]): Series[] {
    const found = new Map<string, Series>();
    starts.forEach((start, i) => {
      this.#windows.get(start)?.forEach((window, key) => {
        let one = found.get(key);
        if (!one) {
          one = {
            key,
            source: window.source,
            language: window.language,
            columns: starts.map(emptyColumn),
            total: emptyColumn(starts[0] ?? 0),
          };
          found.set(key, one);
        }
        addTo(one.columns[i]!, window);
      });
    });
    const all = [...found.values()];
    all.forEach((one) => (one.total = sumOf(one.columns)));
    return all.sort((a, b) => b.total.count - a.total.count || a.key.localeCompare(b.key));
  }
}

/** Fewer messages than this on either side tell nothing. */
export const FEWEST_TO_COMPARE = 5;

/**
 * Whose mean polarity changed most: the last quarter of the time against the three quarters before.
 * A change counts for more where more messages stand behind it.
 */
export function movers(all: Series[], most: number): Mover[] {
  const weight = (mover: Mover) => {
    const { before, after } = mover;
    return Math.abs(mover.change) * Math.sqrt((before.count * after.count) / (before.count + after.count));
  };
  return all
    .map((series) => {
      const cut = Math.floor(series.columns.length * 0.75);
      const before = sumOf(series.columns.slice(0, cut));
      const after = sumOf(series.columns.slice(cut));
      return { series, before, after, change: after.polarity - before.polarity };
    })
    .filter(({ before, after }) => before.count >= FEWEST_TO_COMPARE && after.count >= FEWEST_TO_COMPARE)
    .filter(({ change }) => Math.abs(change) >= 0.005)
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, most);
}
