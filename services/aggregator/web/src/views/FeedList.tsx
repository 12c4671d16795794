import type { Insight, Stats, Translation } from "../api/types.ts";
import type { Dashboard } from "../model/dashboard.ts";
import { MOST_SHOWN } from "../model/feed.ts";
import { age, percent, styleOf, whole } from "../model/format.ts";
import { writePicks } from "../model/picks.ts";
import { Panel, Split } from "./parts.tsx";

/** Nobody misses a translation that nobody asked for. */
const NOT_ASKED_FOR = "translation was not asked for";

/** A text in a language, of which nothing is known but that a stranger wrote it. */
export function Passage({ text, language }: { text: string; language: string }) {
  return (
    <p class="text" lang={language} dir="auto">
      {text || "(no text)"}
    </p>
  );
}

/** The translation, unless the message was in the target language already. */
export function realTranslation(insight: Insight): Translation | undefined {
  return insight.translation?.passedThrough ? undefined : insight.translation;
}

/** The original and its translation, side by side. */
export function Pair({ insight, translation }: { insight: Insight; translation: Translation }) {
  return (
    <dl class="pair">
      <div>
        <dt>Original ({insight.language})</dt>
        <dd>
          <Passage text={insight.text} language={insight.language} />
        </dd>
      </div>
      <div>
        <dt>Translation ({translation.targetLanguage})</dt>
        <dd>
          <Passage text={translation.text} language={translation.targetLanguage} />
        </dd>
      </div>
    </dl>
  );
}

/** What else is to be said of an insight's texts. */
export function remarks(insight: Insight): string[] {
  const translation = realTranslation(insight);
  const reason = insight.skipped?.translation;
  const said: string[] = [];
  if (insight.textCut) said.push(`shortened from ${whole(insight.textLength)} characters`);
  if (translation?.textCut)
    said.push(`translation shortened from ${whole(translation.textLength)} characters`);
  if (translation?.hitLengthLimit) said.push("the translation stops at the model's limit");
  if (reason && reason !== NOT_ASKED_FOR) said.push(`not translated: ${reason}`);
  return said;
}

export function Verdict({ insight }: { insight: Insight }) {
  const { sentiment } = insight;
  if (!sentiment) {
    const reason = insight.skipped?.sentiment;
    return <p class="verdict skipped">{reason ? `Not scored: ${reason}` : "Not scored"}</p>;
  }
  return (
    <div class="verdict">
      <p class="head">
        <span class="tag">
          <span class={styleOf(sentiment.label)} aria-hidden="true" />
          <b>{sentiment.label}</b>
        </span>
        <span>{percent(sentiment.probabilities[sentiment.label] ?? 0)}</span>
      </p>
      <Split labels={sentiment.probabilities} />
      {sentiment.scoredOn === "translation" && <p class="note">scored on the translation</p>}
    </div>
  );
}

function Item({ insight, dashboard }: { insight: Insight; dashboard: Dashboard }) {
  const translation = realTranslation(insight);
  const at = insight.sentAt ?? insight.recordedAt;
  const open = (event: MouseEvent) => {
    // With a key held the browser opens a tab of its own.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    dashboard.pick({ message: insight.id });
  };
  return (
    <li>
      <div>
        {translation ? (
          <Pair insight={insight} translation={translation} />
        ) : (
          <Passage text={insight.text} language={insight.language} />
        )}
        <p class="meta">
          <span>{insight.source}</span>
          <span>{insight.language}</span>
          <time dateTime={at}>{age(Date.now() - Date.parse(at))} ago</time>
          {remarks(insight).map((remark) => (
            <span key={remark}>{remark}</span>
          ))}
          {insight.explained && <span class="explained">explained</span>}
          <a
            href={writePicks({ ...dashboard.picks, message: insight.id })}
            onClick={open}
            aria-label={`Open message ${insight.id}`}
          >
            Open
          </a>
        </p>
      </div>
      <Verdict insight={insight} />
    </li>
  );
}

function sampling(stats: Stats | null): string {
  const left = stats ? stats.sampledOut + stats.dropped : 0;
  if (!stats || !left) return "";
  return `A sample taken by the server: at most ${whole(stats.maxPerSecond)} a second come here, ${whole(left)} of ${whole(stats.matching)} were left out. Charts and numbers count every message.`;
}

export function FeedList({ dashboard }: { dashboard: Dashboard }) {
  const { feed, isLoaded, stats } = dashboard;
  const insights = feed.take();
  const waiting = feed.waiting ? ` (${feed.waiting}${feed.waiting === MOST_SHOWN ? "+" : ""} new)` : "";
  const sampled = sampling(stats);
  return (
    <Panel
      title="Latest messages"
      id="feed"
      head={
        <button type="button" class="small" onClick={() => dashboard.togglePause()}>
          {feed.paused ? `Resume${waiting}` : "Pause"}
        </button>
      }
    >
      {sampled && <p class="note sampled">{sampled}</p>}
      {insights.length > 0 && (
        <ol class="feed">
          {insights.map((insight) => (
            <Item key={feed.keyOf(insight)} insight={insight} dashboard={dashboard} />
          ))}
        </ol>
      )}
      {insights.length === 0 && isLoaded && (
        <div class="empty">
          <strong>Nothing has come yet.</strong>
          <span>
            Send something: <code>echo "What a lovely day" | ./headwater send -</code>
          </span>
        </div>
      )}
      {insights.length === 0 && !isLoaded && <div class="empty">Loading</div>}
    </Panel>
  );
}
