package io.headwater.load.river;

import static io.headwater.load.river.Numbers.one;
import static io.headwater.load.river.Numbers.two;

import io.headwater.faults.process.ChildProcess;
import io.headwater.faults.process.Jvm;
import io.headwater.load.river.bound.BoundResult;
import io.headwater.load.river.pipeline.ResultTap;
import io.headwater.load.river.pipeline.River;
import io.headwater.load.river.pipeline.Steady;
import io.headwater.load.river.pipeline.Timeline;
import io.headwater.load.river.report.Report;
import io.headwater.load.river.report.Row;
import io.headwater.load.river.report.TextTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code headwater replay} over a topic of the past.
 *
 * @param steady from its first results to its last
 * @param tokens of the messages of that time
 */
record ReplaySection(Steady steady, long tokens) implements Section {
  private static final String TOPIC = "past";
  private static final String NAME = "rod";

  /** Of the river's window: a replay has its own start and end besides. */
  private static final double SHARE = 0.75;

  private static final long MOST_MESSAGES = 50_000;
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration LIMIT = Duration.ofMinutes(6);

  static ReplaySection measure(
      Bench bench, Pace pace, River bed, TokenCounts tokens, BoundResult bound) throws Exception {
    double seconds = SHARE * pace.window().toSeconds();
    long messages = Math.min(MOST_MESSAGES, (long) (bound.messagesPerSecond() * seconds));
    bed.fill(TOPIC, bench.traffic(), messages);
    Path folder = bench.home().resolve("replay");
    ChildProcess process =
        bench
            .processes()
            .start(
                "replay",
                Jvm.headwater(bench.setup().dist(), options(bench), arguments(bench, bed, folder)),
                Map.of(),
                folder);
    try {
      Steady steady = watch(bed, process, messages);
      long count = steady.results().stream().mapToLong(seen -> tokens.of(seen.number())).sum();
      bench.say(
          "replay: %.1f messages/s, %.0f tokens/s",
          steady.messagesPerSecond(), count / steady.seconds());
      return new ReplaySection(steady, count);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "The replay was not measured: see replay.log in " + folder, e);
    } finally {
      process.kill();
    }
  }

  private static List<String> options(Bench bench) {
    List<String> options = new ArrayList<>(List.of("-Xmx1g", River.compiler()));
    options.addAll(bench.setup().jvm());
    return options;
  }

  private static List<String> arguments(Bench bench, River bed, Path folder) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "replay",
                "--topic",
                TOPIC,
                "--into",
                NAME,
                "--model",
                bench.model().id().toString(),
                "--report",
                folder.resolve("report.json").toString(),
                "--bootstrap-servers",
                bed.bootstrapServers(),
                "--schema-registry-url",
                bed.registryUrl()));
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("models.directory", bench.models().toString());
    settings.put("state.directory", folder.resolve("state").toString());
    settings.put("execution.provider", "cpu");
    settings.put("scorer.engine.threads", Integer.toString(bench.setup().threads()));
    settings.put("tokenizer.score.other.languages", "true");
    settings.putAll(bench.setup().settings());
    settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    return arguments;
  }

  private static Steady watch(River bed, ChildProcess process, long messages)
      throws InterruptedException {
    String prefix = "replay." + NAME + ".";
    bed.awaitTopic(prefix + "insights", START_LIMIT, process::isAlive);
    Timeline timeline = new Timeline();
    long seen = 0;
    long begun = System.nanoTime();
    try (ResultTap insights = bed.insights(prefix)) {
      // It ends a moment after its last insight: that silence ends the last burst.
      while (process.isAlive() && System.nanoTime() - begun < LIMIT.toNanos()) {
        var came = insights.poll(Duration.ofMillis(100));
        seen += came.size();
        timeline.add(
            System.nanoTime(),
            came,
            Map.of(
                "replay", process.cpu().toNanos() / 1e9,
                "broker", bed.cluster().cpu().toNanos() / 1e9));
      }
    }
    if (seen < messages) {
      throw new IllegalStateException("%d of %d insights came".formatted(seen, messages));
    }
    return timeline.steady();
  }

  @Override
  public void write(Report report, Yardstick yardstick) {
    double rate = tokens / steady.seconds();
    report.row(
        Row.atLeast(
            "backlog replay throughput / bound",
            0.9,
            rate / yardstick.boundTokensPerSecond(),
            "tokens/s, from its first results to its last"));
    report.table(
        new TextTable(
            "Replay",
            List.of("messages", "seconds", "messages/s", "tokens/s", "CPU s/1,000 messages"),
            List.of(
                List.of(
                    Integer.toString(steady.results().size()),
                    one(steady.seconds()),
                    one(steady.messagesPerSecond()),
                    one(rate),
                    two(steady.cpuSecondsPerThousand())))));
    report.number("replayTokensPerSecond", rate);
  }
}
