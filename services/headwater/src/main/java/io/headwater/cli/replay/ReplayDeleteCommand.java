package io.headwater.cli.replay;

import io.headwater.cli.CommandFailure;
import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.ingest.RiverAccess;
import io.headwater.cli.river.FolderTree;
import io.headwater.runtime.config.CommonSettings;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.config.Settings;
import io.headwater.schemas.HeadwaterTopics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwater replay delete}: everything of a replay. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = {
      "Delete a replay with all its results.",
      "That is its topics, groups, schemas, quotas and plan, and its state on this machine. The live"
          + " river and the report stay as they are."
    })
public final class ReplayDeleteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

  @Parameters(paramLabel = "NAME", description = "Name of the replay.")
  private String name;

  @Option(names = "--yes", description = "Do it; without, only say what would be deleted.")
  private boolean yes;

  @Override
  public Integer call() {
    Settings settings = connection.settings();
    KafkaConnection kafka = KafkaConnection.from(settings);
    ReplayName replay = named(kafka.topicsPrefix());
    PrintWriter out = spec.commandLine().getOut();
    try (RiverAccess river = RiverAccess.open(kafka)) {
      ReplayGroups groups = new ReplayGroups(river, replay);
      List<String> topics = topics(river, replay);
      ReplayPlans plans = new ReplayPlans(river);
      boolean planned = plans.find(replay).isPresent();
      if (!planned && topics.isEmpty() && groups.all().isEmpty()) {
        throw new CommandFailure(
            "there is no replay %s; `headwater replay list` shows those there are".formatted(name));
      }
      List<String> active = groups.active();
      if (!active.isEmpty()) {
        throw new CommandFailure(
            "replay %s is running (members in %s): stop it first; after a kill, wait a minute"
                .formatted(name, String.join(", ", active)));
      }
      if (!yes) {
        out.println(
            "would delete %d topics and %d groups of replay %s; add --yes to do it"
                .formatted(topics.size(), groups.all().size(), name));
        return ExitCodes.USAGE;
      }
      delete(river, replay, topics, groups);
      if (planned) {
        plans.remove(replay);
      }
      deleteState(replay.stateFolder(settings.path(CommonSettings.STATE_DIRECTORY)));
      out.println("deleted replay %s: %d topics".formatted(name, topics.size()));
      return ExitCodes.OK;
    }
  }

  private ReplayName named(String prefix) {
    try {
      return new ReplayName(name, prefix);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private static List<String> topics(RiverAccess river, ReplayName replay) {
    return river.ask(() -> river.admin().listTopics().names().get()).stream()
        .filter(topic -> topic.startsWith(replay.prefix()))
        .sorted()
        .toList();
  }

  private static void delete(
      RiverAccess river, ReplayName replay, List<String> topics, ReplayGroups groups) {
    ReplayQuotas.set(river, replay, OptionalLong.empty(), List.of()).close();
    river.ask(() -> river.admin().deleteConsumerGroups(groups.all()).all().get());
    river.ask(() -> river.admin().deleteTopics(topics).all().get());
    river.ask(
        () -> {
          river.registry().forget(HeadwaterTopics.of(replay.prefix(), "").results());
          return true;
        });
  }

  private static void deleteState(Path folder) {
    try {
      FolderTree.delete(folder);
    } catch (IOException e) {
      throw new CommandFailure(
          "all is deleted but %s: delete that folder by hand".formatted(folder), e);
    }
  }
}
