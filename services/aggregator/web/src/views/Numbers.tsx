import type { Pipeline, Stats } from "../api/types.ts";
import type { Part } from "../model/dashboard.ts";
import { duration, percent, rate, signed, sorted, styleOf, whole } from "../model/format.ts";
import { Sparkline, Split } from "./parts.tsx";

interface Properties {
  stats: Stats | null;
  pipeline: Part<Pipeline>;
  rates: readonly number[];
}

function EndToEnd({ pipeline }: { pipeline: Part<Pipeline> }) {
  const whole =
    pipeline.state === "there"
      ? pipeline.value.latency?.find((one) => one.stage === "end-to-end")
      : undefined;
  const absent =
    pipeline.state === "absent" ? "this server does not measure it" : "no messages in the last minute";
  return (
    <div class="number">
      <h2>End to end, 95 of 100 within</h2>
      <p class="value">{whole && whole.count > 0 ? duration(whole.p95Ms) : "–"}</p>
      <p class="note">
        {whole && whole.count > 0
          ? `half within ${duration(whole.p50Ms)}, 99 within ${duration(whole.p99Ms)}`
          : pipeline.state === "loading"
            ? "loading"
            : absent}
      </p>
    </div>
  );
}

/** The last minute in four numbers. */
export function Numbers({ stats, pipeline, rates }: Properties) {
  const minute = stats?.lastMinute;
  const scored = Object.values(minute?.labels ?? {}).reduce((sum, count) => sum + count, 0);
  const polarity = minute && scored ? minute.meanPolarity : 0;
  return (
    <section class="numbers" aria-label="The last minute">
      <div class="number">
        <h2>Messages a second</h2>
        <p class="value">{minute ? rate(minute.perSecond) : "–"}</p>
        <Sparkline values={rates} />
        <p class="note">{minute ? `${whole(minute.insights)} in the last minute` : "loading"}</p>
      </div>
      <EndToEnd pipeline={pipeline} />
      <div class="number">
        <h2>Mean polarity</h2>
        <p class="value">{scored ? signed(polarity) : "–"}</p>
        <div class="balance" aria-hidden="true">
          <span style={{ left: `${50 + 50 * polarity}%` }} />
        </div>
        <p class="note ends" aria-hidden="true">
          <span>negative</span>
          <span>positive</span>
        </p>
      </div>
      <div class="number">
        <h2>Labels</h2>
        <Split labels={minute?.labels ?? {}} name="The last minute" />
        <ul class="shares">
          {sorted(minute?.labels ?? {}).map(([label, count]) => (
            <li key={label} class={styleOf(label)}>
              {label} {percent(count / scored)}
            </li>
          ))}
        </ul>
        {minute && !scored && <p class="note">nothing was scored in the last minute</p>}
      </div>
    </section>
  );
}
