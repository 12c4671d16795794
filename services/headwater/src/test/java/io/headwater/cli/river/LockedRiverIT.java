package io.headwater.cli.river;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.cli.river.LockedRiver.Answer;
import io.headwater.models.PackageFolder;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.config.Settings;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RiverRole;
import io.headwater.schemas.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The river behind locked doors: TLS, passwords, and rights of which each has the least. */
@Tag("long")
class LockedRiverIT {
  /** In every text that is sent, and in no log. */
  private static final String MARK = "Quagga7731";

  private static final HeadwaterTopics TOPICS = new HeadwaterTopics("");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private static Path folder;
  private static LockedRiver river;
  private static CapturedLog log;

  @BeforeAll
  static void startTheRiver() throws Exception {
    Path models = folder.resolve("models");
    for (String version : List.of("1.0.0", "2.0.0")) {
      PackageFolder.good(models.resolve("tiny").resolve(version))
          .edit("\"version\": \"1.0.0\"", "\"version\": \"%s\"".formatted(version));
    }
    river =
        LockedRiver.start(
            folder.resolve("river"),
            Map.of(
                "models.directory", models.toString(),
                "sentiment.model", "tiny@1.0.0",
                "translation.model", "",
                "tokenizer.segment.overlap", "4",
                "execution.provider", "cpu",
                "scorer.engine.threads", "1",
                "breaker.window", "0"));
    log = CapturedLog.begin();
    Answer topics = river.run(RiverRole.TOPICS, "topics", "create", "--partitions", "2");
    assertThat(topics.code()).as(topics.err()).isZero();
    Answer schemas = river.run(RiverRole.TOPICS, "schemas", "register");
    assertThat(schemas.code()).as(schemas.err()).isZero();
    assertThat(river.kafka(RiverRole.READER).registryUrl()).startsWith("https://");
  }

  @AfterAll
  static void stopTheRiver() {
    if (log != null) {
      log.close();
    }
    if (river != null) {
      river.close();
    }
  }

  @AfterEach
  void nothingSecretAndNoTextIsInTheLog() {
    List<String> lines = log.lines();
    assertThat(lines).isNotEmpty();
    for (RiverRole role : RiverRole.values()) {
      assertThat(lines).noneMatch(line -> line.contains(role.label() + "-S3cret"));
    }
    assertThat(lines)
        .noneMatch(line -> line.contains(LockedRiver.REGISTRY_PASSWORD))
        .noneMatch(line -> line.contains("another-S3cret"))
        .noneMatch(line -> line.contains("token-S3cret"))
        .noneMatch(line -> line.contains(TestCertificates.PASSWORD))
        .noneMatch(line -> line.contains(MARK));
  }

  @Test
  void theWholeRiverRunsWithExactlyTheRightsOfTheTable() throws Exception {
    // given
    try (RunningService tokenizer = start("tokenizer", RiverRole.TOKENIZER);
        RunningService scorer = start("scorer", RiverRole.SCORER);
        RunningService aggregator = start("aggregator", RiverRole.AGGREGATOR);
        RunningService gateway = start("gateway", RiverRole.GATEWAY)) {
      for (RunningService service : List.of(tokenizer, scorer, aggregator, gateway)) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(service.complaint()).isEmpty());
      }

      // when
      assertThat(send(20).code()).isZero();
      sent++;
      String text = "a good film " + MARK;
      assertThat(LockedRiver.post(gatewaySettings, "{\"text\": \"%s\"}".formatted(text)))
          .isEqualTo(202);
      // Bad ones, at each door.
      assertThat(LockedRiver.post(gatewaySettings, "{\"text\": %s".formatted(text))).isEqualTo(400);
      Path bad = Files.writeString(folder.resolve("bad.jsonl"), "{\"text\": %s".formatted(text));
      assertThat(river.run(RiverRole.SENDER, "send", bad.toString()).code()).isOne();
      sendRaw(("no message " + MARK).getBytes(StandardCharsets.UTF_8));

