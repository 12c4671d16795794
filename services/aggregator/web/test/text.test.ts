import { expect, test } from "vitest";
import { agreementInWords } from "../src/text/agreement.ts";
import { Attention } from "../src/text/attention.ts";
import { lettersCommand, quoted, tailCommand } from "../src/text/commands.ts";
import { isCut, pieces, runAround, scaled, strongest } from "../src/text/tokens.ts";

const token = (start: number, end: number) => ({ start, end });

test("a text is cut at its tokens, and nothing of it is lost", () => {
  const text = "Naïve 😀 cat";
  const cut = pieces(text, [
    token(-1, -1),
    token(0, 5),
    token(6, 8),
    token(9, 10),
    token(10, 12),
    token(-1, -1),
  ]);

  expect(cut.map((piece) => piece.text).join("")).toBe(text);
  expect(cut.filter((piece) => piece.token >= 0).map((piece) => [piece.token, piece.text])).toEqual([
    [1, "Naïve"],
    [2, "😀"],
    [3, "c"],
    [4, "at"],
  ]);
});

test("tokens past the end of a text that was cut short are left out", () => {
  expect(pieces("The ca", [token(0, 3), token(4, 7)]).map((piece) => piece.text)).toEqual(["The"]);
  expect(isCut("The ca", [token(0, 3), token(4, 7)])).toBe(true);
  expect(isCut("The cat", [token(0, 3), token(4, 7)])).toBe(false);
});

test("shades go by the largest size, special tokens not counted", () => {
  expect(scaled([9, 0.5, -0.25], (i) => i > 0)).toEqual([0, 1, -0.5]);
  expect(scaled([0, 0], () => true)).toEqual([0, 0]);
});

test("the strongest tokens come first; those that do next to nothing are not named", () => {
  expect(strongest([9, 0.2, 0.5, 0.01, -1], (i) => i > 0, 3)).toEqual([2, 1]);
});

test("neighbours that were masked together are told from the others by their value", () => {
  expect(runAround([0, 0.2, 0.2, 0.2, 0.1], 2)).toEqual([1, 3]);
  expect(runAround([0.2, 0.1], 1)).toEqual([1, 1]);
});

test("the maps of attention are read by layer and head, and scaled anew without special tokens", () => {
  const bytes = String.fromCharCode(255, 0, 51, 204, 0, 255, 153, 102);
  const attention = Attention.decode(btoa(bytes), 1, 2, 2)!;

  expect(attention.map(0, 0, [0, 1])).toEqual([[1, 0], [0.2, 0.8]]); // prettier-ignore
  expect(attention.weight(0, 1, 1, 0)).toBe(0.6);
  expect(attention.weight(0, -1, 1, 0)).toBeCloseTo(0.4);
  expect(attention.map(0, 0, [1])).toEqual([[1]]);
});

test("maps of another size than they must have, or no base64, are not shown", () => {
  expect(Attention.decode(btoa("abc"), 1, 1, 2)).toBeNull();
  expect(Attention.decode("*", 1, 1, 1)).toBeNull();
});

test("agreement is told in words with its number, and so is that it cannot be told", () => {
  expect(agreementInWords(0.83)).toBe("Here attention and masking agree well (rank correlation 0.83).");
  expect(agreementInWords(0.61)).toContain("agree in part (rank correlation 0.61)");
  expect(agreementInWords(0.2)).toContain("hardly agree");
  expect(agreementInWords(-0.4)).toContain("do not agree (rank correlation −0.40): go by the masking.");
  expect(agreementInWords(null)).toContain("cannot be told");
});

test("names from outside cannot run in the reader's terminal", () => {
  expect(quoted("UNKNOWN_MODEL")).toBe("UNKNOWN_MODEL");
  expect(quoted("a'; rm -rf $HOME")).toBe(`'a'\\''; rm -rf $HOME'`);
  expect(
    lettersCommand({ stage: "x", cause: "$(id)", lastHour: 1, latest: null, latestDetail: null }),
  ).toContain("'$(id)'");
});

test("a step whose record is known has a command that shows it", () => {
  const step = {
    stage: "scorer",
    topic: "scores.sentiment",
    partition: 3,
    offset: 1_042,
    at: "2026-01-01T00:00:00Z",
  };

  expect(tailCommand(step)).toBe("./headwater tail scores.sentiment --from 3@1042 --limit 1 --json");
  expect(tailCommand({ stage: "producer", at: step.at })).toBeNull();
});
