// A text cut at its tokens, so that each can be coloured.

export interface TokenSpan {
  start: number;
  end: number;
}

/** A piece of a text: a token, or what stands between two. */
export interface Piece {
  text: string;
  /** Index of the token; -1 for what stands between. */
  token: number;
}

/** Cuts a text at tokens. Special tokens and those past the end of the text are left out. */
export function pieces(text: string, tokens: readonly TokenSpan[]): Piece[] {
  const found: Piece[] = [];
  let at = -1;
  tokens.forEach(({ start, end }, token) => {
    if (start < 0 || end <= start || end > text.length || start < at) return;
    if (at >= 0 && start > at) found.push({ text: text.slice(at, start), token: -1 });
    found.push({ text: text.slice(start, end), token });
    at = end;
  });
  return found;
}

/** Whether some token stands past the end of a text that was cut short. */
export function isCut(text: string, tokens: readonly TokenSpan[]): boolean {
  return tokens.some(({ end }) => end > text.length);
}

/** Each value as a share of the largest one's size, -1 to 1; special tokens do not count. */
export function scaled(values: readonly number[], counts: (token: number) => boolean): number[] {
  const largest = Math.max(0, ...values.filter((_, i) => counts(i)).map(Math.abs));
  return values.map((value, i) => (largest > 0 && counts(i) ? value / largest : 0));
}

/** What is weaker than this share of the strongest is not worth a word. */
const WORTH_A_WORD = 0.1;

/** The tokens with the highest values, highest first; only values above zero. */
export function strongest(
  values: readonly number[],
  counts: (token: number) => boolean,
  most: number,
): number[] {
  const top = Math.max(0, ...values.filter((_, token) => counts(token)));
  return values
    .map((value, token) => ({ value, token }))
    .filter(({ value, token }) => value > 0 && value >= top * WORTH_A_WORD && counts(token))
    .sort((a, b) => b.value - a.value || a.token - b.token)
    .slice(0, most)
    .map(({ token }) => token);
}

/** First and last token of the neighbours that have the value of one: they were masked together. */
export function runAround(values: readonly number[], token: number): [number, number] {
  let [first, last] = [token, token];
  while (first > 0 && values[first - 1] === values[token]) first--;
  while (last + 1 < values.length && values[last + 1] === values[token]) last++;
  return [first, last];
}
