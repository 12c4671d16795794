import { expect, test } from "vitest";
import { age, duration, rate, signed, sorted, styleOf } from "../src/model/format.ts";

test("labels have one order and style, whatever their letters", () => {
  expect(sorted({ other: 1, POSITIVE: 2, negative: 3, neutral: 4 }).map(([label]) => label)).toEqual([
    "negative",
    "neutral",
    "POSITIVE",
    "other",
  ]);
  expect(styleOf("Positive")).toBe("positive");
  expect(styleOf("constructor")).toBe("other");
});

test("numbers are short, and have their sign where it means something", () => {
  expect([signed(0.25), signed(-0.25), signed(-0.001)]).toEqual(["+0.25", "−0.25", "0.00"]);
  expect([rate(9.96), rate(12_345.6)]).toEqual(["10.0", "12,346"]);
  expect([duration(0), duration(3.14), duration(776), duration(1_300), duration(300_000)]).toEqual([
    "0 ms",
    "3.1 ms",
    "776 ms",
    "1.3 s",
    "5 min",
  ]);
  expect([age(-5), age(59_400), age(3_600_000), age(200_000_000)]).toEqual(["0 s", "59 s", "1 h", "2 d"]);
});
