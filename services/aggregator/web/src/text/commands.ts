// Commands for a terminal. Names from outside are quoted: they may hold anything.
import type { LetterCause, PathStep } from "../api/types.ts";

const SAFE = /^[\w.@:%+=,/-]+$/;

/** A word that a POSIX shell takes as it is. */
export function quoted(word: string): string {
  return SAFE.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Shows the record that a stage wrote; null where its place is not known. */
export function tailCommand({ topic, partition, offset }: PathStep): string | null {
  if (topic === undefined || partition === undefined || offset === undefined) return null;
  return `./headwater tail ${quoted(topic)} --from ${partition}@${offset} --limit 1 --json`;
}

export function lettersCommand({ cause }: LetterCause): string {
  return `./headwater dead-letters list --cause ${quoted(cause)} --since 1h`;
}
