import type { Pipeline, StageLatency } from "../api/types.ts";
import type { Part } from "../model/dashboard.ts";
import { age, duration, whole } from "../model/format.ts";
import type { History } from "../model/history.ts";
import { Empty, Panel, Sparkline } from "./parts.tsx";

/** The server tells every two seconds. */
const OLD = 10_000;

/** Says why there is nothing to show; null where there is. */
export function absence(pipeline: Part<Pipeline>, isThere: boolean): string | null {
  if (pipeline.state === "loading") return "Loading";
  if (pipeline.state === "absent") return "Not available: this server does not tell.";
  return isThere ? null : "Not available: this server does not tell.";
}

const stageName = ({ stage, task }: StageLatency): string => (task ? `${stage}, ${task}` : stage);

function Lag({ pipeline, history }: { pipeline: Pipeline; history: History }) {
  const lag = pipeline.lag ?? [];
  return (
    <>
      {pipeline.lagComplete === false && (
        <p class="warning">Lag is not complete: {pipeline.lagError ?? "the broker could not be asked"}</p>
      )}
      {lag.length > 0 && (
        <table class="rows">
          <caption>Lag: records that wait</caption>
          <thead>
            <tr>
              <th scope="col">Stage</th>
              <th scope="col">Reads</th>
              <th scope="col">
                <span class="hidden">Over time</span>
              </th>
              <th scope="col" class="numeric">
                Records
              </th>
            </tr>
          </thead>
          <tbody>
            {lag.map((one) => (
              <tr key={`${one.group} ${one.topic}`}>
                <th scope="row" title={`group ${one.group}`}>
                  {one.stage}
                </th>
                <td>{one.topic}</td>
                <td>
                  <Sparkline values={history.of(`lag ${one.group} ${one.topic}`)} />
                </td>
                <td class="numeric">{whole(one.records)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

export function Latency({ pipeline, history }: { pipeline: Part<Pipeline>; history: History }) {
  const latency = pipeline.state === "there" ? pipeline.value.latency : undefined;
  const absent = absence(pipeline, latency !== undefined);
  const silent = pipeline.state === "there" ? Date.now() - pipeline.at : 0;
  return (
    <Panel
      title="Pipeline"
      id="pipeline"
      head={<p class="note">the last minute{silent > OLD && `, as of ${age(silent)} ago`}</p>}
    >
      {absent && <Empty>{absent}</Empty>}
      {latency && latency.length === 0 && <Empty>Nothing has gone through in the last minute.</Empty>}
      {latency && latency.length > 0 && (
        <table class="rows">
          <caption>Latency by stage</caption>
          <thead>
            <tr>
              <th scope="col">Stage</th>
              <th scope="col">
                <span class="hidden">95 % over time</span>
              </th>
              <th scope="col" class="numeric">
                50 %
              </th>
              <th scope="col" class="numeric">
                95 %
              </th>
              <th scope="col" class="numeric">
                99 %
              </th>
            </tr>
          </thead>
          <tbody>
            {latency.map((one) => (
              <tr
                key={stageName(one)}
                class={one.stage === "end-to-end" ? "total" : ""}
                title={`${whole(one.count)} records`}
              >
                <th scope="row">{stageName(one)}</th>
                <td>
                  <Sparkline values={history.of(`latency ${one.stage} ${one.task}`)} />
                </td>
                <td class="numeric">{duration(one.p50Ms)}</td>
                <td class="numeric">{duration(one.p95Ms)}</td>
                <td class="numeric">{duration(one.p99Ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {pipeline.state === "there" && <Lag pipeline={pipeline.value} history={history} />}
    </Panel>
  );
}
