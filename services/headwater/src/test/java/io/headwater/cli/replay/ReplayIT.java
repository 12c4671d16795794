package io.headwater.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.avro.Insight;
import io.headwater.avro.Message;
import io.headwater.cli.CommandFailure;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.Main;
import io.headwater.cli.replay.result.RunTally;
import io.headwater.cli.river.TestRiver;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Replays beside a live river, on real parts. */
@Tag("long")
class ReplayIT {
  private static final int MESSAGES = 300;
  private static final int BAD = 3;
  private static final String[] TEXTS = {
    "I love this place, the food is wonderful.",
    "Terrible service, never again.",
    "It opens at nine.",
    "Das Essen war kalt und der Kellner unfreundlich.",
    "Ein sehr schöner Abend, vielen Dank!",
    "Une expérience magnifique.",
    "No sé qué decir de esto."
  };

  @TempDir private static Path folder;
  private static TestRiver river;
  private static RiverState state;
  private static Instant begin;

  @BeforeAll
  static void feedTheLiveRiver() throws InterruptedException, ExecutionException {
    river = TestRiver.start(folder.resolve("river"));
    state = new RiverState(river.kafka());
    // Young enough for the retention of the live topics.
    begin = Instant.now().minus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
    state.send(river.topics.messages().name(), messages(), begin);
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> river.all(river.topics.insights()).size() == MESSAGES - BAD);
    AtomicReference<Map<String, Long>> last = new AtomicReference<>(Map.of());
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofSeconds(2))
        .until(() -> state.live().equals(last.getAndSet(state.live())));
  }

  /**
   * Each a second after the one before; some bad, some without an id, the last in a transaction.
   */
  private static List<byte[]> messages() {
    List<byte[]> messages = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      Message message =
          TestRiver.message(i % 50 == 7 ? "" : "m" + i, i + ". " + TEXTS[i % TEXTS.length]);
      message.setAttributes(Map.of("number", Integer.toString(i), "kind", "test"));
      messages.add(i % 100 == 42 ? new byte[] {9, 9} : river.encoded(message));
    }
    return messages;
  }

  @AfterAll
  static void stop() {
    if (state != null) {
      state.close();
    }
    if (river != null) {
      river.close();
    }
  }

  @Test
  void aReplayOfEverythingGivesTheLiveInsightsAndLeavesTheLiveRiverAlone() throws IOException {
    Map<String, Long> before = state.live();
    Set<String> withQuotas = new HashSet<>();
    Set<String> members = new HashSet<>();

    int code =
        replay(
            () -> {
              withQuotas.addAll(state.clientsWithQuotas());
              members.addAll(state.members("replay.whole."));
              return false;
            },
            "--max-bytes-per-second",
            "50000000",
            "--into",
            "whole");

    assertThat(code).isEqualTo(ExitCodes.SOME_FAILED);
    JsonNode report = report("whole");
    RunTally live = tally(river.topics);
    assertThat(report.path("messages").asInt()).isEqualTo(MESSAGES);
    assertThat(report.path("insights").asInt()).isEqualTo(MESSAGES - BAD);
    assertThat(report.path("deadLettersByCause").path("tokenizer NOT_AVRO").asInt()).isEqualTo(BAD);
    assertThat(report.path("checksum").asText()).isEqualTo(live.checksum());
    assertThat(report.path("contentChecksum").asText()).isEqualTo(live.contentChecksum());
    JsonNode difference = diff("live", "whole");
    assertThat(difference.path("matchedBy").asText()).isEqualTo("origin");
    assertThat(difference.path("inBoth").asInt()).isEqualTo(MESSAGES - BAD);
    assertThat(difference.path("sameBytes").asInt()).isEqualTo(MESSAGES - BAD);
    assertThat(difference.path("labelsChanged").asInt()).isZero();
    assertThat(difference.path("onlyInA").asInt() + difference.path("onlyInB").asInt()).isZero();
    assertThat(state.live()).isEqualTo(before);
    assertThat(members).hasSize(3);
    assertThat(withQuotas)
        .containsAll(members)
        .allMatch(client -> client.startsWith("replay.whole."));
    assertThat(state.clientsWithQuotas()).isEmpty();
    assertThat(state.windowCount("replay.whole.")).isEqualTo(state.windowCount(""));
    assertThat(state.setting("replay.whole.insights", "retention.ms")).isEqualTo("-1");
  }

  @Test
  void aReplayOfTheMiddleIsStoppedAndResumedAndGivesWhatOneRunGives() throws IOException {
    Map<String, Long> before = state.live();
    String from = begin.plusSeconds(60).toString();
    String to = begin.plusSeconds(240).toString();

    int stopped =
        replay(
            () -> state.records("replay.part.insights") >= 15,
            "--from",
            from,
            "--to",
            to,
            "--rate",
            "10",
            "--into",
            "part");

    assertThat(stopped).isEqualTo(ExitCodes.SOME_FAILED);
    int done = river.all(topicsOf("part").insights()).size();
    assertThat(done).isBetween(1, 150);
    assertThat(folder.resolve("replay-part.json")).doesNotExist();
    refusesAnotherPlan(from, to);

    state.limit("replay.part.left-by-a-killed-run");
    assertThat(replay(() -> false, "--into", "part")).isEqualTo(ExitCodes.SOME_FAILED);
    assertThat(state.clientsWithQuotas()).isEmpty();
    int again =
        replay(
            () -> false,
            "--from",
            from,
            "--to",
            to,
            "--threads",
            "1",
            "--set",
            "scorer.batch.tokens=64",
            "--set",
            "scorer.unit.tokens=512",
            "--set",
            "consumer.max.poll.records=5",
            "--set",
            "tokenizer.threads=2",
            "--into",
            "other");

    assertThat(again).isEqualTo(ExitCodes.SOME_FAILED);
    JsonNode resumed = report("part");
    JsonNode other = report("other");
    assertThat(resumed.path("messages").asInt()).isEqualTo(180);
    assertThat(resumed.path("insights").asInt()).isEqualTo(179);
    assertThat(resumed.path("lastRun").path("messages").asInt()).isLessThanOrEqualTo(180 - done);
    assertThat(resumed.path("checksum").asText()).isEqualTo(other.path("checksum").asText());
    assertThat(resumed.path("contentChecksum").asText())
        .isEqualTo(other.path("contentChecksum").asText());
    JsonNode difference = diff("part", "live");
    assertThat(difference.path("sameBytes").asInt()).isEqualTo(179);
    assertThat(difference.path("outOfRange").asInt()).isEqualTo(MESSAGES - BAD - 179);
    assertThat(difference.path("onlyInB").asInt()).isZero();
    assertThat(state.live()).isEqualTo(before);
    isOnlyCountedAgain(resumed);
  }

  private void refusesAnotherPlan(String from, String to) {
    assertThatThrownBy(() -> replay(() -> false, "--from", to, "--into", "part"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("was planned with --from " + from);
    assertThatThrownBy(
            () -> replay(() -> false, "--set", "tokenizer.languages=it", "--into", "part"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("tokenizer.languages=en,de,fr,es, not it");
  }

  /** A finished replay is only counted again. */
  private void isOnlyCountedAgain(JsonNode finished) throws IOException {
    Files.delete(folder.resolve("replay-part.json"));
    assertThat(replay(() -> false, "--into", "part")).isEqualTo(ExitCodes.SOME_FAILED);
    assertThat(report("part").path("checksum")).isEqualTo(finished.path("checksum"));
  }

  @Test
  void anOldTopicWithOtherPartitionsGivesTheSameContent()
      throws IOException, InterruptedException, ExecutionException {
    Map<String, Long> before = state.live();
    state
        .admin()
        .createTopics(
            List.of(new NewTopic("archive", 2, (short) 1).configs(Map.of("retention.ms", "-1"))))
        .all()
        .get();
    state.send("archive", messages(), Instant.now().minus(60, ChronoUnit.DAYS));
    String[] replayed = {"--topic", "archive", "--into", "archived"};
    assertThatThrownBy(() -> replay(() -> false, replayed))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("headwater schemas register --set messages.topic=archive");
    river.registry.register(List.of(HeadwaterTopics.of("", "archive").messages()));

    assertThat(replay(() -> false, replayed)).isEqualTo(ExitCodes.SOME_FAILED);

    RunTally live = tally(river.topics);
    assertThat(report("archived").path("contentChecksum").asText())
        .isEqualTo(live.contentChecksum());
    assertThat(report("archived").path("checksum").asText()).isNotEqualTo(live.checksum());
    JsonNode difference = diff("live", "archived");
    int withoutId = MESSAGES / 50;
    assertThat(difference.path("matchedBy").asText()).isEqualTo("messageId");
    assertThat(difference.path("sameContent").asInt()).isEqualTo(MESSAGES - BAD - withoutId);
    assertThat(difference.path("onlyInA").asInt()).isEqualTo(withoutId);
    assertThat(state.live()).isEqualTo(before);
  }

  @Test
  void aDeletedReplayLeavesNothingBehind() {
    Map<String, Long> before = state.live();
    assertThat(replay(() -> false, "--from", begin.plusSeconds(290).toString(), "--into", "short"))
        .isEqualTo(ExitCodes.OK);
    assertThat(run("replay", "list")).containsPattern("short +finished .* 10 ");
    assertThat(run("replay", "delete", "short")).contains("add --yes");
    assertThat(river.all(topicsOf("short").insights())).hasSize(10);

    assertThat(run("replay", "delete", "short", "--yes")).contains("deleted replay short");

    assertThat(state.namesThatStartWith("replay.short.")).isEmpty();
    assertThat(run("replay", "list")).doesNotContain("short");
    SchemaRegistry fresh = SchemaRegistry.at(river.kafka().registryUrl(), Map.of());
    assertThat(fresh.idOf(topicsOf("short").insights())).isEmpty();
    assertThat(state.readable(fresh, river.topics.insights())).isEqualTo(MESSAGES - BAD);
    assertThat(state.live()).isEqualTo(before);
    assertThat(folder.resolve("state/replay-short")).doesNotExist();
  }

  @Test
  void aRangeWithoutMessagesIsRefused() {
    assertThatThrownBy(
            () ->
                replay(() -> false, "--to", begin.minusSeconds(1).toString(), "--into", "nothing"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("there are no messages");
    assertThatThrownBy(() -> replay(() -> false, "--topic", "nowhere", "--into", "nothing"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("there is no topic nowhere");
    assertThatThrownBy(() -> replay(() -> false, "--to", "2999-01-01", "--into", "nothing"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("has not come yet");
    assertThat(state.namesThatStartWith("replay.nothing.")).isEmpty();
  }

  private static HeadwaterTopics topicsOf(String name) {
    return HeadwaterTopics.of("replay." + name + ".", river.topics.messages().name());
  }

  private static int replay(BooleanSupplier isStopped, String... args) {
    ReplayCommand command = new ReplayCommand();
    CommandLine line = new CommandLine(command);
    line.setOut(new PrintWriter(new StringWriter()));
    String name = args[args.length - 1];
    line.parseArgs(
        Stream.concat(
                Arrays.stream(args),
                Stream.concat(
                    connection(),
                    Stream.of(
                        "--set",
                        "state.directory=" + folder.resolve("state"),
                        "--report",
                        folder.resolve("replay-" + name + ".json").toString())))
            .toArray(String[]::new));
    return command.run(isStopped);
  }

  private static Stream<String> connection() {
    return Stream.of(
        "--bootstrap-servers",
        river.kafka().bootstrapServers(),
        "--schema-registry-url",
        river.kafka().registryUrl());
  }

  /** What a command prints. */
  private static String run(String... args) {
    StringWriter out = new StringWriter();
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(out));
    int code =
        commands.execute(
            Stream.concat(
                    Arrays.stream(args),
                    Stream.concat(
                        connection(),
                        Stream.of("--set", "state.directory=" + folder.resolve("state"))))
                .toArray(String[]::new));
    assertThat(Set.of(ExitCodes.OK, ExitCodes.USAGE)).contains(code);
    return out.toString();
  }

  private static JsonNode diff(String a, String b) throws IOException {
    return new ObjectMapper().readTree(run("replay", "diff", a, b, "--json"));
  }

  private static JsonNode report(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve("replay-" + name + ".json").toFile());
  }

  private static RunTally tally(HeadwaterTopics topics) {
    RunTally tally = new RunTally();
    for (TestRiver.Read<Insight> read : river.all(topics.insights())) {
      tally.insight(read.record().key(), read.record().value(), read.value());
    }
    return tally;
  }
}