      // then
      await().atMost(PATIENCE).until(() -> count(TOPICS.insights()) == sent);
      await().atMost(PATIENCE).until(() -> count(TOPICS.deadLetters()) == 1);
      assertThat(
              river
                  .run(RiverRole.READER, "tail", "insights", "--from", "beginning", "--limit", "21")
                  .out())
          .contains(MARK);
      candidatesAreTried();
      lettersAreReplayed();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(LockedRiver.get(aggregatorSettings, "/api/pipeline"))
                      .contains("\"lagComplete\":true"));
    }
  }

  private void candidatesAreTried() throws Exception {
    Answer begun = river.run(RiverRole.MODELS, "models", "shadow", "tiny@2.0.0", "--share", "1");
    assertThat(begun.code()).as(begun.out() + begun.err()).isZero();
    assertThat(send(20).code()).isZero();
    await().atMost(PATIENCE).until(() -> count(TOPICS.shadowScores()) >= 20);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(LockedRiver.get(aggregatorSettings, "/api/pipeline"))
                    .containsPattern("compared\":[1-9]"));
    Answer canary =
        river.run(
            RiverRole.MODELS,
            "models",
            "canary",
            "tiny@2.0.0",
            "--share",
            "0.9",
            "--minimum",
            "1",
            "--max-disagreement",
            "0");
    assertThat(canary.code()).as(canary.out() + canary.err()).isZero();
    assertThat(river.run(RiverRole.MODELS, "models", "status").out()).contains("tiny@2.0.0");
    assertThat(river.run(RiverRole.MODELS, "models", "canary", "--stop").code()).isZero();
    assertThat(river.run(RiverRole.MODELS, "models", "shadow", "--stop").code()).isZero();
  }

  private void lettersAreReplayed() {
    long letters = count(TOPICS.deadLetters());
    Answer replayed = river.run(RiverRole.LETTERS, "dead-letters", "replay", "--all");
    assertThat(replayed.code()).as(replayed.out() + replayed.err()).isZero();
    await().atMost(PATIENCE).until(() -> count(TOPICS.deadLetters()) == letters + 1);
    Answer listed = river.run(RiverRole.LETTERS, "dead-letters", "list");
    assertThat(listed.code()).as(listed.err()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = RiverRole.class,
      names = {"REPLAY", "TOPICS"},
      mode = EnumSource.Mode.EXCLUDE)
  void eachMayDoWithEachTopicWhatTheTableSaysAndNothingElse(RiverRole role) throws Exception {
    List<String> names = TOPICS.all().stream().map(Topic::name).toList();
    try (Admin admin = Admin.create(river.kafka(role).forAdmin())) {
      var asked =
          admin
              .describeTopics(names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
              .topicNameValues();
      for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : asked.entrySet()) {
        Set<AclOperation> granted = new TreeSet<>();
        try {
          granted.addAll(topic.getValue().get().authorizedOperations());
        } catch (ExecutionException e) {
          assertThat(e.getCause()).isInstanceOf(TopicAuthorizationException.class);
        }
        assertThat(granted)
            .as(topic.getKey())
            .isEqualTo(LockedRiver.operations(role, topic.getKey()));
      }
    }
  }

  @Test
  void theScorerCannotReadMessagesNorTheGatewayWhatBecomesOfThem() {
    assertThatThrownBy(
            () -> CommittedRecords.of(river.kafka(RiverRole.SCORER), TOPICS.messages().name()))
        .isInstanceOf(TopicAuthorizationException.class);
    assertThatThrownBy(
            () -> CommittedRecords.of(river.kafka(RiverRole.GATEWAY), TOPICS.insights().name()))
        .isInstanceOf(TopicAuthorizationException.class);
    Answer refused = river.run(RiverRole.SENDER, "tail", "insights", "--limit", "1");
    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.err())
        .contains("Kafka does not grant DESCRIBE, nor anything that has it, on topic insights");
    Answer stranger =
        river.run(RiverRole.SENDER, "tail", "insights", "--set", "kafka.sasl.username=nobody");
    assertThat(stranger.code()).isEqualTo(3);
    assertThat(stranger.err()).contains("invalid credentials").doesNotContain("\n\t");
  }

  @Test
  void aWrongPasswordIsOneLineAndTheServiceWaitsUntilItIsRight() throws Exception {
    Map<String, String> wrong = new HashMap<>(river.settings(RiverRole.SCORER));
    wrong.remove("kafka.sasl.password.file");
    wrong.put("kafka.sasl.password", "another-S3cret");
    long letters = count(TOPICS.deadLetters());

    try (WaitingService scorer = WaitingService.start("scorer", wrong);
        RunningService tokenizer = start("tokenizer", RiverRole.TOKENIZER)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(scorer.complaint())
                      .contains("Kafka does not let this client in")
                      .contains("invalid credentials")
                      .contains("see kafka.sasl.*")
                      .doesNotContain("\n"));
      assertThat(send(5).code()).isZero();
      assertThat(
              log.lines().stream()
                  .filter(line -> line.contains("event=waiting_for_environment"))
                  .filter(line -> line.contains("does not let this client in")))
          .hasSize(1);

      try (Admin admin = river.admin()) {
        LockedRiver.setPassword(admin, RiverRole.SCORER, "another-S3cret");
      }
      try {
        long scores = count(TOPICS.sentimentScores());
        await().atMost(PATIENCE).until(() -> scorer.complaint().isEmpty());
        await().atMost(PATIENCE).until(() -> count(TOPICS.sentimentScores()) >= scores + 5);
        assertThat(tokenizer.hasFailed()).isFalse();
        assertThat(count(TOPICS.deadLetters())).isEqualTo(letters);
      } finally {
        try (Admin admin = river.admin()) {
          LockedRiver.setPassword(admin, RiverRole.SCORER, LockedRiver.password(RiverRole.SCORER));
        }
      }
    }
  }

  @Test
  void aServiceLogsInWithATokenAndWaitsWhereItGetsNone() throws Exception {
    river.tokens.secret("headwater-tokenizer", "another-S3cret");
    Map<String, String> settings = river.tokenSettings(RiverRole.TOKENIZER, "token-S3cret");

    try (WaitingService tokenizer = WaitingService.start("tokenizer", settings)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(tokenizer.complaint())
                      .contains("Kafka's client cannot log in: ")
                      .doesNotContain("\n"));
      river.tokens.secret("headwater-tokenizer", "token-S3cret");
      await().atMost(PATIENCE).until(() -> tokenizer.complaint().isEmpty());
      long tokens = count(TOPICS.tokens(HeadwaterTopics.SENTIMENT));
      assertThat(send(3).code()).isZero();
      await()
          .atMost(PATIENCE)
          .until(() -> count(TOPICS.tokens(HeadwaterTopics.SENTIMENT)) >= tokens + 3);
    }
  }

  @Test
  void aServiceSaysWhichRightItLacksAndRunsOnceItIsGiven() throws Exception {
    List<AclBinding> taken =
        LockedRiver.acls().bindings(RiverRole.SCORER, "User:headwater-scorer").stream()
            .filter(
                binding ->
                    Set.of("scores.sentiment", "headwater-scorer-sentiment")
                        .contains(binding.pattern().name()))
            .toList();
    try (Admin admin = river.admin()) {
      admin.deleteAcls(taken.stream().map(AclBinding::toFilter).toList()).all().get();
      try (WaitingService scorer =
          WaitingService.start("scorer", river.settings(RiverRole.SCORER))) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(scorer.complaint())
                        .contains("on topic scores.sentiment; `headwater acls scorer` prints all"));
        admin.createAcls(taken.subList(0, 1)).all().get();
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> assertThat(scorer.complaint()).contains("READ on group headwater-scorer-"));
        admin.createAcls(taken).all().get();
        await().atMost(PATIENCE).until(() -> scorer.complaint().isEmpty());
      } finally {
        admin.createAcls(taken).all().get();
      }
    }
  }

  @Test
  void aRegistryThatDoesNotLetTheServiceInIsNamed() throws Exception {
    Map<String, String> wrong = new HashMap<>(river.settings(RiverRole.TOKENIZER));
    wrong.put("registry.basic.auth.user.info", "river:another-S3cret");

    try (WaitingService tokenizer = WaitingService.start("tokenizer", wrong)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(tokenizer.complaint())
                      .contains("does not let this client in (HTTP 401): see registry.*"));
    }
  }

  @Test
  void aBrokerWhoseCertificateIsNotTrustedIsNamed() throws Exception {
    Map<String, String> wrong = new HashMap<>(river.settings(RiverRole.TOKENIZER));
    wrong.remove("kafka.ssl.truststore.location");
    wrong.remove("kafka.ssl.truststore.type");

    try (WaitingService tokenizer = WaitingService.start("tokenizer", wrong)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(tokenizer.complaint())
                      .contains("do not trust each other's certificates")
                      .contains("see kafka.ssl.*"));
    }
  }

  private static long sent;
  private static Settings gatewaySettings = LockedRiver.read(Map.of());
  private static Settings aggregatorSettings = LockedRiver.read(Map.of());

  private static RunningService start(String name, RiverRole role) {
    Settings settings = LockedRiver.read(river.settings(role));
    if (name.equals("gateway")) {
      gatewaySettings = settings;
    } else if (name.equals("aggregator")) {
      aggregatorSettings = settings;
    }
    return RunningService.start(name, settings, KafkaConnection.from(settings));
  }

  private static Answer send(int count) throws IOException {
    List<String> lines = new ArrayList<>();
    IntStream.range(0, count).forEach(i -> lines.add("a film is good %d %s".formatted(i, MARK)));
    Path file = Files.write(folder.resolve("texts.txt"), lines);
    sent += count;
    return river.run(
        RiverRole.SENDER, "send", file.toString(), "--language", "en", "--no-progress");
  }

  private static void sendRaw(byte[] value) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            river.kafka(RiverRole.SENDER).forProducer(Map.of()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var unused = producer.send(new ProducerRecord<>(TOPICS.messages().name(), value));
    }
  }

  private static long count(Topic<?> topic) {
    return CommittedRecords.of(river.kafka(RiverRole.READER), topic.name()).size();
  }
}
