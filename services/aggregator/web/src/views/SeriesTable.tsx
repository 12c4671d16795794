import { useState } from "preact/hooks";
import { signed, whole } from "../model/format.ts";
import type { Series } from "../model/windows.ts";
import { Empty, Panel, Sparkline, Split } from "./parts.tsx";
import { timeOf } from "./SentimentChart.tsx";

const FEW = 8;
const MOST = 100;

interface Properties {
  all: Series[];
  sizeMs: number;
  isLoaded: boolean;
  pick: (source: string, language: string) => void;
}

/** Each source and language over the time of the chart. */
export function SeriesTable({ all, sizeMs, isLoaded, pick }: Properties) {
  const [isLong, setLong] = useState(false);
  const shown = all.slice(0, isLong ? MOST : FEW);
  const since = all[0]?.columns[0]?.start;
  return (
    <Panel
      title="By source and language"
      id="series"
      head={
        <p class="note">
          {since !== undefined &&
            `since ${timeOf(since, sizeMs)}; the line is the mean polarity, from −1 to +1`}
        </p>
      }
    >
      {all.length === 0 && <Empty>{isLoaded ? "No messages in this time yet." : "Loading"}</Empty>}
      {all.length > 0 && (
        <div class="scroll">
          <table class="rows">
            <thead>
              <tr>
                <th scope="col">Source and language</th>
                <th scope="col">Polarity over time</th>
                <th scope="col">Labels</th>
                <th scope="col" class="numeric">
                  Mean
                </th>
                <th scope="col" class="numeric">
                  Messages
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((series) => (
                <tr key={series.key}>
                  <th scope="row">
                    <button type="button" class="link" onClick={() => pick(series.source, series.language)}>
                      {series.source} <span class="soft">{series.language}</span>
                    </button>
                  </th>
                  <td>
                    <Sparkline
                      range={[-1, 1]}
                      values={series.columns.map((column) => (column.count ? column.polarity : null))}
                    />
                  </td>
                  <td>
                    <Split labels={series.total.labels} />
                  </td>
                  <td class="numeric">{signed(series.total.polarity)}</td>
                  <td class="numeric">{whole(series.total.count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {all.length > FEW && (
        <button type="button" class="small more" aria-expanded={isLong} onClick={() => setLong(!isLong)}>
          {isLong ? "Fewer" : `${whole(all.length - FEW)} more`}
        </button>
      )}
    </Panel>
  );
}
