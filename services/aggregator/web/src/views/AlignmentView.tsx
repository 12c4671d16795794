// From which words each word of a translation was made.
import { useState } from "preact/hooks";
import type { Alignment, Insight, Span, Translation } from "../api/types.ts";
import { percent } from "../model/format.ts";
import { pieces, scaled, strongest, type TokenSpan } from "../text/tokens.ts";
import { Heatmap, SPECIAL_NAME } from "./Heatmap.tsx";
import { TokenLine, shade } from "./TokenLine.tsx";

const spans = (all: Span[]): TokenSpan[] => all.map(([start, end]) => ({ start, end }));
const nameIn = (text: string, { start, end }: TokenSpan): string =>
  start < 0 ? SPECIAL_NAME : text.slice(start, end);

interface OneProperties {
  alignment: Alignment;
  insight: Insight;
  translation: Translation;
}

function One({ alignment, insight, translation }: OneProperties) {
  const [chosen, setChosen] = useState<number | null>(null);
  const source = spans(alignment.source);
  const target = spans(alignment.target);
  const isReal = (token: number) => (source[token]?.start ?? -1) >= 0;
  const row = chosen === null ? [] : (alignment.weights[chosen] ?? []);
  const from = strongest(row, isReal, 3);
  const words = pieces(translation.text, target);
  const step = (event: KeyboardEvent) => {
    const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!move) return;
    event.preventDefault();
    const order = words.filter((piece) => piece.token >= 0).map((piece) => piece.token);
    const at = chosen === null ? (move > 0 ? -1 : order.length) : order.indexOf(chosen);
    setChosen(order[Math.min(order.length - 1, Math.max(0, at + move))] ?? null);
  };
  return (
    <div class="alignment">
      <div class="alignment-texts">
        <div>
          <h4>Translation ({translation.targetLanguage})</h4>
          <p
            class="token-line pickable"
            lang={translation.targetLanguage}
            dir="auto"
            tabIndex={0}
            role="group"
            aria-label="Words of the translation. Arrow keys go from word to word."
            onKeyDown={step}
            onPointerLeave={() => setChosen(null)}
            onBlur={() => setChosen(null)}
          >
            {words.map((piece, i) =>
              piece.token < 0 ? (
                piece.text
              ) : (
                <span
                  key={i}
                  class="token"
                  style={shade(piece.token === chosen ? 1 : 0)}
                  onPointerEnter={() => setChosen(piece.token)}
                >
                  {piece.text}
                </span>
              ),
            )}
          </p>
        </div>
        <div>
          <h4>Original ({insight.language})</h4>
          <TokenLine
            text={insight.text}
            language={insight.language}
            tokens={source}
            shades={scaled(row, isReal)}
            title={(token) => (chosen === null ? "" : percent(row[token] ?? 0))}
          />
        </div>
        <p class="note" aria-live="polite">
          {chosen === null
            ? "Point at a word of the translation to see what it was made from."
            : `“${nameIn(translation.text, target[chosen]!)}” was made from ${
                from
                  .map((token) => `“${nameIn(insight.text, source[token]!)}” ${percent(row[token]!)}`)
                  .join(", ") || "no word in particular"
              }`}
        </p>
      </div>
      <Heatmap
        rows={alignment.weights}
        rowNames={target.map((token) => nameIn(translation.text, token))}
        columnNames={source.map((token) => nameIn(insight.text, token))}
        label="Rows: the translation. Columns: the original"
        say={(row, column, share) => `${row} was made from ${column}: ${share}`}
        onRow={setChosen}
      />
    </div>
  );
}

export function AlignmentView({
  insight,
  translation,
  alignments,
}: {
  insight: Insight;
  translation: Translation;
  alignments: Alignment[];
}) {
  const [chosen, setChosen] = useState(0);
  const alignment = alignments[chosen];
  return (
    <>
      <p class="note">
        The attention of the translating model over the original, sentence by sentence. It shows where the
        model looked while it wrote a word; like all attention, it is a hint and no proof.
      </p>
      {alignments.length > 1 && (
        <label class="field segments">
          <span>Sentence</span>
          <select value={chosen} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
            {alignments.map((one, i) => (
              <option key={i} value={i}>
                {i + 1} of {alignments.length}: {sentence(one, translation.text)}
              </option>
            ))}
          </select>
        </label>
      )}
      {alignment && <One key={chosen} alignment={alignment} insight={insight} translation={translation} />}
    </>
  );
}

function sentence({ target }: Alignment, text: string): string {
  const real = target.filter(([start]) => start >= 0);
  const start = real[0]?.[0] ?? 0;
  return text.slice(start, Math.min(start + 50, real.at(-1)?.[1] ?? start));
}
