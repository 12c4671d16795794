import type { Dashboard } from "../model/dashboard.ts";
import { movers } from "../model/windows.ts";
import { DeadLetters } from "./DeadLetters.tsx";
import { FeedList } from "./FeedList.tsx";
import { Latency } from "./Latency.tsx";
import { MessageDialog } from "./MessageDialog.tsx";
import { Models } from "./Models.tsx";
import { Movers } from "./Movers.tsx";
import { Numbers } from "./Numbers.tsx";
import { Notices, TopBar } from "./Notices.tsx";
import { Pickers } from "./Pickers.tsx";
import { SentimentChart } from "./SentimentChart.tsx";
import { SeriesTable } from "./SeriesTable.tsx";

/** Windows that are shown; the chart halves that where it is narrow. */
const WINDOWS = 60;

export function App({ dashboard }: { dashboard: Dashboard }) {
  const { windows, picks } = dashboard;
  const starts = windows.starts(WINDOWS, Date.now());
  const columns = windows.columns(starts);
  const series = windows.series(starts);
  const freshness = dashboard.freshness();
  const pickSeries = (source: string, language: string) => dashboard.pick({ source, language });
  return (
    <>
      <a class="skip" href="#feed">
        Skip to the latest messages
      </a>
      <TopBar freshness={freshness} />
      <main>
        <Notices dashboard={dashboard} freshness={freshness} />
        <Pickers
          picks={picks}
          sources={dashboard.sources}
          languages={dashboard.languages}
          pick={(change) => dashboard.pick(change)}
        />
        <Numbers stats={dashboard.stats} pipeline={dashboard.pipeline} rates={dashboard.history.of("rate")} />
        <div class="columns">
          <div class="wide">
            <SentimentChart
              columns={columns}
              sizeMs={windows.sizeMs}
              isLoaded={dashboard.isLoaded}
              missing={dashboard.missing}
            />
            <SeriesTable
              all={series}
              sizeMs={windows.sizeMs}
              isLoaded={dashboard.isLoaded}
              pick={pickSeries}
            />
            <FeedList dashboard={dashboard} />
          </div>
          <div class="narrow">
            <Movers movers={movers(series, 6)} pick={pickSeries} />
            <Latency pipeline={dashboard.pipeline} history={dashboard.history} />
            <DeadLetters pipeline={dashboard.pipeline} />
            <Models pipeline={dashboard.pipeline} />
          </div>
        </div>
      </main>
      <footer>
        <span>
          {dashboard.summary &&
            `Instance ${dashboard.summary.instance}${dashboard.summary.peers.length ? ` and ${dashboard.summary.peers.length} more` : ""}`}
        </span>
        <span>Windows are counted by the time a message was sent, in UTC; times are shown in yours.</span>
      </footer>
      {picks.message && (
        <MessageDialog
          key={picks.message}
          id={picks.message}
          known={dashboard.feed.find(picks.message)}
          close={() => dashboard.pick({ message: "" })}
        />
      )}
    </>
  );
}
