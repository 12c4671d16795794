// One matrix, large: pointer or arrow keys go from cell to cell.
import { useEffect, useRef, useState } from "preact/hooks";
import { colour, onThemeChange } from "./theme.ts";
import { paint, ramp } from "./paint.ts";

/** More names than these would not be readable. */
const MOST_NAMES = 48;
const LONGEST_NAME = 12;
/** What a token is called that stands for no part of the text. */
export const SPECIAL_NAME = "[special]";
const MARGIN = 84;
const LARGEST_CELL = 30;

interface Cell {
  row: number;
  column: number;
}

interface Properties {
  rows: number[][];
  rowNames: string[];
  columnNames: string[];
  label: string;
  say: (row: string, column: string, share: string) => string;
  /** Told which row is looked at; null: none. */
  onRow?: (row: number | null) => void;
}

const short = (name: string): string =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;

interface Plan {
  width: number;
  cell: number;
  left: number;
  top: number;
}

/** Where things are in a picture of that width. */
function planOf(width: number, rows: number, columns: number): Plan {
  const names = Math.max(rows, columns) <= MOST_NAMES;
  const margin = names ? MARGIN : 6;
  return {
    width,
    cell: Math.min(LARGEST_CELL, (width - margin - 6) / Math.max(1, columns)),
    left: margin,
    top: margin,
  };
}

function drawNames(
  context: CanvasRenderingContext2D,
  plan: Plan,
  { rowNames, columnNames }: Properties,
  cell: Cell | null,
): void {
  if (plan.left < MARGIN) return;
  const family = getComputedStyle(document.body).fontFamily;
  const size = Math.max(8, Math.min(12, plan.cell * 0.9));
  context.textBaseline = "middle";
  rowNames.forEach((name, i) => {
    context.font = `${cell?.row === i ? "600 " : ""}${size}px ${family}`;
    context.fillStyle = colour(cell?.row === i ? "--ink" : "--soft");
    context.textAlign = "right";
    context.fillText(short(name), plan.left - 6, plan.top + (i + 0.5) * plan.cell);
  });
  columnNames.forEach((name, i) => {
    context.save();
    context.translate(plan.left + (i + 0.5) * plan.cell, plan.top - 6);
    context.rotate(-Math.PI / 2);
    context.font = `${cell?.column === i ? "600 " : ""}${size}px ${family}`;
    context.fillStyle = colour(cell?.column === i ? "--ink" : "--soft");
    context.textAlign = "left";
    context.fillText(short(name), 0, 0);
    context.restore();
  });
}

export function Heatmap(properties: Properties) {
  const { rows, rowNames, columnNames, label, say, onRow } = properties;
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const [cell, setCell] = useState<Cell | null>(null);
  const plan = planOf(width, rowNames.length, columnNames.length);
  const height = plan.top + plan.cell * rowNames.length + 6;
  useEffect(() => {
    const element = box.current!;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!width) return undefined;
    const draw = () => {
      const target = canvas.current!;
      const scale = Math.min(2, devicePixelRatio || 1);
      target.width = width * scale;
      target.height = height * scale;
      const context = target.getContext("2d")!;
      context.scale(scale, scale);
      const place = {
        x: plan.left,
        y: plan.top,
        width: plan.cell * columnNames.length,
        height: plan.cell * rowNames.length,
      };
      paint(context, rows, ramp(colour("--card"), colour("--heat")), place);
      context.strokeStyle = colour("--line");
      context.strokeRect(place.x, place.y, place.width, place.height);
      drawNames(context, plan, properties, cell);
      if (cell) {
        context.strokeStyle = colour("--ink");
        context.lineWidth = 2;
        context.strokeRect(
          plan.left + cell.column * plan.cell,
          plan.top + cell.row * plan.cell,
          plan.cell,
          plan.cell,
        );
      }
    };
    draw();
    return onThemeChange(draw);
  }, [rows, width, cell]);
  const go = (next: Cell | null) => {
    setCell(next);
    onRow?.(next?.row ?? null);
  };
  const onKey = (event: KeyboardEvent) => {
    const [down, right] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[
      event.key
    ] ?? [0, 0];
    if (!down && !right) return;
    event.preventDefault();
    const from = cell ?? { row: 0, column: right ? -1 : 0 };
    go({
      row: Math.min(rowNames.length - 1, Math.max(0, cell ? from.row + down! : 0)),
      column: Math.min(columnNames.length - 1, Math.max(0, from.column + right!)),
    });
  };
  const onPoint = (event: PointerEvent) => {
    const place = canvas.current!.getBoundingClientRect();
    const column = Math.floor((event.clientX - place.left - plan.left) / plan.cell);
    const row = Math.floor((event.clientY - place.top - plan.top) / plan.cell);
    const isInside = row >= 0 && row < rowNames.length && column >= 0 && column < columnNames.length;
    if (isInside && (row !== cell?.row || column !== cell?.column)) go({ row, column });
  };
  const share = cell ? rows[cell.row]?.[cell.column] : undefined;
  return (
    <div class="heatmap" ref={box}>
      <canvas
        ref={canvas}
        tabIndex={0}
        role="img"
        aria-label={`${label}. Arrow keys go from cell to cell.`}
        style={{ width: `${width}px`, height: `${height}px` }}
        onKeyDown={onKey}
        onPointerMove={onPoint}
        onPointerLeave={() => go(null)}
        onBlur={() => go(null)}
      />
      <p class="note" aria-live="polite">
        {cell && share !== undefined
          ? say(`“${rowNames[cell.row]}”`, `“${columnNames[cell.column]}”`, `${(share * 100).toFixed(1)} %`)
          : label}
      </p>
    </div>
  );
}
