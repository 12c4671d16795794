package io.headwater.cli.replay;

import io.headwater.avro.ReplayPlan;
import io.headwater.cli.CommandFailure;
import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.ModelIdConverter;
import io.headwater.cli.ingest.RiverAccess;
import io.headwater.cli.river.Shutdown;
import io.headwater.models.ModelId;
import io.headwater.runtime.config.CommonSettings;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.config.Settings;
import io.headwater.schemas.HeadwaterTopics;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code headwater replay}: the same services over what a topic holds already. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    subcommands = {ReplayDiffCommand.class, ReplayListCommand.class, ReplayDeleteCommand.class},
    description = {
      "Run the services once more over a past range of a topic, beside the live river: with groups"
          + " and topics of their own (replay.NAME.*), so that the live ones are not disturbed.",
      "Ends when every message has its result, with a report. Stopped with Ctrl-C, or killed, it goes"
          + " on where it was when it is run again with the same name."
    },
    footer = {
      "",
      "Examples:",
      "  headwater replay --from 2026-11-01 --to 2026-11-08T12:00Z --into week45",
      "  headwater replay --model mine@2.0.0 --into candidate --rate 200",
      "  headwater replay --task translation --model opus@1 --into opus",
      "  headwater replay --into candidate           go on",
      "  headwater replay diff live candidate --top 10",
      "  headwater replay delete candidate --yes",
      "",
      "Exit codes: 0 finished, without dead letters; 1 finished with some, or",
      "stopped; 2 wrong command line; 3 it could not run."
    })
public final class ReplayCommand implements Callable<Integer> {
  private static final int MOST_THREADS = 1_024;
  private static final int HIGHEST_RATE = 1_000_000;

  /** What a scorer elsewhere has to be told, so that it does as ours. */
  private static final Set<String> SCORERS_NEED =
      Set.of(
          ReplaySettings.modelOf(HeadwaterTopics.SENTIMENT),
          ReplaySettings.modelOf(HeadwaterTopics.TRANSLATION),
          "translation.beams");

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

