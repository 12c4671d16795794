package io.headwater.cli.ingest;

import io.headwater.cli.ConnectionOptions;
import io.headwater.cli.ExitCodes;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.config.Settings;
import io.headwater.schemas.Topic;
import io.headwater.schemas.TopicPlan;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headwater topics}: the river's bed. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(create | list)",
    description = "Create or list the topics of the river. Services never create one themselves.")
public final class TopicsCommand {
  private static final String PARTITIONS_SETTING = "local.partitions";

  @Spec private CommandSpec self;

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = {
        "Create the topics that are not there yet; leave the others as they are.",
        "All have the same number of partitions (models, replays and dead-letters.replayed have one):"
            + " a message and its results meet in one partition."
      })
  int create(
      @Mixin ConnectionOptions connection,
      @Mixin Patience patience,
      @Option(
              names = "--partitions",
              paramLabel = "N",
              description = "Partitions of each topic. Default: the setting local.partitions.")
          Optional<Integer> partitions,
      @Option(
              names = "--replication",
              paramLabel = "N",
              defaultValue = "1",
              description = "Copies of each partition; 3 for a cluster. Default: ${DEFAULT-VALUE}.")
          short replication) {
    Settings settings = connection.settings();
    int count = partitions.orElseGet(() -> settings.integer(PARTITIONS_SETTING));
    if (count < 1 || replication < 1) {
      self.commandLine().getErr().println("headwater: partitions and replication are at least 1");
      return ExitCodes.USAGE;
    }
    TopicPlan plan = new TopicPlan(count, replication, TopicPlan.DEFAULT_MAX_RECORD_BYTES);
    KafkaConnection kafka = KafkaConnection.from(settings);
    return patience.until(() -> create(kafka, plan));
  }

  private int create(KafkaConnection kafka, TopicPlan plan) {
    try (RiverAccess river = RiverAccess.open(kafka)) {
      List<String> created = river.ask(() -> plan.create(river.admin(), river.topics()));
      PrintWriter out = self.commandLine().getOut();
      for (Topic<?> topic : river.topics().all()) {
        out.println(
            "%-10s %s"
                .formatted(created.contains(topic.name()) ? "created" : "is there", topic.name()));
      }
      return ExitCodes.OK;
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List the topics of the river with their partitions and records.")
  int list(@Mixin ConnectionOptions connection) {
    try (RiverAccess river = RiverAccess.open(connection.kafka())) {
      Map<String, TopicDescription> there = river.ask(() -> described(river));
      Map<String, Long> records = river.ask(() -> counted(river, there));
      PrintWriter out = self.commandLine().getOut();
      out.println("%-24s %10s %12s  %s".formatted("topic", "partitions", "offsets", "records of"));
      boolean complete = true;
      for (Topic<?> topic : river.topics().all()) {
        TopicDescription found = there.get(topic.name());
        complete &= found != null;
        out.println(
            "%-24s %10s %12s  %s"
                .formatted(
                    topic.name(),
                    found == null ? "missing" : found.partitions().size(),
                    found == null ? "-" : records.getOrDefault(topic.name(), 0L),
                    topic.valueType().getSimpleName()));
      }
      if (!complete) {
        self.commandLine().getErr().println("headwater: run `headwater topics create`");
      }
      return complete ? ExitCodes.OK : ExitCodes.SOME_FAILED;
    }
  }

  private static Map<String, TopicDescription> described(RiverAccess river)
      throws InterruptedException, java.util.concurrent.ExecutionException {
    Set<String> existing = river.admin().listTopics().names().get();
    List<String> ours =
        river.topics().all().stream().map(Topic::name).filter(existing::contains).toList();
    return river.admin().describeTopics(ours).allTopicNames().get();
  }

  /** Offsets in use. Markers of transactions count as well, so this is an upper bound. */
  private static Map<String, Long> counted(RiverAccess river, Map<String, TopicDescription> topics)
      throws InterruptedException, java.util.concurrent.ExecutionException {
    Map<TopicPartition, OffsetSpec> first = new HashMap<>();
    Map<TopicPartition, OffsetSpec> last = new HashMap<>();
    topics
        .values()
        .forEach(
            topic ->
                topic
                    .partitions()
                    .forEach(
                        partition -> {
                          var key = new TopicPartition(topic.name(), partition.partition());
                          first.put(key, OffsetSpec.earliest());
                          last.put(key, OffsetSpec.latest());
                        }));
    var begin = river.admin().listOffsets(first).all().get();
    var end = river.admin().listOffsets(last).all().get();
    Map<String, Long> counts = new TreeMap<>();
    end.forEach(
        (partition, offset) -> {
          var start = begin.get(partition);
          long count = offset.offset() - (start == null ? 0 : start.offset());
          counts.merge(partition.topic(), count, Long::sum);
        });
    return counts;
  }
}
