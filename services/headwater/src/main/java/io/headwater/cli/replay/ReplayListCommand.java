package io.headwater.cli.replay;

import io.headwater.avro.ReplayPlan;
import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.ingest.RiverAccess;
import io.headwater.runtime.config.KafkaConnection;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code headwater replay list}: the replays that there are. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List the replays of the river, and whether they have finished.")
public final class ReplayListCommand implements Callable<Integer> {
  private static final String ROW = "%-20s %-9s %-20s %10s  %-28s %s";

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

  @Override
  public Integer call() {
    KafkaConnection kafka = connection.kafka();
    PrintWriter out = spec.commandLine().getOut();
    try (RiverAccess river = RiverAccess.open(kafka)) {
      Map<String, ReplayPlan> plans = new ReplayPlans(river).all();
      if (plans.isEmpty()) {
        out.println("no replays; `headwater replay --into NAME` makes one");
        return ExitCodes.OK;
      }
      out.println(ROW.formatted("replay", "state", "planned", "messages", "model", "topic"));
      for (ReplayPlan plan : plans.values()) {
        out.println(
            ROW.formatted(
                plan.getName(),
                state(
                    plan,
                    new ReplayGroups(river, new ReplayName(plan.getName(), kafka.topicsPrefix()))),
                plan.getCreatedAt().truncatedTo(ChronoUnit.SECONDS),
                "%,d".formatted(ReplayReport.messages(plan)),
                ReplayRequest.modelOf(plan),
                plan.getTopic()));
      }
      return ExitCodes.OK;
    }
  }

  private static String state(ReplayPlan plan, ReplayGroups groups) {
    if (plan.getOutcome() != null) {
      return "finished";
    }
    return groups.active().isEmpty() ? "stopped" : "running";
  }
}