  @Option(
      names = "--into",
      paramLabel = "NAME",
      description = "Name of the replay: letters, digits and hyphens. A known one goes on.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Topic of messages to replay. Default: the river's messages.")
  private Optional<String> topic = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "First message: earliest, or a time as 2026-11-01T00:00Z. Default: earliest. Times are"
              + " those of the records in Kafka.")
  private Optional<TimePoint> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "End, exclusive: now (also latest), or a time. Default: now.")
  private Optional<TimePoint> to = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "ID@VERSION",
      converter = ModelIdConverter.class,
      description =
          "Model package of the task. Default: the setting sentiment.model or translation.model.")
  private Optional<ModelId> model = Optional.empty();

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description =
          "The task that --model is for: sentiment (the default) or translation. The whole river is"
              + " replayed either way, the other task with the model that the settings name.")
  private Optional<String> task = Optional.empty();

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Take at most N messages a second (the setting tokenizer.rate.limit).")
  private Optional<Integer> rate = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of the model's engine (the setting scorer.engine.threads).")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--max-bytes-per-second",
      paramLabel = "N",
      description =
          "Quota in the broker, while this runs, for each of its clients: so much to read and so"
              + " much to write.")
  private Optional<Long> bytesPerSecond = Optional.empty();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Where the report goes, as JSON. Default: replay-NAME.json.")
  private Optional<Path> report = Optional.empty();

  @Override
  public Integer call() {
    check();
    try (Shutdown shutdown = Shutdown.watch()) {
      return run(shutdown::isAsked);
    }
  }

  /** Runs until it is done or told to stop; for tests too. */
  int run(BooleanSupplier isStopped) {
    Settings live = connection.settings();
    KafkaConnection kafka = KafkaConnection.from(live);
    ReplayName replay = replayName(kafka.topicsPrefix());
    try (RiverAccess river = RiverAccess.open(kafka)) {
      // Before anything is touched: it may be another run's.
      new ReplayGroups(river, replay).requireIdle();
      Optional<ReplayReport> done;
      try (ReplayQuotas quotas = quotas(river, replay)) {
        ReplayPlan plan =
            new ReplayPlanner(river, kafka, live, Clock.systemUTC(), err())
                .planOrResume(new ReplayRequest(replay, topic, from, to, task, model), isStopped);
        requireSame(plan, live);
        introduce(replay, plan, kafka);
        done =
            new ReplayRun(river, replay, plan, settings(replay, plan, live), err()).run(isStopped);
      }
      return done.map(finished -> finish(finished, new ReplayPlans(river)))
          .orElseGet(() -> stopped(replay));
    }
  }

  private ReplayQuotas quotas(RiverAccess river, ReplayName replay) {
    Settings sizes =
        connection.settingsWith(Map.of(CommonSettings.INSTANCE_ID, replay.instanceId()));
    return ReplayQuotas.set(
        river,
        replay,
        bytesPerSecond.map(OptionalLong::of).orElse(OptionalLong.empty()),
        ReplayQuotas.clients(replay, sizes));
  }

  private int finish(ReplayReport finished, ReplayPlans plans) {
    plans.put(finished.plan());
    finished.print(spec.commandLine().getOut());
    Path file = report.orElse(Path.of("replay-%s.json".formatted(finished.plan().getName())));
    finished.write(file);
    say("report: " + file);
    return finished.tally().deadLetters() == 0 ? ExitCodes.OK : ExitCodes.SOME_FAILED;
  }

  private int stopped(ReplayName replay) {
    err()
        .println(
            "stopped; `headwater replay --into %s` goes on from here".formatted(replay.name()));
    err().flush();
    return ExitCodes.SOME_FAILED;
  }

  private void check() {
    if (name.isEmpty()) {
      throw usage("--into NAME is missing: it names the replay");
    }
    if (rate.filter(value -> value < 1 || value > HIGHEST_RATE).isPresent()) {
      throw usage("--rate is 1 to " + HIGHEST_RATE);
    }
    if (threads.filter(value -> value < 1 || value > MOST_THREADS).isPresent()) {
      throw usage("--threads is 1 to " + MOST_THREADS);
    }
    if (bytesPerSecond.filter(value -> value < 1).isPresent()) {
      throw usage("--max-bytes-per-second is at least 1");
    }
    if (task.filter(asked -> !HeadwaterTopics.TASKS.contains(asked)).isPresent()) {
      throw usage("--task is one of " + HeadwaterTopics.TASKS);
    }
  }

  private ReplayName replayName(String prefix) {
    try {
      return new ReplayName(name.orElseThrow(), prefix);
    } catch (IllegalArgumentException e) {
      throw usage("--into: " + e.getMessage());
    }
  }

  /** A flag that would change results in the middle is refused, not ignored. */
  private void requireSame(ReplayPlan plan, Settings live) {
    Map<String, String> planned = ReplaySettings.settled(plan);
    // That --model fits the plan is known by now; it says more than the setting.
    model.ifPresent(unused -> planned.remove(ReplaySettings.modelOf(plan.getTask())));
    Map<String, String> asked = ReplaySettings.kept(live);
    planned.forEach(
        (key, value) -> {
          if (connection.names(key) && !value.equals(asked.get(key))) {
            throw new CommandFailure(
                "replay %s was planned with %s=%s, not %s: its results depend on it"
                    .formatted(plan.getName(), key, value, asked.get(key)));
          }
        });
  }

  private Settings settings(ReplayName replay, ReplayPlan plan, Settings live) {
    Map<String, String> fixed = ReplaySettings.fixed(replay, plan, live);
    rate.ifPresent(value -> fixed.put("tokenizer.rate.limit", value.toString()));
    threads.ifPresent(value -> fixed.put("scorer.engine.threads", value.toString()));
    return connection.settingsWith(ReplaySettings.usual(replay, plan, live), fixed);
  }

  private void introduce(ReplayName replay, ReplayPlan plan, KafkaConnection kafka) {
    Map<String, String> settled = ReplaySettings.settled(plan);
    say(
        "replay %s: %,d messages of topic %s, %s to %s, with %s"
            .formatted(
                replay.name(),
                ReplayReport.messages(plan),
                plan.getTopic(),
                plan.getFrom(),
                plan.getTo(),
                String.join(" and ", ReplayReport.models(plan).values())));
    if (plan.getOutcome() != null) {
      say("it has finished before; its results are counted again");
    } else {
      String models =
          settled.entrySet().stream()
              .filter(setting -> SCORERS_NEED.contains(setting.getKey()))
              .map(setting -> "--set %s=%s".formatted(setting.getKey(), setting.getValue()))
              .collect(Collectors.joining(" "));
      say(
          ("more scorers may join: headwater run scorer --set topics.prefix=%s"
                  + " --set models.follow=false %s --bootstrap-servers %s --schema-registry-url %s")
              .formatted(replay.prefix(), models, kafka.bootstrapServers(), kafka.registryUrl()));
    }
  }

  private ParameterException usage(String fault) {
    return new ParameterException(spec.commandLine(), fault);
  }

  private void say(String line) {
    err().println(line);
    err().flush();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Reads {@code --from} and {@code --to}. */
  static final class TimeConverter implements ITypeConverter<TimePoint> {
    @Override
    public TimePoint convert(String value) {
      try {
        return TimePoint.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
