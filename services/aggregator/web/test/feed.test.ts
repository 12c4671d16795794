import { expect, test } from "vitest";
import { insight } from "../e2e/fixtures/content.ts";
import { Feed, MOST_SHOWN } from "../src/model/feed.ts";

const ids = (feed: Feed) => feed.take().map((one) => one.origin.offset);

test("the newest comes first, and each message once", () => {
  const feed = new Feed();
  feed.fill([insight(2), insight(1)]);
  feed.add(insight(2));
  feed.add(insight(3));

  expect(ids(feed)).toEqual([3, 2, 1]);
});

test("what the stream tells while an answer is under way is not lost by the answer", () => {
  const feed = new Feed();
  feed.add({ ...insight(1), recordedAt: "2026-01-01T00:00:00Z" });
  feed.add({ ...insight(3), recordedAt: "2026-01-01T00:00:02Z" });
  feed.add({ ...insight(4), recordedAt: "2026-01-01T00:00:03Z" });

  feed.fill([
    { ...insight(3), recordedAt: "2026-01-01T00:00:02Z" },
    { ...insight(2), recordedAt: "2026-01-01T00:00:01Z" },
  ]);

  expect(ids(feed)).toEqual([4, 3, 2]);
});

test("what was shown while an answer was under way is not lost by the answer", () => {
  const feed = new Feed();
  feed.add({ ...insight(1), recordedAt: "2026-01-01T00:00:00Z" });
  feed.add({ ...insight(4), recordedAt: "2026-01-01T00:00:03Z" });
  expect(ids(feed)).toEqual([4, 1]);

  feed.fill([
    { ...insight(3), recordedAt: "2026-01-01T00:00:02Z" },
    { ...insight(2), recordedAt: "2026-01-01T00:00:01Z" },
  ]);

  expect(ids(feed)).toEqual([4, 3, 2]);
});

test("it holds no more than a reader can take", () => {
  const feed = new Feed();
  for (let number = 0; number < 10_000; number++) feed.add(insight(number));

  expect(ids(feed)).toHaveLength(MOST_SHOWN);
  expect(ids(feed)[0]).toBe(9_999);
});

test("while it is paused nothing moves, and what waits is counted", () => {
  const feed = new Feed();
  feed.fill([insight(1)]);
  feed.paused = true;
  feed.add(insight(2));

  expect(ids(feed)).toEqual([1]);
  expect(feed.waiting).toBe(1);

  feed.paused = false;
  expect(ids(feed)).toEqual([2, 1]);
});

test("it changes no more often than a reader can follow", () => {
  const feed = new Feed(60_000);
  feed.add(insight(1));
  expect(ids(feed)).toEqual([1]);

  feed.add(insight(2));

  expect(ids(feed)).toEqual([1]);
});
