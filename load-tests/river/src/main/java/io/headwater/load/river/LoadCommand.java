package io.headwater.load.river;

import io.headwater.load.river.corpus.Traffic;
import io.headwater.load.river.openloop.LatencyBook;
import io.headwater.load.river.openloop.OpenLoop;
import io.headwater.load.river.openloop.Schedule;
import io.headwater.load.river.pipeline.ResultTap;
import io.headwater.load.river.pipeline.River;
import io.headwater.load.river.report.LatencyPlot;
import io.headwater.load.river.report.Report;
import io.headwater.load.river.report.TextTable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code load-tests/run load}: one load, in an open loop, on a river of its own. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = "Send at a fixed rate, whatever the river does, and tell the latencies.")
final class LoadCommand implements Callable<Integer> {
  /** As many as the scorer keeps by default. */
  private static final String KEPT_TOKENS = "262144";

  @Spec private CommandSpec spec;

  @Mixin private Setup setup;

  @Option(names = "--rate", required = true, description = "Messages a second.")
  private double rate;

  @Option(names = "--seconds", required = true, description = "So long, after the warm-up.")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "10",
      description = "So many seconds before are not counted. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--bursts",
      description = "Three tenths of the messages of ten seconds come in the first of them.")
  private boolean bursts;

  @Option(
      names = "--duplicates",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Share of messages whose text came shortly before. Default: ${DEFAULT-VALUE}.")
  private double duplicates;

  @Override
  public Integer call() throws Exception {
    if (!(rate > 0) || seconds < 1 || warmUp < 0 || !(duplicates >= 0 && duplicates <= 1)) {
      throw new ParameterException(
          spec.commandLine(),
          "--rate and --seconds are more than 0, --warm-up is not less, --duplicates is 0 to 1");
    }
    new BenchRun(setup, spec.commandLine().getOut())
        .run(setup.root().resolve("load-tests/target/report/load"), this::measure);
    return 0;
  }

  /** Who asks for texts that come again wants to see what that spares. */
  private Map<String, String> settings() {
    return duplicates > 0 ? Map.of("scorer.cache.tokens", KEPT_TOKENS) : Map.of();
  }

  private void measure(Bench bench, Report report) throws InterruptedException {
    int skipped = (int) (rate * warmUp);
    int messages = skipped + (int) Math.ceil(rate * seconds);
    try (River bed = River.start(bench.processes(), bench.plan());
        River.Services services = bed.services(settings());
        ResultTap insights = services.insights()) {
      bench.say("services are ready; %d messages go out at %.1f a second", messages, rate);
      Map<String, Double> before = services.cost();
      LatencyBook book =
          new OpenLoop(
                  new Traffic(bench.corpus(), duplicates, 0),
                  0,
                  services.messages(),
                  services.encoder(),
                  services.bootstrapServers())
              .run(new Schedule(rate, bursts), messages, skipped, insights);
      Histogram due = book.fromDue();
      report.table(
          new TextTable(
              "Latency, ms (from when a message was due to its insight being read)",
              List.of("messages", "p50", "p90", "p99", "p99.9", "max", "lost", "twice"),
              List.of(
                  List.of(
                      Long.toString(due.getTotalCount()),
                      Numbers.one(due.getValueAtPercentile(50) / 1e3),
                      Numbers.one(due.getValueAtPercentile(90) / 1e3),
                      Numbers.one(due.getValueAtPercentile(99) / 1e3),
                      Numbers.one(due.getValueAtPercentile(99.9) / 1e3),
                      Numbers.one(due.getMaxValue() / 1e3),
                      Integer.toString(book.lost()),
                      Integer.toString(book.repeated())))));
      report.table(
          ServiceCost.table(
              "What a message costs",
              "messages/s",
              Map.of(Numbers.one(rate), ServiceCost.between(before, services.cost(), messages))));
      report.plot(
          "latency.svg",
          LatencyPlot.svg(
              "Latency, open loop", Map.of("%s messages/s".formatted(Numbers.one(rate)), due)));
    }
  }
}
