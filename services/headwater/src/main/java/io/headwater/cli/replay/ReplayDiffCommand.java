package io.headwater.cli.replay;

import io.headwater.avro.Insight;
import io.headwater.avro.ReplayPlan;
import io.headwater.cli.CommandFailure;
import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.ingest.RiverAccess;
import io.headwater.cli.replay.InsightReader.Wanted;
import io.headwater.cli.replay.result.Comparison;
import io.headwater.cli.replay.result.InsightSummary.Join;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwater replay diff}: what changed between two runs. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Compare two replays, or one with the live river (its name is live).",
      "What is compared is their insights.",
      "Messages are matched by their place in the source topic where both runs read the same one,"
          + " else by their ids. Of the live river, only the replay's range counts.",
      "Polarity is P(positive) - P(negative), from -1 to 1."
    })
public final class ReplayDiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

  @Parameters(index = "0", paramLabel = "A", description = "The first run.")
  private String first;

  @Parameters(index = "1", paramLabel = "B", description = "The second run.")
  private String second;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many of the largest moves to show. Default: ${DEFAULT-VALUE}.")
  private int top;

  @Option(names = "--text", description = "Show the texts of those messages too.")
  private boolean text;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /**
   * One side of the comparison.
   *
   * @param plan empty for the live river
   */
  private record Side(String name, Optional<ReplayPlan> plan, Topic<Insight> insights) {
    String source(HeadwaterTopics live) {
      return plan.map(ReplayPlan::getTopic).orElse(live.messages().name());
    }
  }

  @Override
  public Integer call() {
    if (top < 0 || top > 100_000) {
      throw new ParameterException(spec.commandLine(), "--top is 0 to 100000");
    }
    KafkaConnection kafka = connection.kafka();
    try (RiverAccess river = RiverAccess.open(kafka)) {
      Map<String, ReplayPlan> plans = new ReplayPlans(river).all();
      Side a = side(first, plans, river.topics());
      Side b = side(second, plans, river.topics());
      river.require(List.of(a.insights(), b.insights()));
      Join join =
          a.source(river.topics()).equals(b.source(river.topics())) ? Join.ORIGIN : Join.MESSAGE_ID;
      Comparison comparison = new Comparison(top);
      InsightReader readerA = reader(kafka, river, a, b, join);
      InsightReader readerB = reader(kafka, river, b, a, join);
      river.ask(
          () -> {
            readerA.read(comparison::addA);
            readerB.read(comparison::addB);
            return true;
          });
      DiffPrinter printer =
          new DiffPrinter(
              a.name(),
              b.name(),
              join,
              readerA.unreadable() + readerB.unreadable(),
              readerA.outOfRange() + readerB.outOfRange(),
              text);
      if (json) {
        printer.printJson(comparison.difference(), spec.commandLine().getOut());
      } else {
        printer.print(comparison.difference(), spec.commandLine().getOut());
      }
      return ExitCodes.OK;
    }
  }

  private Side side(String name, Map<String, ReplayPlan> plans, HeadwaterTopics live) {
    if (name.equals(ReplayName.LIVE)) {
      return new Side(name, Optional.empty(), live.insights());
    }
    ReplayPlan plan = plans.get(name);
    if (plan == null) {
      throw new CommandFailure(
          "there is no replay %s; `headwater replay list` shows those there are".formatted(name));
    }
    if (plan.getOutcome() == null) {
      spec.commandLine()
          .getErr()
          .println(
              "headwater: replay %s has not finished: what it has not done counts as missing"
                  .formatted(name));
    }
    ReplayName replay = new ReplayName(name, live.prefix());
    return new Side(
        name, Optional.of(plan), HeadwaterTopics.of(replay.prefix(), plan.getTopic()).insights());
  }

  private static InsightReader reader(
      KafkaConnection kafka, RiverAccess river, Side side, Side other, Join join) {
    boolean isLive = side.plan().isEmpty();
    Wanted wanted =
        isLive && join == Join.ORIGIN && other.plan().isPresent()
            ? new Wanted(other.plan().get().getTopic(), ReplaySettings.ranges(other.plan().get()))
            : Wanted.ALL;
    return new InsightReader(kafka, river.registry().decoder(side.insights()), join, wanted);
  }
}
