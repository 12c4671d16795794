// The attention of one segment: all layers and heads small, and one of them large.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ExplainedSegment } from "../api/types.ts";
import { Attention } from "../text/attention.ts";
import { colour, onThemeChange } from "./theme.ts";
import { Heatmap, SPECIAL_NAME } from "./Heatmap.tsx";
import { paint, ramp } from "./paint.ts";

const TILE = 40;
const GAP = 3;

const STEP = TILE + GAP;

function drawMaps(
  attention: Attention,
  kept: number[],
  onto: OffscreenCanvas,
  scale: number,
): OffscreenCanvas {
  const context = onto.getContext("2d")!;
  context.scale(scale, scale);
  const colours = ramp(colour("--card"), colour("--heat"));
  for (let layer = 0; layer < attention.layers; layer++) {
    for (let head = 0; head < attention.heads; head++) {
      const place = { x: head * STEP + GAP / 2, y: layer * STEP + GAP / 2, width: TILE, height: TILE };
      paint(context, attention.map(layer, head, kept), colours, place);
    }
  }
  return onto;
}

/** @param head the chosen one; -1: all of the layer */
function drawFrames(
  onto: HTMLCanvasElement,
  scale: number,
  layer: number,
  head: number,
  attention: Attention,
): void {
  const context = onto.getContext("2d")!;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  const [chosen, other] = [colour("--ink"), colour("--line")];
  for (let l = 0; l < attention.layers; l++) {
    for (let h = 0; h < attention.heads; h++) {
      const isChosen = l === layer && (h === head || head < 0);
      context.strokeStyle = isChosen ? chosen : other;
      context.lineWidth = isChosen ? 2 : 1;
      context.strokeRect(h * STEP + GAP / 2, l * STEP + GAP / 2, TILE, TILE);
    }
  }
}

interface OverviewProperties {
  attention: Attention;
  kept: number[];
  layer: number;
  head: number;
  choose: (layer: number, head: number) => void;
}

/** All maps at once; whoever has no pointer chooses by the two pickers. */
function Overview({ attention, kept, layer, head, choose }: OverviewProperties) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const maps = useRef<OffscreenCanvas | null>(null);
  const { layers, heads } = attention;
  const scale = Math.min(2, devicePixelRatio || 1);
  const [width, height] = [heads * STEP * scale, layers * STEP * scale];
  // Hundreds of maps are drawn once; a choice only moves the frame around them.
  const show = () => {
    const target = canvas.current!;
    target.width = width;
    target.height = height;
    target.getContext("2d")!.drawImage(maps.current!, 0, 0);
    drawFrames(target, scale, layer, head, attention);
  };
  const latest = useRef(show);
  latest.current = show;
  useEffect(() => {
    const draw = () => {
      maps.current = drawMaps(attention, kept, new OffscreenCanvas(width, height), scale);
      latest.current();
    };
    draw();
    return onThemeChange(draw);
  }, [attention, kept]);
  useEffect(show, [layer, head]);
  return (
    <canvas
      ref={canvas}
      class="overview"
      role="img"
      aria-label={`Maps of ${layers} layers, from top to bottom, and ${heads} heads, from left to right`}
      style={{ width: `${heads * STEP}px`, aspectRatio: `${heads} / ${layers}` }}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const h = Math.floor(((event.clientX - box.left) / box.width) * heads);
        const l = Math.floor(((event.clientY - box.top) / box.height) * layers);
        choose(Math.min(layers - 1, Math.max(0, l)), Math.min(heads - 1, Math.max(0, h)));
      }}
    />
  );
}

export function AttentionView({ segment, text }: { segment: ExplainedSegment; text: string }) {
  const { tokens, layers, heads } = segment;
  const attention = useMemo(
    () =>
      segment.attention == null ? null : Attention.decode(segment.attention, layers, heads, tokens.length),
    [segment],
  );
  const [layer, setLayer] = useState(layers - 1);
  const [head, setHead] = useState(-1);
  const [withSpecial, setWithSpecial] = useState(false);
  const kept = useMemo(
    () => tokens.map((_, i) => i).filter((i) => withSpecial || !tokens[i]!.special),
    [segment, withSpecial],
  );
  const rows = useMemo(() => attention?.map(layer, head, kept) ?? [], [attention, layer, head, kept]);
  if (!attention) {
    return (
      <p class="soft">
        {segment.attention == null
          ? "There are no maps by layer and head: this segment is too long for them."
          : "The maps by layer and head cannot be read."}
      </p>
    );
  }
  const names = kept.map((i) =>
    tokens[i]!.special ? SPECIAL_NAME : text.slice(tokens[i]!.start, tokens[i]!.end),
  );
  return (
    <div class="attention">
      <h4>
        Attention by layer and head <span class="note">a row shows at what its token looks</span>
      </h4>
      <div class="attention-pickers">
        <label class="field">
          <span>Layer</span>
          <select value={layer} onChange={(event) => setLayer(Number(event.currentTarget.value))}>
            {Array.from({ length: layers }, (_, i) => (
              <option key={i} value={i}>
                {i + 1}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>Head</span>
          <select value={head} onChange={(event) => setHead(Number(event.currentTarget.value))}>
            <option value={-1}>mean of all</option>
            {Array.from({ length: heads }, (_, i) => (
              <option key={i} value={i}>
                {i + 1}
              </option>
            ))}
          </select>
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={withSpecial}
            onChange={(event) => setWithSpecial(event.currentTarget.checked)}
          />
          <span>with special tokens, which often take most of it</span>
        </label>
      </div>
      <div class="maps">
        <Overview
          attention={attention}
          kept={kept}
          layer={layer}
          head={head}
          choose={(l, h) => {
            setLayer(l);
            setHead(h);
          }}
        />
        <Heatmap
          rows={rows}
          rowNames={names}
          columnNames={names}
          label={`Attention of layer ${layer + 1}, ${head < 0 ? "mean of all heads" : `head ${head + 1}`}`}
          say={(from, to, share) => `${from} looks at ${to}: ${share}`}
        />
      </div>
    </div>
  );
}
