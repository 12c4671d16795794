import { useState } from "preact/hooks";
import type { Dashboard, Freshness } from "../model/dashboard.ts";
import { type Theme, readTheme, THEMES, writeTheme } from "./theme.ts";

const THEME_NAMES: Record<Theme, string> = { auto: "Auto", light: "Light", dark: "Dark" };

export function TopBar({ freshness }: { freshness: Freshness }) {
  const [theme, setTheme] = useState(readTheme);
  const choose = (chosen: string) => {
    const next = THEMES.find((one) => one === chosen) ?? "auto";
    writeTheme(next);
    setTheme(next);
  };
  return (
    <header class="top">
      <h1>
        <img src="icon.svg" alt="" width="26" height="26" />
        Headwater
      </h1>
      <p class="state" data-state={freshness.state} role="status">
        <span class="dot" aria-hidden="true" />
        <span>{freshness.words}</span>
      </p>
      <label class="theme">
        <span class="hidden">Colours</span>
        <select value={theme} onChange={(event) => choose(event.currentTarget.value)}>
          {THEMES.map((name) => (
            <option key={name} value={name}>
              {THEME_NAMES[name]}
            </option>
          ))}
        </select>
      </label>
    </header>
  );
}

/** What the reader must know before he believes the page. */
export function Notices({ dashboard, freshness }: { dashboard: Dashboard; freshness: Freshness }) {
  const isOld = freshness.state === "stale" || freshness.state === "reconnecting";
  return (
    <>
      {dashboard.problem && (
        <p class="warning" role="alert">
          {dashboard.isLoaded ? "The page could not be brought up to date" : "Nothing could be loaded"}:{" "}
          {dashboard.problem}. It is tried again every few seconds.
        </p>
      )}
      {isOld && !dashboard.problem && (
        <p class="warning">
          What you see is not current. The page comes back by itself, with what it missed.
        </p>
      )}
    </>
  );
}
