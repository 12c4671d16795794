import { signed, whole } from "../model/format.ts";
import { FEWEST_TO_COMPARE, type Mover } from "../model/windows.ts";
import { Empty, Panel } from "./parts.tsx";

/** Whose tone changed most. */
export function Movers({
  movers,
  pick,
}: {
  movers: Mover[];
  pick: (source: string, language: string) => void;
}) {
  return (
    <Panel
      title="Top movers"
      id="movers"
      head={<p class="note">the last quarter of the chart against the time before</p>}
    >
      {movers.length === 0 && (
        <Empty>Nobody moved yet: at least {FEWEST_TO_COMPARE} messages before and after are compared.</Empty>
      )}
      {movers.length > 0 && (
        <ul class="movers">
          {movers.map(({ series, change, before, after }) => (
            <li key={series.key}>
              <button type="button" class="link" onClick={() => pick(series.source, series.language)}>
                {series.source} <span class="soft">{series.language}</span>
              </button>
              <span class="soft">
                {signed(before.polarity)} to {signed(after.polarity)}
              </span>
              <span class={change < 0 ? "change down" : "change up"}>
                <span aria-hidden="true">{change < 0 ? "▼" : "▲"}</span>
                <span class="hidden">{change < 0 ? "fell by" : "rose by"}</span> {Math.abs(change).toFixed(2)}
              </span>
              <span class="soft numeric">{whole(before.count + after.count)} messages</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
