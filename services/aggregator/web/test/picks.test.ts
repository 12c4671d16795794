import { expect, test } from "vitest";
import { readPicks, writePicks } from "../src/model/picks.ts";

test("what is picked survives the URL, whatever is in it", () => {
  const picks = { size: "1m", source: "a b&c=ü", language: "pt-BR", message: "id/1?#%" } as const;

  expect(readPicks(writePicks(picks))).toEqual(picks);
});

test("what is as usual is not written", () => {
  expect(writePicks({ size: "1s", source: "", language: "", message: "" })).toBe("");
  expect(writePicks({ size: "1s", source: "chat", language: "", message: "" })).toBe("?source=chat");
});

test("a size that is not known is the usual one", () => {
  expect(readPicks("?size=2m").size).toBe("1s");
  expect(readPicks("?size=toString").size).toBe("1s");
});
