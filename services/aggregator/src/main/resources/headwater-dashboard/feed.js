// The list of the latest messages.
import { age, element, fillSplit, percent, styleOf } from "./labels.js";

const MOST = 50;
/** Milliseconds between two changes of the list: faster than this nobody reads. */
const CALM = 1000;

/** Nobody misses a translation that nobody asked for. */
const NOT_ASKED_FOR = "translation was not asked for";

/** A text in a language, of which nothing is known but that a stranger wrote it. */
function passage(words, language) {
  const text = element("p", "text", words);
  text.lang = language;
  text.dir = "auto";
  return text;
}

/** The original and its translation, side by side. */
function pair(original, insight, translation) {
  const both = element("dl", "pair");
  const written = passage(translation.text || "(no text)", translation.targetLanguage);
  for (const [name, text] of [[`Original (${insight.language})`, original], [`Translation (${translation.targetLanguage})`, written]]) {
    const side = element("div");
    const content = element("dd");
    content.append(text);
    side.append(element("dt", "", name), content);
    both.append(side);
  }
  return both;
}

/** What else is to be said of an insight's texts. */
function remarks(insight, isTranslated) {
  const { translation, skipped } = insight;
  const said = [];
  if (insight.textCut) said.push(`shortened from ${insight.textLength} characters`);
  if (isTranslated && translation.textCut) said.push(`translation shortened from ${translation.textLength} characters`);
  if (isTranslated && translation.hitLengthLimit) said.push("the translation stops at the model's limit");
  if (skipped?.translation && skipped.translation !== NOT_ASKED_FOR) said.push(`not translated: ${skipped.translation}`);
  return said;
}

export class Feed {
  #waiting = [];
  #shown = new Set();
  #paused = false;
  #drawn = 0;

  constructor(parts) {
    this.parts = parts;
    parts.pause.addEventListener("click", () => this.#toggle());
  }

  /** Begins anew; newest first. */
  reset(insights) {
    this.#waiting = [];
    this.#shown.clear();
    this.parts.list.replaceChildren();
    [...insights].reverse().forEach((insight) => this.add(insight));
    this.draw(true);
  }

  add(insight) {
    this.#waiting.push(insight);
    if (this.#waiting.length > MOST) this.#waiting.shift();
  }

  draw(always) {
    const { list, empty, pause } = this.parts;
    if (this.#paused && !always) {
      pause.textContent = this.#waiting.length ? `Resume (${this.#waiting.length}${this.#waiting.length === MOST ? "+" : ""} new)` : "Resume";
      return;
    }
    if (!always && performance.now() - this.#drawn < CALM) return;
    this.#drawn = performance.now();
    for (const insight of this.#waiting.splice(0)) {
      const place = `${insight.origin.topic}-${insight.origin.partition}-${insight.origin.offset}`;
      if (this.#shown.has(place)) continue;
      const item = this.#item(insight);
      item.dataset.place = place;
      this.#shown.add(place);
      list.prepend(item);
    }
    while (list.children.length > MOST) {
      this.#shown.delete(list.lastElementChild.dataset.place);
      list.lastElementChild.remove();
    }
    empty.hidden = list.children.length > 0;
  }

  /** Writes how long ago each came. */
  tick() {
    for (const time of this.parts.list.querySelectorAll("time")) {
      time.textContent = `${age(Date.now() - Date.parse(time.dateTime))} ago`;
    }
  }

  #toggle() {
    this.#paused = !this.#paused;
    this.parts.pause.setAttribute("aria-pressed", String(this.#paused));
    this.parts.pause.textContent = this.#paused ? "Resume" : "Pause";
    this.draw();
  }

  #item(insight) {
    const item = element("li");
    const words = element("div");
    const { translation } = insight;
    const isTranslated = translation && !translation.passedThrough;
    const original = passage(insight.text || "(no text)", insight.language);
    words.append(isTranslated ? pair(original, insight, translation) : original);
    const meta = element("p", "meta");
    const when = element("time", "", "");
    when.dateTime = insight.sentAt ?? insight.recordedAt;
    when.textContent = `${age(Date.now() - Date.parse(when.dateTime))} ago`;
    meta.append(element("span", "", insight.source), element("span", "", insight.language), when);
    meta.append(...remarks(insight, isTranslated).map((remark) => element("span", "", remark)));
    words.append(meta);
    item.append(words, this.#verdict(insight));
    return item;
  }

  #verdict(insight) {
    const box = element("div", "verdict");
    const { sentiment } = insight;
    if (!sentiment) {
      box.append(element("p", "skipped", insight.skipped?.sentiment ? `Not scored: ${insight.skipped.sentiment}` : "Not scored"));
      return box;
    }
    const head = element("p", "head");
    const tag = element("span", "tag");
    tag.append(element("span", styleOf(sentiment.label)), element("b", "", sentiment.label));
    head.append(tag, element("span", "", percent(sentiment.probabilities[sentiment.label] ?? 0)));
    const bar = element("div", "split");
    bar.setAttribute("role", "img");
    bar.setAttribute("aria-label", Object.entries(sentiment.probabilities).map(([label, p]) => `${label} ${percent(p)}`).join(", "));
    bar.title = bar.getAttribute("aria-label");
    fillSplit(bar, sentiment.probabilities);
    box.append(head, bar);
    if (sentiment.scoredOn === "translation") box.append(element("p", "note", "scored on the translation"));
    return box;
  }
}
