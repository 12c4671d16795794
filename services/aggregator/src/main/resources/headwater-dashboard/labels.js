// What is known of labels, and how numbers and times are written.

const ORDER = ["negative", "neutral", "positive"];

/** The style of a label: one of the three that everybody knows, else "other". */
export const styleOf = (label) => (ORDER.includes(label.toLowerCase()) ? label.toLowerCase() : "other");

/** Labels with their numbers, in the order negative, neutral, positive, others. */
export function sorted(labels) {
  const rank = (label) => (styleOf(label) === "other" ? ORDER.length : ORDER.indexOf(styleOf(label)));
  return Object.entries(labels).sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b));
}

export const percent = (share) => `${Math.round(share * 100)} %`;
export const whole = (count) => count.toLocaleString("en");
export const signed = (value) => `${value > 0.004 ? "+" : value < -0.004 ? "−" : ""}${Math.abs(value).toFixed(2)}`;
export const rate = (value) => (value >= 100 ? whole(Math.round(value)) : value.toFixed(1));

/** How long ago, in words. */
export function age(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} d`;
}

/** An element with a class and a text. Texts of strangers only ever become text. */
export function element(name, style, text) {
  const made = document.createElement(name);
  if (style) made.className = style;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Fills a bar with one part for each label. */
export function fillSplit(bar, labels) {
  const parts = sorted(labels).filter(([, share]) => share > 0);
  bar.replaceChildren(...parts.map(([label, share]) => {
    const part = element("span", styleOf(label));
    part.style.flex = `${share} 1 0`;
    return part;
  }));
}
