package io.headwater.faults;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.headwater.faults.cluster.KafkaCluster;
import io.headwater.faults.cluster.RegistryServer;
import io.headwater.faults.model.TinyModel;
import io.headwater.faults.model.Vocabulary;
import io.headwater.faults.process.Folders;
import io.headwater.faults.process.ProcessGroup;
import io.headwater.faults.replay.ReplayProcess;
import io.headwater.faults.replay.Variation;
import io.headwater.faults.traffic.Planned;
import io.headwater.faults.traffic.Texts;
import io.headwater.faults.traffic.Traffic;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordEncoder;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.TopicPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code load-tests/faults/run replays}: the same messages replayed in many ways give the same
 * bytes.
 */
@Command(
    name = "replays",
    mixinStandardHelpOptions = true,
    description = {
      "Replay the same messages with different batches, threads and partitions, with kill -9 in",
      "between, and compare the checksums of all results.",
      "Exit codes: 0 all are equal; 1 they are not; 2 wrong command line; 3 could not run."
    })
final class ReplayProof implements Callable<Integer> {
  private static final int TEXTS = 5_000;
  private static final HeadwaterTopics LIVE = new HeadwaterTopics("");

  @Spec private CommandSpec spec;

  @ParentCommand private @Nullable SuiteCommand suite;

  @Option(names = "--messages", defaultValue = "100000", description = "Default: ${DEFAULT-VALUE}.")
  private long messages;

  @Option(
      names = "--kills",
      defaultValue = "2",
      description = "kill -9 of each replay before it may finish. Default: ${DEFAULT-VALUE}.")
  private int kills;

  @Option(names = "--seed", defaultValue = "20261122", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--model", description = "Model package. Default: the suite's own.")
  private String model = TinyModel.QUICK;

  @Option(names = "--models", description = "Folder of --model.")
  private @Nullable Path models;

  @Option(names = "--folder", description = "Kept. Default: a temporary folder.")
  private @Nullable Path folder;

  private record Row(Variation variation, long insights, String whole, String content) {}

  @Override
  public Integer call() throws Exception {
    Path product = requireNonNull(suite, "only runs as a subcommand").product();
    Path home =
        folder == null ? Files.createTempDirectory("headwater-replays-") : folder.toAbsolutePath();
    boolean equal = false;
    try {
      equal = prove(product, home);
      return equal ? 0 : 1;
    } finally {
      if (folder == null && equal) {
        Folders.delete(home);
      } else {
        out().println("logs and data: " + home);
      }
      out().flush();
    }
  }

  private boolean prove(Path product, Path home) throws Exception {
    try (ProcessGroup processes = ProcessGroup.create();
        RegistryServer registry = RegistryServer.start(product, home.resolve("registry"));
        KafkaCluster cluster = KafkaCluster.start(processes, home.resolve("kafka"), 1)) {
      Path packages = Optional.ofNullable(models).orElse(home.resolve("models"));
      if (models == null) {
        TinyModel.write(packages);
      }
      fill(cluster, SchemaRegistry.at(registry.url(), Map.of()));
      out().println("replay  partitions batch  poll  threads  kills  insights  seconds  content");
      Set<String> contents = new HashSet<>();
      Set<String> wholes = new HashSet<>();
      boolean complete = true;
      for (Variation variation : Variation.ALL) {
        Row row =
            row(
                variation,
                new ReplayProcess(
                    processes,
                    cluster,
                    new ReplayProcess.Place(product, home, packages, model, registry.url()),
                    variation));
        contents.add(row.content());
        if (variation.partitions() == 1) {
          wholes.add(row.whole());
        }
        complete &= row.insights() == messages;
      }
      out()
          .printf(
              "%d insights each: %s; content %s over all partition counts; bytes %s on the same topic%n",
              messages,
              complete ? "yes" : "NO",
              contents.size() == 1 ? "identical" : "DIFFERS",
              wholes.size() == 1 ? "identical" : "DIFFER");
      out().flush();
      return complete && contents.size() == 1 && wholes.size() == 1;
    }
  }

  private Row row(Variation variation, ReplayProcess process)
      throws InterruptedException, IOException {
    long begun = System.nanoTime();
    JsonNode report = process.run(messages, kills);
    Row row =
        new Row(
            variation,
            report.path("insights").asLong(),
            report.path("checksum").asText(),
            report.path("contentChecksum").asText());
    out()
        .printf(
            "%-7s %10d %6d %5d %8s %6d %9d %8.0f  %.16s%n",
            variation.name(),
            variation.partitions(),
            variation.batchTokens(),
            variation.pollRecords(),
            variation.engineThreads() + "+" + variation.tokenizerThreads(),
            kills,
            row.insights(),
            (System.nanoTime() - begun) / 1e9,
            row.content());
    out().flush();
    return row;
  }

  private void fill(KafkaCluster cluster, SchemaRegistry registry)
      throws InterruptedException, ExecutionException {
    Set<Integer> partitions =
        Variation.ALL.stream().map(Variation::partitions).collect(Collectors.toSet());
    try (Admin admin = cluster.admin()) {
      TopicPlan.of(1, 1).create(admin, LIVE);
      List<NewTopic> topics =
          partitions.stream()
              .map(count -> new NewTopic("past-" + count, count, (short) 1))
              .toList();
      admin.createTopics(topics).all().get();
    }
    registry.register(LIVE.all());
    partitions.forEach(
        count -> registry.register(List.of(HeadwaterTopics.of("", "past-" + count).messages())));
    RecordEncoder<io.headwater.avro.Message> encoder = registry.encoder(LIVE.messages());
    Texts texts = new Texts(new Vocabulary().words(), seed, TEXTS);
    Traffic traffic = new Traffic("past", seed, Instant.parse("2026-11-01T00:00:00Z"), texts);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", cluster.bootstrapServers(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (long index = 0; index < messages; index++) {
        Planned planned = traffic.message(index);
        byte[] key = planned.key().getBytes(StandardCharsets.UTF_8);
        byte[] value = encoder.encode(planned.message());
        for (int count : partitions) {
          var unused = producer.send(new ProducerRecord<>("past-" + count, key, value));
        }
      }
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
