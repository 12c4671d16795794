import { pieces, type TokenSpan } from "../text/tokens.ts";

interface Properties {
  text: string;
  language: string;
  tokens: readonly TokenSpan[];
  /** One for each token, -1 to 1: below 0 is drawn in the other colour, and underlined. */
  shades: readonly number[];
  /** What to say of a token when the pointer rests on it. */
  title: (token: number) => string;
}

/** A text whose tokens are coloured. */
export function TokenLine({ text, language, tokens, shades, title }: Properties) {
  return (
    <p class="token-line" lang={language} dir="auto">
      {pieces(text, tokens).map((piece, i) =>
        piece.token < 0 ? (
          piece.text
        ) : (
          <span key={i} class="token" title={title(piece.token)} style={shade(shades[piece.token] ?? 0)}>
            {piece.text}
          </span>
        ),
      )}
    </p>
  );
}

/** The colours of a shade, -1 to 1. Text stays readable on the strongest. */
export function shade(value: number): Record<string, string> {
  const strength = Math.round(Math.min(1, Math.abs(value)) * 60);
  if (strength < 2) return { backgroundColor: "transparent", textDecoration: "none" };
  const name = value < 0 ? "--against" : "--heat";
  return {
    backgroundColor: `color-mix(in srgb, var(${name}) ${strength}%, var(--card))`,
    textDecoration: value < -0.1 ? "underline dotted" : "none",
  };
}
