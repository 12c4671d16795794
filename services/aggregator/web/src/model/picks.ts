// What is picked, and its form in the URL.

export const SIZES = { "1s": 1_000, "1m": 60_000, "1h": 3_600_000 } as const;
export type Size = keyof typeof SIZES;
export const SIZE_NAMES: Record<Size, string> = { "1s": "1 s", "1m": "1 min", "1h": "1 h" };

export interface Picks {
  size: Size;
  source: string;
  language: string;
  /** Id of the message that is open; empty: none. */
  message: string;
}

const isSize = (value: string | null): value is Size => value !== null && Object.hasOwn(SIZES, value);

/** Reads the query part of a URL; what cannot be read is as if it were not there. */
export function readPicks(query: string): Picks {
  const values = new URLSearchParams(query);
  const size = values.get("size");
  return {
    size: isSize(size) ? size : "1s",
    source: values.get("source") ?? "",
    language: values.get("language") ?? "",
    message: values.get("message") ?? "",
  };
}

/** The query part of a URL, with its question mark; what is as usual is left out. */
export function writePicks(picks: Picks): string {
  const values = Object.entries(picks).filter(
    ([name, value]) => value && !(name === "size" && value === "1s"),
  );
  return values.length ? `?${new URLSearchParams(values)}` : "";
}
