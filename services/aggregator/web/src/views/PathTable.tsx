import type { Insight, PathStep } from "../api/types.ts";
import { duration, exactClock } from "../model/format.ts";
import { tailCommand } from "../text/commands.ts";
import { Command } from "./parts.tsx";

/** Where the message's own record stands; known of every insight. */
function onlyOrigin(insight: Insight): PathStep[] {
  return [{ stage: "messages", ...insight.origin, at: insight.recordedAt }];
}

function place({ topic, partition, offset }: PathStep): string {
  if (topic === undefined) return "";
  return offset === undefined ? `${topic}-${partition}` : `${topic}-${partition}@${offset}`;
}

export function PathTable({ insight }: { insight: Insight }) {
  const isWhole = Boolean(insight.path?.length);
  const path = isWhole ? insight.path! : onlyOrigin(insight);
  // A step without a time takes that of the step before: nothing is known to have passed.
  let last = Number.NaN;
  const times = path.map(({ at }) => (last = at === undefined ? last : Date.parse(at)));
  const known = times.filter((time) => !Number.isNaN(time));
  const whole = (known.at(-1) ?? 0) - (known[0] ?? 0);
  return (
    <>
      {isWhole ? (
        <p class="note">{`${duration(whole)} from the first to the last step. Clocks of several machines may differ a little.`}</p>
      ) : (
        <p class="soft">The steps are not known for this message; this is where its record stands.</p>
      )}
      <div class="scroll" tabIndex={0} role="region" aria-label="Steps of the message">
        <table class="rows path">
          <thead>
            <tr>
              <th scope="col">Stage</th>
              <th scope="col">Wrote at</th>
              <th scope="col" class="numeric">
                After
              </th>
              <th scope="col">Record</th>
              <th scope="col">Model</th>
            </tr>
          </thead>
          <tbody>
            {path.map((step, i) => {
              const command = tailCommand(step);
              const passed = i > 0 && step.at !== undefined ? times[i]! - times[i - 1]! : Number.NaN;
              return (
                <tr key={i}>
                  <th scope="row">
                    {step.stage}
                    {step.task && <span class="soft"> {step.task}</span>}
                  </th>
                  <td class="numeric left">
                    {step.at && <time dateTime={step.at}>{exactClock(Date.parse(step.at))}</time>}
                  </td>
                  <td class="numeric">{Number.isNaN(passed) ? "" : `+${duration(Math.max(0, passed))}`}</td>
                  <td>
                    {place(step)}
                    {command && (
                      <details>
                        <summary>show it</summary>
                        <Command text={command} />
                      </details>
                    )}
                  </td>
                  <td>{step.model}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}
