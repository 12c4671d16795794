import type { Pipeline } from "../api/types.ts";
import type { Part } from "../model/dashboard.ts";
import { age, whole } from "../model/format.ts";
import { lettersCommand } from "../text/commands.ts";
import { absence } from "./Latency.tsx";
import { Command, Empty, Panel } from "./parts.tsx";

export function DeadLetters({ pipeline }: { pipeline: Part<Pipeline> }) {
  const letters = pipeline.state === "there" ? pipeline.value.deadLetters : undefined;
  const absent = absence(pipeline, letters !== undefined);
  return (
    <Panel
      title="Dead letters"
      id="dead-letters"
      head={
        letters && (
          <p class="note">{`${whole(letters.lastHour)} in the last hour, ${whole(letters.total)} since this instance began`}</p>
        )
      }
    >
      {absent && <Empty>{absent}</Empty>}
      {letters && letters.byCause.length === 0 && <Empty>None in the last hour.</Empty>}
      {letters && letters.byCause.length > 0 && (
        <ul class="letters">
          {letters.byCause.map((one) => (
            <li key={`${one.stage} ${one.cause}`}>
              <p>
                <b>{one.cause}</b> <span class="soft">{one.stage}</span>
                <span class="count">{whole(one.lastHour)}</span>
              </p>
              <p class="note">
                {one.latest && (
                  <time
                    dateTime={one.latest}
                  >{`latest ${age(Date.now() - Date.parse(one.latest))} ago`}</time>
                )}
                {one.latestDetail && `: ${one.latestDetail}`}
              </p>
              <Command text={lettersCommand(one)} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
