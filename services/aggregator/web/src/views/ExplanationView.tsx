import { useState } from "preact/hooks";
import type { ExplainedSegment, ExplainedToken, Explanation, Insight } from "../api/types.ts";
import { percent, whole } from "../model/format.ts";
import { agreementInWords } from "../text/agreement.ts";
import { isCut, runAround, scaled, strongest } from "../text/tokens.ts";
import { AttentionView } from "./AttentionView.tsx";
import { SPECIAL_NAME } from "./Heatmap.tsx";
import { TokenLine } from "./TokenLine.tsx";

interface Measure {
  name: "occlusion" | "rollout" | "lastLayer";
  title: string;
  says: string;
}

const MEASURES: Measure[] = [
  {
    name: "occlusion",
    title: "Masking (the check)",
    says: "how far the probability falls when the token is masked",
  },
  {
    name: "rollout",
    title: "Attention, rollout",
    says: "how much of the result flows from the token, through all layers",
  },
  {
    name: "lastLayer",
    title: "Attention, last layer",
    says: "how much the last layer looks at the token, all heads together",
  },
];

interface Scored {
  text: string;
  language: string;
}

/** The text that the tokens' places point into. */
function scoredText(explanation: Explanation, insight: Insight): Scored {
  const { translation } = insight;
  return explanation.textSource === "TRANSLATION" && translation
    ? { text: translation.text, language: translation.targetLanguage }
    : { text: insight.text, language: insight.language };
}

const points = (value: number): string => `${value < 0 ? "−" : ""}${(Math.abs(value) * 100).toFixed(1)}`;

const realTokens = ({ tokens }: ExplainedSegment): number => tokens.filter((token) => !token.special).length;

/** Whether neighbours were masked together, since the segment is long. */
const isInParts = (segment: ExplainedSegment): boolean =>
  (segment.maskedParts ?? Number.POSITIVE_INFINITY) < realTokens(segment);

const LONGEST_PART = 80;

/** What a token is called; of one past the end of a text that was cut, its place. */
function nameIn({ text }: Scored, { start, end, special }: ExplainedToken): string {
  if (special) return SPECIAL_NAME;
  return text.slice(start, end) || `[${start} to ${end}]`;
}

/** A value of a measure: a share of all attention, or percentage points. */
const written = (measure: Measure, value: number): string =>
  measure.name === "occlusion" ? `${points(value)} points` : `${points(value)} %`;

function Lines({ segment, scored, label }: { segment: ExplainedSegment; scored: Scored; label: string }) {
  const { tokens } = segment;
  const isReal = (token: number) => !tokens[token]?.special;
  const nameOf = (token: number) => nameIn(scored, tokens[token]!);
  // A token that was masked with its neighbours says nothing by itself.
  const namedIn = (measure: Measure, token: number) => {
    if (measure.name !== "occlusion" || !isInParts(segment)) return nameOf(token);
    const [first, last] = runAround(segment.occlusion, token);
    const words = scored.text.slice(tokens[first]!.start, tokens[last]!.end);
    return words.length > LONGEST_PART ? `“${words.slice(0, LONGEST_PART)}…”` : `“${words}”`;
  };
  const special = (values: number[]) => values.reduce((sum, value, i) => sum + (isReal(i) ? 0 : value), 0);
  return (
    <>
      {MEASURES.map((measure) => {
        const values = segment[measure.name];
        const top = strongest(values, isReal, measure.name === "occlusion" && isInParts(segment) ? 1 : 3);
        const onSpecial = measure.name === "occlusion" ? 0 : special(values);
        return (
          <div key={measure.name} class="measure">
            <h4>
              {measure.title} <span class="note">{measure.says}</span>
            </h4>
            <TokenLine
              text={scored.text}
              language={scored.language}
              tokens={tokens}
              shades={scaled(values, isReal)}
              title={(token) => `${nameOf(token)}: ${written(measure, values[token] ?? 0)}`}
            />
            <p class="note">
              {top.length > 0
                ? `${measure.name === "occlusion" ? `Most for “${label}”` : "Looked at most"}: ${top.map((token) => `${namedIn(measure, token)} (${written(measure, values[token]!)})`).join(", ")}.`
                : `No token speaks for “${label}” by itself.`}
              {onSpecial >= 0.005 && ` ${percent(onSpecial)} is on special tokens, which are not shown.`}
            </p>
          </div>
        );
      })}
      <p class="legend-line note">
        <span class="swatch for" aria-hidden="true" /> speaks for “{label}”, or is looked at
        <span class="swatch against" aria-hidden="true" /> speaks against it (also underlined). Each line has
        its own scale.
      </p>
    </>
  );
}

