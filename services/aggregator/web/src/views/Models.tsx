import type { ModelInstance, Pipeline, TaskModel, Trial } from "../api/types.ts";
import type { Part } from "../model/dashboard.ts";
import { clock, percent, whole } from "../model/format.ts";
import { absence } from "./Latency.tsx";
import { Empty, Panel } from "./parts.tsx";

function TrialLine({ name, trial }: { name: string; trial: Trial }) {
  const agreement =
    trial.agreement === null || trial.compared === 0
      ? "nothing compared yet"
      : `agrees on ${percent(trial.agreement)} of ${whole(trial.compared)}`;
  const errors = trial.errorShare === undefined ? "" : `, errors ${percent(trial.errorShare)}`;
  const limits = trial.limits
    ? ` (limits: errors ${percent(trial.limits.errorShare)}, disagreement ${percent(trial.limits.disagreement)})`
    : "";
  return (
    <p class="note">
      {name} <b>{trial.model}</b> on {percent(trial.share)}: {agreement}
      {errors}
      {limits}
    </p>
  );
}

function Instances({ model, instances }: { model: TaskModel; instances: ModelInstance[] }) {
  const agreeing = instances.filter((one) => one.active === model.active && one.state === "READY").length;
  return (
    <details>
      <summary>
        {model.agreed
          ? `All ${instances.length} instances agree`
          : `Instances do not agree: ${agreeing} of ${instances.length} serve this model`}
      </summary>
      <ul>
        {instances.map((one) => (
          <li key={`${one.service} ${one.instance}`} class="note">
            {one.service} {one.instance}: {one.state.toLowerCase()}, {one.active}
            {one.detail && `, ${one.detail}`}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Model({ model }: { model: TaskModel }) {
  const since = model.since ? `since ${clock(Date.parse(model.since))}` : "";
  const facts = [
    model.revision === undefined ? "" : `revision ${model.revision}`,
    since,
    model.by ? `by ${model.by}` : "",
  ].filter(Boolean);
  return (
    <li class={model.agreed === false ? "disagreed" : ""}>
      <p>
        <span class="soft">{model.task}</span> <b>{model.active}</b>
      </p>
      {facts.length > 0 && <p class="note">{facts.join(", ")}</p>}
      {model.note && <p class="note">{model.note}</p>}
      {model.canary && <TrialLine name="Canary" trial={model.canary} />}
      {model.shadow && <TrialLine name="Shadow" trial={model.shadow} />}
      {model.rolledBack && (
        <p class="warning">
          {model.rolledBack.model} was rolled back at {clock(Date.parse(model.rolledBack.at))}:{" "}
          {model.rolledBack.reason}
        </p>
      )}
      {model.instances && model.instances.length > 0 && (
        <Instances model={model} instances={model.instances} />
      )}
    </li>
  );
}

export function Models({ pipeline }: { pipeline: Part<Pipeline> }) {
  const models = pipeline.state === "there" ? pipeline.value.models : undefined;
  const absent = absence(pipeline, models !== undefined);
  return (
    <Panel title="Models" id="models">
      {absent && <Empty>{absent}</Empty>}
      {models && models.length === 0 && <Empty>Nothing is known of the models that serve.</Empty>}
      {models && models.length > 0 && (
        <ul class="models">
          {models.map((model) => (
            <Model key={model.task} model={model} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
