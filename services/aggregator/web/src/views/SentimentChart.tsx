// Stacked columns of messages per window, and below them the mean polarity.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { signed, sorted, styleOf, whole } from "../model/format.ts";
import { SIZES } from "../model/picks.ts";
import type { Column } from "../model/windows.ts";
import { Panel } from "./parts.tsx";

interface Properties {
  columns: Column[];
  sizeMs: number;
  isLoaded: boolean;
  missing: string;
}

interface Area {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  foot: number;
  high: number;
  low: number;
  step: number;
}

const NARROW = 520;

/** The next number that looks round, and whose half is whole. */
function round(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  const steps = power > 1 ? [1, 2, 3, 4, 5, 6, 8, 10] : [2, 4, 6, 8, 10];
  return steps.map((step) => step * power).find((step) => step >= value) ?? value;
}

export function timeOf(start: number, sizeMs: number): string {
  const time = new Date(start);
  if (sizeMs === SIZES["1h"])
    return time.toLocaleString("en-GB", { weekday: "short", hour: "2-digit", minute: "2-digit" });
  const seconds = sizeMs === SIZES["1s"] ? ({ second: "2-digit" } as const) : {};
  return time.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", ...seconds });
}

function wordsOf(column: Column, sizeMs: number): string[] {
  const lines = [timeOf(column.start, sizeMs), `${whole(column.count)} messages`];
  sorted(column.labels)
    .reverse()
    .forEach(([label, count]) => lines.push(`${label} ${whole(count)}`));
  if (column.count) lines.push(`mean polarity ${signed(column.polarity)}`);
  return lines;
}

function Axes({
  area,
  columns,
  top,
  sizeMs,
}: {
  area: Area;
  columns: Column[];
  top: number;
  sizeMs: number;
}) {
  const middle = (area.low + area.high) / 2;
  const every = Math.ceil(columns.length / Math.max(2, Math.floor(area.width / 110)));
  return (
    <>
      {[0, 0.5, 1].map((share) => {
        const y = area.foot - share * (area.foot - area.top);
        return (
          <g key={share}>
            <line class="grid" x1={area.left} x2={area.right} y1={y} y2={y} />
            <text x={area.left - 8} y={y + 4} text-anchor="end">
              {whole(top * share)}
            </text>
          </g>
        );
      })}
      <line class="zero" x1={area.left} x2={area.right} y1={middle} y2={middle} />
      {(
        [
          ["+1", area.high],
          ["0", middle],
          ["−1", area.low],
        ] as const
      ).map(([text, y]) => (
        <text key={text} x={area.left - 8} y={y + 4} text-anchor="end">
          {text}
        </text>
      ))}
      {columns.map((column, i) => {
        if ((columns.length - 1 - i) % every) return null;
        const isLast = i === columns.length - 1;
        return (
          <text
            key={i}
            x={isLast ? area.right : area.left + (i + 0.5) * area.step}
            y={area.height - 6}
            text-anchor={isLast ? "end" : "middle"}
          >
            {timeOf(column.start, sizeMs)}
          </text>
        );
      })}
    </>
  );
}

function Data({
  area,
  columns,
  top,
  selected,
}: {
  area: Area;
  columns: Column[];
  top: number;
  selected: number | null;
}) {
  const scale = (area.foot - area.top) / top;
  const middle = (area.low + area.high) / 2;
  const half = (area.low - area.high) / 2;
  const gap = area.step > 6 ? 2 : 0.5;
  let path = "";
  let pen = "M";
  const marks: { x: number; y: number }[] = [];
  columns.forEach((column, i) => {
    if (!column.count) {
      pen = "M";
      return;
    }
    const x = area.left + (i + 0.5) * area.step;
    const y = middle - column.polarity * half;
    if (pen === "M") marks.push({ x, y });
    path += `${pen}${x.toFixed(1)},${y.toFixed(1)}`;
    pen = "L";
  });
  return (
    <>
      {selected !== null && (
        <rect
          class="cursor"
          x={area.left + selected * area.step}
          width={area.step}
          y={area.top}
          height={area.low - area.top}
        />
      )}
      {columns.map((column, i) => {
        let y = area.foot;
        return sorted(column.labels).map(([label, count]) => {
          const height = count * scale;
          y -= height;
          return (
            <rect
              key={`${i} ${label}`}
              class={styleOf(label)}
              x={area.left + i * area.step + gap / 2}
              y={y}
              width={area.step - gap}
              height={Math.max(0.5, height - 0.5)}
              rx="1"
            />
          );
        });
      })}
      <path class="curve" d={path || "M0,0"} />
      {marks.map(({ x, y }, i) => (
        <circle key={i} class="mark" cx={x} cy={y} r="1.8" />
      ))}
    </>
  );
}

