// Small parts that several panels share.
import type { ComponentChildren } from "preact";
import { percent, sorted, styleOf } from "../model/format.ts";

/** A panel with a title. */
export function Panel({
  title,
  id,
  head,
  children,
}: {
  title: string;
  id: string;
  head?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <section class="card" id={id} aria-labelledby={`${id}-title`} tabIndex={-1}>
      <div class="card-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {head}
      </div>
      {children}
    </section>
  );
}

export function Empty({ children }: { children: ComponentChildren }) {
  return <div class="empty">{children}</div>;
}

const words = (labels: Record<string, number>): string => {
  const all = Object.values(labels).reduce((sum, count) => sum + count, 0);
  return (
    sorted(labels)
      .map(([label, count]) => `${label} ${percent(all ? count / all : 0)}`)
      .join(", ") || "no messages"
  );
};

/** A bar with one part for each label. */
export function Split({ labels, name }: { labels: Record<string, number>; name?: string }) {
  const text = words(labels);
  return (
    <div class="split" role="img" aria-label={name ? `${name}: ${text}` : text} title={text}>
      {sorted(labels)
        .filter(([, count]) => count > 0)
        .map(([label, count]) => (
          <span key={label} class={styleOf(label)} style={{ flex: `${count} 1 0` }} />
        ))}
    </div>
  );
}

/** A small line without axes, for the shape alone. @param range lowest and highest value; else those of the data */
export function Sparkline({
  values,
  range,
}: {
  values: readonly (number | null)[];
  range?: [number, number];
}) {
  const width = 120;
  const height = 26;
  const known = values.filter((value) => value !== null);
  const [low, high] = range ?? [0, Math.max(1e-9, ...known) * 1.15];
  const x = (i: number) => (values.length < 2 ? width : (i / (values.length - 1)) * width);
  const y = (value: number) => height - 2 - ((value - low) / (high - low || 1)) * (height - 4);
  let path = "";
  let pen = "M";
  values.forEach((value, i) => {
    if (value === null) {
      pen = "M";
      return;
    }
    path += `${pen}${x(i).toFixed(1)},${y(value).toFixed(1)}`;
    // A value with no neighbours is a dot.
    if (pen === "M" && (i + 1 >= values.length || values[i + 1] === null)) path += "h0.1";
    pen = "L";
  });
  return (
    <svg class="sparkline" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {range && range[0] < 0 && <line class="zero" x1="0" x2={width} y1={y(0)} y2={y(0)} />}
      <path class="curve" d={path || "M0,0"} />
    </svg>
  );
}

/** A command that can be copied where the browser allows that. */
export function Command({ text }: { text: string }) {
  return (
    <span class="command">
      <code>{text}</code>
      {navigator.clipboard && (
        <button
          type="button"
          class="small"
          aria-label={`Copy the command ${text}`}
          onClick={(event) => {
            const button = event.currentTarget;
            void navigator.clipboard.writeText(text).then(() => {
              button.textContent = "Copied";
              setTimeout(() => (button.textContent = "Copy"), 1_500);
            });
          }}
        >
          Copy
        </button>
      )}
    </span>
  );
}
