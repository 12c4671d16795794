// What is known of labels, and how numbers and times are written.

const ORDER = ["negative", "neutral", "positive"];

export type LabelStyle = "negative" | "neutral" | "positive" | "other";

/** The style of a label: one of the three that everybody knows, else "other". */
export function styleOf(label: string): LabelStyle {
  const name = label.toLowerCase();
  return ORDER.includes(name) ? (name as LabelStyle) : "other";
}

/** Labels with their numbers, in the order negative, neutral, positive, others. */
export function sorted(labels: Record<string, number>): [string, number][] {
  const rank = (label: string) => (styleOf(label) === "other" ? ORDER.length : ORDER.indexOf(styleOf(label)));
  return Object.entries(labels).sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b));
}

export const percent = (share: number): string => `${Math.round(share * 100)} %`;
export const whole = (count: number): string => Math.round(count).toLocaleString("en");

/** A number between -1 and 1 with its sign. */
export function signed(value: number): string {
  const sign = value > 0.004 ? "+" : value < -0.004 ? "−" : "";
  return `${sign}${Math.abs(value).toFixed(2)}`;
}

export const rate = (value: number): string => (value >= 100 ? whole(value) : value.toFixed(1));

/** A duration, short. */
export function duration(milliseconds: number): string {
  if (milliseconds > 0 && milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1_000).toFixed(1)} s`;
  return age(milliseconds);
}

/** How long ago, in words. */
export function age(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** A time of day; with the day where it is not today's. */
export function clock(time: number, now = Date.now()): string {
  const date = new Date(time);
  const isToday = date.toDateString() === new Date(now).toDateString();
  const day = isToday ? {} : ({ day: "numeric", month: "short" } as const);
  return date.toLocaleString("en-GB", { ...day, hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

/** A time of day to the millisecond. */
export function exactClock(time: number): string {
  const date = new Date(time);
  return `${date.toLocaleTimeString("en-GB")}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}