function Numbers({ segment, scored }: { segment: ExplainedSegment; scored: Scored }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="as-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>All tokens as a table</summary>
      {isOpen && (
        <div class="scroll" tabIndex={0} role="region" aria-label="All tokens">
          <table class="rows">
            <thead>
              <tr>
                <th scope="col">Token</th>
                {MEASURES.map((measure) => (
                  <th key={measure.name} scope="col" class="numeric">
                    {measure.title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {segment.tokens.map((token, i) => (
                <tr key={i}>
                  <th scope="row">{nameIn(scored, token)}</th>
                  {MEASURES.map((measure) => (
                    <td key={measure.name} class="numeric">
                      {written(measure, segment[measure.name][i] ?? 0)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}

/** The part of the text that a segment covers, for the reader to choose by. */
function segmentName(segment: ExplainedSegment, index: number, scored: Scored): string {
  const real = segment.tokens.filter((token) => !token.special);
  const start = real[0]?.start ?? 0;
  const end = Math.max(0, ...real.map((token) => token.end));
  const words = scored.text.slice(start, Math.min(end, start + 40)).trim();
  return `${index + 1}: characters ${whole(start)} to ${whole(end)}${words ? `, “${words}…”` : ""}`;
}

/** What limits the explanation of a long text. */
function Remarks({
  segment,
  scored,
  isOneOfMany,
}: {
  segment: ExplainedSegment;
  scored: Scored;
  isOneOfMany: boolean;
}) {
  const remarks = [
    isOneOfMany &&
      segment.agreement != null &&
      `Of this segment alone: ${agreementInWords(segment.agreement)}`,
    isInParts(segment) &&
      `It is long: neighbours were masked together, ${whole(realTokens(segment))} tokens in ${whole(segment.maskedParts ?? 0)} parts.`,
    isCut(scored.text, segment.tokens) &&
      "The server sends the start of long texts only: tokens after it are in the table, by their place.",
  ];
  return (
    <>
      {remarks.filter(Boolean).map((remark) => (
        <p key={remark} class="note">
          {remark}
        </p>
      ))}
    </>
  );
}

export function ExplanationView({ explanation, insight }: { explanation: Explanation; insight: Insight }) {
  const [chosen, setChosen] = useState(0);
  const scored = scoredText(explanation, insight);
  const segment = explanation.segments[chosen];
  if (!segment) {
    return (
      <p class="soft">
        There is no explanation
        {explanation.missingReason ? `: ${explanation.missingReason}` : " of this message"}.
      </p>
    );
  }
  return (
    <>
      <p class="advice">
        Attention shows where a model looked, which need not be why it decided (Jain and Wallace, 2019). So
        two readings of attention stand beside a check that masks one token after the other and measures what
        becomes of “{explanation.label}”. <strong>{agreementInWords(explanation.agreement)}</strong>
      </p>
      <p class="note">
        {explanation.model} gave “{explanation.label}” {percent(explanation.probability)}, reading the{" "}
        {explanation.textSource === "TRANSLATION" ? "translation" : "original"}.
      </p>
      {explanation.segments.length > 1 && (
        <label class="field segments">
          <span>The text was long and was read in {explanation.segments.length} overlapping segments</span>
          <select value={chosen} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
            {explanation.segments.map((one, i) => (
              <option key={i} value={i}>
                {segmentName(one, i, scored)}
              </option>
            ))}
          </select>
        </label>
      )}
      <Remarks segment={segment} scored={scored} isOneOfMany={explanation.segments.length > 1} />
      <Lines segment={segment} scored={scored} label={explanation.label} />
      <Numbers segment={segment} scored={scored} />
      <AttentionView key={chosen} segment={segment} text={scored.text} />
    </>
  );
}
