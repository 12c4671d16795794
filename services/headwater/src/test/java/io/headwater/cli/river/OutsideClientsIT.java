package io.headwater.cli.river;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.avro.DeadLetter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of other makers write messages and read results, without any of our code. */
class OutsideClientsIT {
  @TempDir private static Path folder;
  private static TestRiver river;

  @BeforeAll
  static void startTheRiver() {
    river = TestRiver.start(folder);
  }

  @AfterAll
  static void stopTheRiver() {
    if (river != null) {
      river.close();
    }
  }

  @Test
  void kafkajsWritesMessagesAndReadsTheirInsights() throws Exception {
    assumeTrue(isThere("npm", "--version"), "skipped: npm is not installed");
    Path scripts =
        Path.of(System.getProperty("headwater.root"), "services/headwater/src/test/node");
    Path work = Files.createDirectories(folder.resolve("node"));
    for (String file : List.of("package.json", "package-lock.json", ".npmrc", "outside.mjs")) {
      Files.copy(scripts.resolve(file), work.resolve(file));
    }
    Run install = run(work, 300, "npm", "ci", "--no-audit", "--no-fund");
    assumeTrue(
        install.code() == 0, "skipped: npm cannot install kafkajs here: " + install.output());

    Run run =
        run(
            work,
            120,
            "node",
            "outside.mjs",
            river.kafka().bootstrapServers(),
            river.kafka().registryUrl());

    assertThat(run.code()).as(run.output()).isZero();
    Map<String, JsonNode> insights = new TreeMap<>();
    for (String line : run.output().lines().filter(l -> l.startsWith("{")).toList()) {
      JsonNode json = new ObjectMapper().readTree(line);
      insights.put(json.path("id").asText(), json);
    }
    assertThat(insights).containsOnlyKeys("outside-1", "outside-2", "outside-3");
    assertThat(get(insights, "outside-1").path("label").asText()).isEqualTo("positive");
    assertThat(get(insights, "outside-2").path("label").asText()).isEqualTo("negative");
    assertThat(get(insights, "outside-3").path("label").isNull()).isTrue();
    assertThat(get(insights, "outside-3").path("language").asText()).isEqualTo("de");
    assertThat(insights.values())
        .allSatisfy(
            insight -> {
              assertThat(insight.path("key").asText()).isEqualTo("outside");
              assertThat(insight.path("client").asText()).isEqualTo("kafkajs");
            });
  }

  @Test
  void whatKcatWritesThatIsNoAvroBecomesADeadLetterWithItsBytes() throws Exception {
    assumeTrue(isThere("kcat", "-V"), "skipped: kcat is not installed");
    String servers = river.kafka().bootstrapServers();
    // given bytes that are not Avro, and no key: kcat's partitioner is not Java's
    Path file = Files.writeString(folder.resolve("bytes"), "these bytes are from kcat");

    // when kcat sends them
    Run sent = run(folder, 30, "kcat", "-P", "-b", servers, "-t", "messages", file.toString());
    assertThat(sent.code()).as(sent.output()).isZero();

    // then our reader and kcat itself find them in the dead letters
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(river.all(river.topics.deadLetters()))
                    .extracting(read -> text(read.value()))
                    .contains("these bytes are from kcat"));
    Run read = run(folder, 30, "kcat", "-C", "-e", "-q", "-b", servers, "-t", "dead-letters");
    assertThat(read.output()).contains("these bytes are from kcat").contains("NOT_AVRO");
  }

  private static <V> V get(Map<String, V> found, String id) {
    V value = found.get(id);
    if (value == null) {
      throw new AssertionError(
          "Nothing came out for %s, only for %s".formatted(id, found.keySet()));
    }
    return value;
  }

  private static String text(DeadLetter letter) {
    return StandardCharsets.UTF_8.decode(letter.getValue().duplicate()).toString();
  }

  private record Run(int code, String output) {}

  private static boolean isThere(String... command) {
    try {
      return run(Path.of("."), 20, command).code() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Run run(Path directory, int seconds, String... command)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("outside-", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        return new Run(-1, "not done after %d s: %s".formatted(seconds, Files.readString(log)));
      }
      return new Run(
          process.exitValue(), new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1));
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(log);
    }
  }
}