function Table({ columns, sizeMs }: { columns: Column[]; sizeMs: number }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="as-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>As a table</summary>
      {isOpen && (
        <div class="scroll" tabIndex={0} role="region" aria-label="Sentiment over time as a table">
          <table>
            <thead>
              <tr>
                <th scope="col">Window</th>
                <th scope="col">Messages</th>
                <th scope="col">Labels</th>
                <th scope="col">Mean polarity</th>
              </tr>
            </thead>
            <tbody>
              {[...columns].reverse().map((column) => (
                <tr key={column.start}>
                  <th scope="row">{timeOf(column.start, sizeMs)}</th>
                  <td>{whole(column.count)}</td>
                  <td>
                    {sorted(column.labels)
                      .map(([label, count]) => `${label} ${whole(count)}`)
                      .join(", ")}
                  </td>
                  <td>{column.count ? signed(column.polarity) : "–"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}

export function SentimentChart({ columns: all, sizeMs, isLoaded, missing }: Properties) {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [selected, setSelected] = useState<number | null>(null);
  const [words, setWords] = useState("");
  useLayoutEffect(() => {
    const element = box.current!;
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const columns = size.width < NARROW ? all.slice(-30) : all;
  const { width, height } = size;
  const left = 44;
  const right = width - 4;
  const area: Area = {
    width,
    height,
    left,
    right,
    top: 8,
    foot: height - 102,
    high: height - 84,
    low: height - 32,
    step: (right - left) / columns.length,
  };
  const top = round(Math.max(...columns.map((column) => column.count), 4));
  const isAny = columns.some((column) => column.count);
  const shown = selected === null ? undefined : columns[selected];
  const onKey = (event: KeyboardEvent) => {
    const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Escape") setSelected(null);
    if (!move) return;
    event.preventDefault();
    const next = Math.min(
      columns.length - 1,
      Math.max(0, (selected ?? columns.length - (move < 0 ? 0 : 1)) + move),
    );
    setSelected(next);
    setWords(wordsOf(columns[next]!, sizeMs).join(", "));
  };
  const onPoint = (event: PointerEvent) => {
    const x = event.clientX - box.current!.getBoundingClientRect().left - area.left;
    const column = Math.floor(x / area.step);
    setSelected(column >= 0 && column < columns.length ? column : null);
  };
  const x = shown ? area.left + (selected! + 0.5) * area.step : 0;
  return (
    <Panel
      title="Sentiment over time"
      id="sentiment"
      head={
        <ul class="legend" aria-hidden="true">
          <li class="negative">negative</li>
          <li class="neutral">neutral</li>
          <li class="positive">positive</li>
          <li class="line">mean polarity</li>
        </ul>
      }
    >
      {missing && <p class="warning">The chart is not complete: {missing}</p>}
      <div
        class="chart"
        ref={box}
        tabIndex={0}
        role="group"
        aria-roledescription="chart"
        aria-label="Messages per window. Arrow keys go from window to window."
        onKeyDown={onKey}
        onPointerMove={onPoint}
        onPointerLeave={() => setSelected(null)}
        onBlur={() => setSelected(null)}
      >
        {width > 0 && (
          <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
            <Axes area={area} columns={columns} top={top} sizeMs={sizeMs} />
            {isAny && <Data area={area} columns={columns} top={top} selected={selected} />}
          </svg>
        )}
        {!isAny && <div class="empty">{isLoaded ? "No messages in this time yet." : "Loading"}</div>}
        {shown && (
          <div class={x > width / 2 ? "tip before" : "tip"} style={{ left: `${x}px` }}>
            {wordsOf(shown, sizeMs).join("\n")}
          </div>
        )}
      </div>
      <p class="hidden" aria-live="polite">
        {words}
      </p>
      <Table columns={columns} sizeMs={sizeMs} />
    </Panel>
  );
}
