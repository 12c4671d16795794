import { expect, test } from "vitest";
import type { WindowState } from "../src/api/types.ts";
import { movers, sumOf, WindowTable } from "../src/model/windows.ts";

const NOW = 1_800_000_000_000;

function window(back: number, count: number, meanPolarity: number, source = "chat"): WindowState {
  const start = new Date(NOW - back * 1_000).toISOString();
  return { source, language: "en", start, sizeMs: 1_000, count, labels: { positive: count }, meanPolarity };
}

test("the later state of a window replaces the earlier one, in whatever order they come", () => {
  const table = new WindowTable();
  table.load(1_000, [window(1, 2, 0.5)]);
  table.put(window(1, 4, 0.25));
  table.put(window(1, 3, 0.4));

  expect(table.columns(table.starts(3, NOW)).map((column) => column.count)).toEqual([0, 4, 0]);
});

test("an answer that is older than what the stream told since takes nothing back", () => {
  const table = new WindowTable();
  table.put(window(1, 4, 0.25));
  table.load(1_000, [window(1, 2, 0.5), window(2, 1, 0)]);

  expect(table.columns(table.starts(3, NOW)).map((column) => column.count)).toEqual([1, 4, 0]);
});

test("windows of another size are left out", () => {
  const table = new WindowTable();
  table.put({ ...window(1, 4, 0.25), sizeMs: 60_000 });

  expect(sumOf(table.columns(table.starts(3, NOW))).count).toBe(0);
});

test("a clock that is somewhat ahead is shown, one that is far ahead is not", () => {
  const table = new WindowTable();
  table.put(window(-1, 1, 0));
  expect(table.starts(2, NOW).at(-1)).toBe(NOW + 1_000);

  table.put(window(-500, 1, 0));
  expect(table.starts(2, NOW).at(-1)).toBe(NOW + 2_000);
});

test("a sum has the mean over all messages, not over windows", () => {
  const table = new WindowTable();
  table.load(1_000, [window(1, 1, 1), window(1, 3, 0, "tickets")]);

  const sum = sumOf(table.columns(table.starts(5, NOW)));

  expect(sum).toMatchObject({ count: 4, polarity: 0.25, labels: { positive: 4 } });
});

test("each source and language is a series of its own, the largest first", () => {
  const table = new WindowTable();
  table.load(1_000, [window(1, 1, 1), window(2, 2, 1), window(1, 9, -1, "tickets")]);

  const series = table.series(table.starts(3, NOW));

  expect(series.map((one) => [one.source, one.columns.map((column) => column.count)])).toEqual([
    ["tickets", [0, 9, 0]],
    ["chat", [2, 1, 0]],
  ]);
});

test("the top mover is whose tone changed most for the messages behind it", () => {
  const table = new WindowTable();
  for (let back = 0; back < 8; back++) {
    table.put(window(back, 10, back < 2 ? -0.5 : 0.5, "fell"));
    table.put(window(back, 10, back < 2 ? 0.3 : 0.2, "rose"));
    table.put(window(back, 10, 0.1, "stayed"));
    table.put(window(back, 1, back < 2 ? -1 : 1, "small"));
  }

  const moved = movers(table.series(table.starts(8, NOW)), 5);

  expect(moved.map((mover) => [mover.series.source, Number(mover.change.toFixed(3))])).toEqual([
    ["fell", -1],
    ["rose", 0.1],
  ]);
});

test("memory is bounded however long the page is open", () => {
  const table = new WindowTable();
  for (let back = 2_000; back >= 0; back--) table.put(window(back, 1, 0));

  expect(sumOf(table.columns(table.starts(2_000, NOW))).count).toBe(400);
});
