// One message: its texts, why it got its label, how it was translated, the way it went.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ask, NotThere } from "../api/client.ts";
import type { Explanation, Insight } from "../api/types.ts";
import { clock, percent, sorted, whole } from "../model/format.ts";
import { AlignmentView } from "./AlignmentView.tsx";
import { ExplanationView } from "./ExplanationView.tsx";
import { Pair, Passage, realTranslation, remarks, Verdict } from "./FeedList.tsx";
import { PathTable } from "./PathTable.tsx";

type Answer<T> =
  | { state: "loading" }
  | { state: "absent" }
  | { state: "failed"; reason: string }
  | { state: "there"; value: T };

/** Asks once; what comes after the dialog is closed is not looked at. */
function useAnswer<T>(path: string | null): [Answer<T>, () => void] {
  const [answer, setAnswer] = useState<Answer<T>>({ state: "loading" });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (path === null) return undefined;
    let isWanted = true;
    setAnswer({ state: "loading" });
    ask<T>(path)
      .then((value): Answer<T> => ({ state: "there", value }))
      .catch((error: unknown): Answer<T> =>
        error instanceof NotThere
          ? { state: "absent" }
          : { state: "failed", reason: error instanceof Error ? error.message : String(error) },
      )
      .then((found) => {
        if (isWanted) setAnswer(found);
      });
    return () => {
      isWanted = false;
    };
  }, [path, tries]);
  return [answer, () => setTries(tries + 1)];
}

function Section({ title, id, children }: { title: string; id: string; children: ComponentChildren }) {
  return (
    <section aria-labelledby={`message-${id}`} class="part">
      <h3 id={`message-${id}`}>{title}</h3>
      {children}
    </section>
  );
}

function Failed({ reason, again }: { reason: string; again: () => void }) {
  return (
    <p class="warning" role="alert">
      This could not be loaded: {reason}.{" "}
      <button type="button" class="small" onClick={again}>
        Try again
      </button>
    </p>
  );
}

function Facts({ insight }: { insight: Insight }) {
  const { sentiment } = insight;
  const translation = realTranslation(insight);
  const at = insight.sentAt ?? insight.recordedAt;
  const facts: [string, string | null | undefined][] = [
    ["Source", insight.source],
    ["Language", insight.language],
    ["Author", insight.author],
    ["Conversation", insight.conversation],
    [insight.sentAt ? "Sent" : "Recorded", clock(Date.parse(at))],
    [
      "Probabilities",
      sentiment &&
        sorted(sentiment.probabilities)
          .map(([label, share]) => `${label} ${percent(share)}`)
          .join(", "),
    ],
    [
      "Sentiment by",
      sentiment &&
        `${sentiment.model}, ${whole(sentiment.tokens)} tokens in ${count(sentiment.segments, "segment")}`,
    ],
    [
      "Translated by",
      translation &&
        `${translation.model}, ${whole(translation.tokens)} tokens in ${count(translation.segments, "segment")}`,
    ],
  ];
  return (
    <dl class="facts">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

const count = (number: number, word: string): string => `${whole(number)} ${word}${number === 1 ? "" : "s"}`;

function Why({ insight }: { insight: Insight }) {
  const isHeld = insight.explained !== false;
  const [explanation, again] = useAnswer<Explanation>(
    isHeld ? `insights/${encodeURIComponent(insight.id)}/explanation` : null,
  );
  if (!insight.sentiment)
    return <p class="soft">The message was not scored, so there is nothing to explain.</p>;
  if (!isHeld || explanation.state === "absent") {
    return (
      <p class="soft">
        No explanation is held for this message. It has one where it was sent with <code>explain</code>, or
        where the river explains a share of all messages.
      </p>
    );
  }
  if (explanation.state === "loading") return <p class="soft">Loading</p>;
  if (explanation.state === "failed") return <Failed reason={explanation.reason} again={again} />;
  return <ExplanationView explanation={explanation.value} insight={insight} />;
}

function Content({ insight }: { insight: Insight }) {
  const translation = realTranslation(insight);
  return (
    <>
      <Section title="Text" id="text">
        <div class="message-text">
          {translation ? (
            <Pair insight={insight} translation={translation} />
          ) : (
            <Passage text={insight.text} language={insight.language} />
          )}
          <Verdict insight={insight} />
        </div>
        {remarks(insight).map((remark) => (
          <p key={remark} class="note">
            {remark}
          </p>
        ))}
        <Facts insight={insight} />
      </Section>
      <Section title={insight.sentiment ? `Why “${insight.sentiment.label}”` : "Why"} id="why">
        <Why insight={insight} />
      </Section>
      {translation && (
        <Section title="How it was translated" id="alignment">
          {translation.alignments?.length ? (
            <AlignmentView insight={insight} translation={translation} alignments={translation.alignments} />
          ) : (
            <p class="soft">Which word came from which is not held for this message.</p>
          )}
        </Section>
      )}
      <Section title="Its way through the pipeline" id="path">
        <PathTable insight={insight} />
      </Section>
    </>
  );
}

interface Properties {
  id: string;
  /** The message as the feed had it, while the rest comes. */
  known: Insight | undefined;
  close: () => void;
}

export function MessageDialog({ id, known, close }: Properties) {
  const dialog = useRef<HTMLDialogElement>(null);
  const first = useRef(known);
  const [answer, again] = useAnswer<Insight>(`insights/${encodeURIComponent(id)}`);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    // The dialog is gone from the page by then, and with it what the browser knew of the focus.
    return () => {
      if (before instanceof HTMLElement) queueMicrotask(() => before.focus());
    };
  }, []);
  // A message that is opened while it is under way appears once it has come.
  useEffect(() => {
    if (known && answer.state === "absent") again();
  }, [known !== undefined]);
  const insight = answer.state === "there" ? answer.value : first.current;
  return (
    <dialog
      ref={dialog}
      class="message"
      aria-labelledby="message-title"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) close();
      }}
    >
      <div class="message-box">
        <div class="message-head">
          <h2 id="message-title">
            Message <span class="id">{id}</span>
          </h2>
          <button type="button" onClick={close}>
            Close
          </button>
        </div>
        {answer.state === "failed" && <Failed reason={answer.reason} again={again} />}
        {answer.state === "absent" && (
          <p class="warning">
            This message is not among the latest insights that the server holds: it is older, or still under
            way.
            {insight && " What is below came before with the feed."}{" "}
            <button type="button" class="small" onClick={again}>
              Ask again
            </button>
          </p>
        )}
        {answer.state === "loading" && !insight && <p class="soft">Loading</p>}
        {insight && <Content insight={insight} />}
      </div>
    </dialog>
  );
}
