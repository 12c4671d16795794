// The page: what is picked (kept in the URL), what is asked for, what is shown.
import { Chart } from "./chart.js";
import { Feed } from "./feed.js";
import { Stream } from "./stream.js";
import { age, element, fillSplit, percent, rate, signed, sorted, styleOf, whole } from "./labels.js";

const byId = (id) => document.getElementById(id);
const form = byId("pickers");
const chart = new Chart({ box: byId("chart"), svg: byId("plot"), empty: byId("chart-empty"), tip: byId("tip"), words: byId("chart-words") });
const feed = new Feed({ list: byId("feed"), empty: byId("feed-empty"), pause: byId("pause") });
const stream = new Stream({
  insight: (insight) => { feed.add(insight); offer("source", insight.source); offer("language", insight.language); soon(); },
  window: (window) => { chart.update(window); soon(); },
  stats: showStats,
  missed: () => load(),
});
let stats = null;
let drawing = false;
let asked = 0;

/** Draws once a frame however many events come. */
function soon() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => { drawing = false; feed.draw(); chart.draw(); });
}

function picked() {
  const data = new FormData(form);
  return { size: data.get("size") ?? "1s", source: data.get("source") ?? "", language: data.get("language") ?? "" };
}

/** Adds a name to a picker, once. */
function offer(name, value) {
  const select = form.elements[name];
  if (!value || select.options.length > 200 || [...select.options].some((option) => option.value === value)) return;
  const option = element("option", "", value);
  option.value = value;
  const next = [...select.options].slice(1).find((other) => other.value.localeCompare(value) > 0);
  select.insertBefore(option, next ?? null);
}

function readUrl() {
  const query = new URLSearchParams(location.search);
  const size = form.querySelector(`input[name=size][value="${CSS.escape(query.get("size") ?? "1s")}"]`);
  if (size) size.checked = true;
  for (const name of ["source", "language"]) {
    offer(name, query.get(name));
    form.elements[name].value = query.get(name) ?? "";
  }
}

function writeUrl() {
  const query = new URLSearchParams(Object.entries(picked()).filter(([name, value]) => value && !(name === "size" && value === "1s")));
  history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
}

async function ask(path, parameters) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value));
  const response = await fetch(`api/${path}?${query}`);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

/** Asks for all that is shown. Of two questions, the later one's answer counts. */
async function load() {
  const number = ++asked;
  const { size, source, language } = picked();
  try {
    const [windows, insights, summary] = await Promise.all([
      ask("windows", { size, source, language }), ask("insights", { limit: "50", source, language }), ask("summary", {})]);
    if (number !== asked) return;
    chart.reset(size, windows.windows);
    feed.reset(insights.insights);
    summary.sources.forEach((name) => offer("source", name));
    summary.languages.forEach((name) => offer("language", name));
    byId("instance").textContent = `Instance ${summary.instance}${summary.peers.length ? ` and ${summary.peers.length} more` : ""}`;
    showMissing(windows);
    if (!windows.complete) setTimeout(() => { if (number === asked) load(); }, 5000);
  } catch {
    setTimeout(() => { if (number === asked) load(); }, 3000);
  }
}

function showMissing(windows) {
  const warning = byId("incomplete");
  warning.hidden = windows.complete;
  warning.textContent = windows.complete ? "" : `The chart is not complete: ${windows.missing.map((who) => `${who.instance} ${who.reason}`).join("; ")}`;
}

function showStats(now) {
  stats = now;
  const { lastMinute } = now;
  byId("rate").textContent = rate(lastMinute.perSecond);
  byId("minute").textContent = `the last minute: ${whole(lastMinute.insights)}`;
  const scored = Object.values(lastMinute.labels).reduce((sum, count) => sum + count, 0);
  byId("polarity").textContent = scored ? signed(lastMinute.meanPolarity) : "–";
  byId("needle").style.left = `${50 + 50 * (scored ? lastMinute.meanPolarity : 0)}%`;
  fillSplit(byId("split"), lastMinute.labels);
  const shares = sorted(lastMinute.labels).map(([label, count]) => [label, percent(count / scored)]);
  byId("split").setAttribute("aria-label", shares.map((pair) => pair.join(" ")).join(", ") || "No messages");
  byId("shares").replaceChildren(...shares.map(([label, share]) => element("li", styleOf(label), `${label} ${share}`)));
  const left = now.sampledOut + now.dropped;
  byId("sampled").textContent = left ? `At most ${now.maxPerSecond} a second are shown: ${whole(left)} of ${whole(now.matching)} left out` : "";
  showState();
}

function showState() {
  let { state, silent } = stream.state();
  let text = { live: "Live", reconnecting: `Reconnecting, last word ${age(silent)} ago`, stale: `Stale: no word for ${age(silent)}` }[state];
  if (state === "live" && stats && !stats.connected) {
    state = "stale";
    text = `Stale: the server waits for Kafka${stats.latestAt ? `, last message ${age(Date.now() - stats.latestAt)} ago` : ""}`;
  }
  const pill = byId("state");
  pill.dataset.state = state;
  if (byId("state-text").textContent !== text) byId("state-text").textContent = text;
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", () => {
  const { source, language } = picked();
  writeUrl();
  load();
  stream.open({ source, language });
});
readUrl();
load();
stream.open({ source: picked().source, language: picked().language });
setInterval(() => { showState(); feed.tick(); soon(); }, 1000);
