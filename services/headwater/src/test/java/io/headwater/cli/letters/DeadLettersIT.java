package io.headwater.cli.letters;

import static io.headwater.schemas.DeadLetterCause.INVALID_TOKENS;
import static io.headwater.schemas.DeadLetterCause.NOT_AVRO;
import static io.headwater.schemas.DeadLetterCause.NULL_VALUE;
import static io.headwater.schemas.DeadLetterCause.UNKNOWN_TASK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.headwater.cli.AllSettings;
import io.headwater.cli.CommandFailure;
import io.headwater.cli.ExitCodes;
import io.headwater.cli.letters.LetterRiver.Ran;
import io.headwater.cli.river.LocalSettings;
import io.headwater.infra.local.LocalInfra;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.config.SettingsReader;
import io.headwater.schemas.DeadLetters;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a real broker and registry. */
@Tag("long")
class DeadLettersIT {
  private static final byte[] KEY = "bo".getBytes(UTF_8);
  private static final byte[] JUNK = {0, -1, 0x1B, '[', '2', 'J', 10, -128};

  @TempDir private static Path folder;
  private static LocalInfra infra;

  private LetterRiver river;

  @BeforeAll
  static void startBrokerAndRegistry() {
    infra =
        LocalInfra.start(
            LocalSettings.infra(
                SettingsReader.read(
                    AllSettings.definition(),
                    Optional.empty(),
                    Map.of(),
                    Map.of("kafka.port", "0", "kafka.controller.port", "0", "registry.port", "0")),
                folder.resolve("data")));
  }

  @AfterAll
  static void stopBrokerAndRegistry() {
    if (infra != null) {
      infra.close();
    }
  }

  @BeforeEach
  void makeTheRiver(TestInfo test) throws Exception {
    String prefix = test.getTestMethod().orElseThrow().getName() + ".";
    river =
        new LetterRiver(
            KafkaConnection.to(infra.bootstrapServers(), infra.registryUrl().toString()), prefix);
  }

  @AfterEach
  void leaveTheRiver() {
    river.close();
  }

  @Test
  void whatDiedGoesBackAsItWasAndOnlyOnce() {
    // given letters of several stages: junk, no value, no key, headers, one replayed before
    RecordHeaders traced = new RecordHeaders();
    traced.add("trace", JUNK).add("none", null).add("trace", new byte[0]);
    RecordHeaders second = new RecordHeaders();
    second.add(DeadLetters.ROUNDS_HEADER, "1".getBytes(UTF_8)).add("after", KEY);
    String messages = river.topics.messages().name();
    String tokens = river.topics.tokens("sentiment").name();
    river.die("tokenizer", NOT_AVRO, river.read(messages, 1, KEY, JUNK, traced));
    river.die("tokenizer", NULL_VALUE, river.read(messages, 2, KEY, null, new RecordHeaders()));
    river.die("tokenizer", NOT_AVRO, river.read(messages, 0, null, JUNK, new RecordHeaders()));
    river.die("scorer", INVALID_TOKENS, river.read(tokens, 3, KEY, JUNK, second));

    // when they are replayed
    Ran first = river.letters("replay", "--all");

    // then each is where it came from, byte for byte, with its rounds
    assertThat(first.err()).isEmpty();
    assertThat(first.code()).isEqualTo(ExitCodes.OK);
    assertThat(first.sum())
        .isEqualTo("4 replayed, 0 skipped (already replayed), 0 given up, 0 impossible");
    List<ConsumerRecord<byte[], byte[]>> sent = river.committed(messages);
    assertThat(sent)
        .extracting(
            ConsumerRecord::partition,
            ConsumerRecord::key,
            ConsumerRecord::value,
            ConsumerRecord::timestamp)
        .containsExactlyInAnyOrder(
            tuple(0, null, JUNK, Letters.NOON.toEpochMilli()),
            tuple(1, KEY, JUNK, Letters.NOON.toEpochMilli()),
            tuple(2, KEY, null, Letters.NOON.toEpochMilli()));
    assertThat(headersOfPartition(sent, 1))
        .containsExactly(traced.add(DeadLetters.ROUNDS_HEADER, "1".getBytes(UTF_8)).toArray());
    assertThat(river.committed(tokens)).hasSize(1);
    assertThat(headersOfPartition(river.committed(tokens), 3))
        .containsExactly(
            new RecordHeaders()
                .add("after", KEY)
                .add(DeadLetters.ROUNDS_HEADER, "2".getBytes(UTF_8))
                .toArray());

    // and a second run finds nothing to do
    Ran next = river.letters("replay", "--all");
    assertThat(next.code()).isEqualTo(ExitCodes.OK);
    assertThat(next.sum())
        .isEqualTo("0 replayed, 4 skipped (already replayed), 0 given up, 0 impossible");
    assertThat(river.committed(messages)).hasSize(3);
    assertThat(river.letters("list").sum())
        .isEqualTo("4 letters; NOT_AVRO 2, INVALID_TOKENS 1, NULL_VALUE 1; 4 replayed");

    // unless it is told to
    assertThat(river.letters("replay", "--again", "--stage", "scorer").sum())
        .startsWith("1 replayed, 0 skipped");
    assertThat(river.committed(tokens)).hasSize(2);
  }

  @Test
  void aRunThatIsKilledBeforeItsCommitLeavesNothingAndTheNextDoesAll() {
    List<LetterAddress> letters = river.junk(20);
    Producer<byte[], byte[]> producer = river.producer(ReplayTransactions.properties(river.topics));
    ReplayTransactions killed = river.transactions(producer);

    // when all is written and flushed, and the process ends without a word
    killed.begin();
    assertThat(killed.stage(river.outgoing(letters))).isEmpty();
    producer.close(Duration.ZERO);

    // then nobody sees any of it
    assertThat(river.committed(river.topics.messages().name())).isEmpty();
    assertThat(river.letters("list").sum()).endsWith("; 20 new");

    // and the next run sends each once, at once
    Ran ran = river.letters("replay", "--all");
    assertThat(ran.sum()).startsWith("20 replayed, 0 skipped");
    assertThat(river.committed(river.topics.messages().name())).hasSize(20);
    assertThat(river.letters("list").sum()).endsWith("; 20 replayed");
  }

  @Test
  void aSecondRunShutsOutTheFirst() {
    List<LetterAddress> letters = river.junk(3);
    try (Producer<byte[], byte[]> producer =
        river.producer(ReplayTransactions.properties(river.topics))) {
      ReplayTransactions first = river.transactions(producer);
      first.begin();
      assertThat(first.stage(river.outgoing(letters))).isEmpty();

      assertThat(river.letters("replay", "--all").sum()).startsWith("3 replayed, 0 skipped");

      assertThatThrownBy(producer::commitTransaction).isNotNull();
      assertThatThrownBy(() -> first.send(river.outgoing(letters))).isNotNull();
    }
    try (Producer<byte[], byte[]> producer =
        river.producer(ReplayTransactions.properties(river.topics))) {
      ReplayTransactions first = river.transactions(producer);
      first.begin();
      river.letters("replay", "--all");

      assertThatThrownBy(() -> first.send(river.outgoing(letters)))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("took over");
    }
    assertThat(river.committed(river.topics.messages().name())).hasSize(3);
  }

  @Test
  void givesUpOnWhatHasComeBackTooOften() {
    String messages = river.topics.messages().name();
    river.die("tokenizer", NOT_AVRO, river.read(messages, 0, KEY, JUNK, Letters.rounds(2)));
    LetterAddress third =
        river.die("tokenizer", NOT_AVRO, river.read(messages, 1, KEY, JUNK, Letters.rounds(3)));

    Ran ran = river.letters("replay", "--all");

    assertThat(ran.code()).isEqualTo(ExitCodes.OK);
    assertThat(ran.err())
        .isEqualToNormalizingNewlines(
            third + " is given up: it has been replayed 3 times already\n");
    assertThat(ran.sum())
        .isEqualTo("1 replayed, 0 skipped (already replayed), 1 given up, 0 impossible");
    assertThat(river.letters("list").out()).contains("given up");
    assertThat(river.letters("replay", "--all", "--max-rounds", "4").sum())
        .startsWith("1 replayed, 1 skipped");
  }

  @Test
  void aDryRunSendsNothingAndShutsOutNobody() {
    List<LetterAddress> letters = river.junk(2);
    try (Producer<byte[], byte[]> producer =
        river.producer(ReplayTransactions.properties(river.topics))) {
      ReplayTransactions running = river.transactions(producer);
      running.begin();

      Ran ran = river.letters("replay", "--all", "--dry-run");

      assertThat(ran.code()).isEqualTo(ExitCodes.OK);
      assertThat(ran.out())
          .contains("%s would go to %s-".formatted(letters.get(0), river.topics.messages().name()));
      assertThat(ran.sum()).startsWith("dry run, nothing was sent: 2 would be replayed, 0 skipped");
      assertThat(river.committed(river.topics.messages().name())).isEmpty();
      assertThat(running.send(river.outgoing(letters))).isEmpty();
    }
    // Readers see a transaction a moment after its writer does.
    await().until(() -> river.committed(river.topics.messages().name()).size() == 2);
  }

  @Test
  void whatCannotGoBackIsOneClearLineAndTheRestGoes() throws Exception {
    String gone = river.topics.prefix() + "gone";
    String narrow = river.topics.prefix() + "narrow";
    river.createTopic(narrow, Map.of("max.message.bytes", "2000"));
    LetterAddress lost =
        river.die("tokenizer", NOT_AVRO, river.read(gone, 0, KEY, JUNK, new RecordHeaders()));
    LetterAddress beyond =
        river.die(river.deadLetterOf(river.topics.messages().name(), 9, JUNK), 1, KEY);
    LetterAddress large =
        river.die(
            "tokenizer",
            NOT_AVRO,
            river.read(narrow, 0, KEY, new byte[5_000], new RecordHeaders()));
    LetterAddress small =
        river.die("tokenizer", NOT_AVRO, river.read(narrow, 0, KEY, JUNK, new RecordHeaders()));
    LetterAddress foreign = river.bytes(2, KEY, "no letter".getBytes(UTF_8));

    Ran ran = river.letters("replay", "--all");

    assertThat(ran.code()).isEqualTo(ExitCodes.SOME_FAILED);
    assertThat(ran.err().lines())
        .containsExactlyInAnyOrder(
            lost + " cannot be replayed: there is no topic " + gone + " any more",
            beyond
                + " cannot be replayed: the topic "
                + river.topics.messages().name()
                + " has no partition 9: it has 4",
            large + " cannot be replayed: the topic " + narrow + " takes no record of that size",
            foreign
                + " cannot be replayed: it is not a dead letter (The value (9 bytes) does not begin"
                + " with the wire format's magic byte and a schema id)");
    assertThat(ran.sum())
        .isEqualTo("1 replayed, 0 skipped (already replayed), 0 given up, 4 impossible");
    assertThat(river.committed(narrow)).extracting(ConsumerRecord::value).containsExactly(JUNK);
    assertThat(river.letters("replay", small.toString(), "3@99").err())
        .isEqualToNormalizingNewlines("3@99 cannot be replayed: there is no such letter\n");
  }

  @Test
  void aRecordTooLargeForALetterIsReadFromWhereItStood() throws Exception {
    String scores = river.topics.sentimentScores().name();
    var stands =
        river.send(
            new ProducerRecord<>(
                scores, 2, Letters.NOON.toEpochMilli(), KEY, JUNK, Letters.rounds(1)));
    LetterAddress there = river.die(river.notKept(scores, 2, stands.offset()), KEY);
    LetterAddress gone = river.die(river.notKept(scores, 2, 777), KEY);

    Ran ran = river.letters("replay", "--all");

    assertThat(ran.err())
        .isEqualToNormalizingNewlines(
            "%s cannot be replayed: it was too large for a letter, and %s-2@777 is not there any more\n"
                .formatted(gone, scores));
    assertThat(ran.code()).isEqualTo(ExitCodes.SOME_FAILED);
    assertThat(river.committed(scores))
        .hasSize(2)
        .allSatisfy(record -> assertThat(record.value()).isEqualTo(JUNK))
        .extracting(record -> DeadLetters.rounds(record.headers()))
        .containsExactly(1, 2);
    assertThat(river.letters("show", there.toString()).out())
        .contains("value    read from its origin, 8 B, cannot be read as SentimentScore");
    assertThat(river.letters("show", gone.toString()).out()).contains("value    lost: it was too");
    assertThat(river.letters("export", "--to", "-").err())
        .contains(
            gone + " is not complete: it was too large",
            "2 letters exported; 1 not complete or not letters");
  }

  @Test
  void nothingIsReplayedUnlessItIsSaidWhat() {
    river.junk(2);

    Ran ran = river.letters("replay");

    assertThat(ran.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(ran.err()).contains("say which letters");
    assertThat(river.committed(river.topics.messages().name())).isEmpty();
  }

  @Test
  void conditionsChooseWhatIsListedAndReplayed() {
    String messages = river.topics.messages().name();
    LetterAddress junk =
        river.die("tokenizer", NOT_AVRO, river.read(messages, 0, KEY, JUNK, new RecordHeaders()));
    river.die(
        "tokenizer",
        UNKNOWN_TASK,
        river.read(messages, 0, JUNK, river.encoded("an odd task"), new RecordHeaders()));

    assertThat(river.letters("list", "--key", "bo").out().lines())
        .hasSize(3)
        .element(1)
        .asString()
        .startsWith(junk + " ");
    assertThat(river.letters("list", "--count").out().lines())
        .containsExactly(
            "       1  tokenizer  NOT_AVRO",
            "       1  tokenizer  UNKNOWN_TASK",
            "2 letters; NOT_AVRO 1, UNKNOWN_TASK 1; 2 new");
    assertThat(river.letters("list", "--json", "--cause", "unknown_task").out())
        .contains("\"cause\":\"UNKNOWN_TASK\"")
        .doesNotContain("NOT_AVRO");
    assertThat(river.letters("list", "--limit", "1").sum())
        .endsWith("; the newest 1 are shown (--limit)");
    assertThat(river.letters("list", "0@0", "3@5").code()).isEqualTo(ExitCodes.SOME_FAILED);
    assertThat(river.letters("replay", "--cause", "unknown_task").sum())
        .startsWith("1 replayed, 0 skipped");
    assertThat(river.letters("list", "--since", "1h").sum()).isEqualTo("0 letters");
  }

  @Test
  void aLetterIsShownAndExportedWhole() throws Exception {
    String messages = river.topics.messages().name();
    byte[] value = river.encoded("an odd task");
    LetterAddress address =
        river.die(
            "tokenizer", UNKNOWN_TASK, river.read(messages, 0, KEY, value, new RecordHeaders()));
    Path file = folder.resolve("letters.jsonl");

    assertThat(river.letters("show", address.toString()).out())
        .contains("letter   " + address, "as Message:", "\"text\" : \"an odd task\"");
    assertThat(river.letters("show", "2@5").code()).isEqualTo(ExitCodes.SOME_FAILED);
    assertThat(raw(address)).isEqualTo(value);
    assertThat(river.letters("export", "--to", file.toString()).sum())
        .isEqualTo("1 letter exported");
    assertThat(Files.readString(file)).contains("\"address\":\"" + address + "\"");
    assertThat(river.letters("export", "--to", file.toString()).err()).contains("exists already");
  }

  @Test
  void aRiverWithoutTheMarksTopicIsListedAndToldWhatAReplayNeeds() throws Exception {
    river.junk(1);
    river.deleteTopics(List.of(river.topics.replayedLetters().name()));

    assertThat(river.letters("list").sum()).isEqualTo("1 letter; NOT_AVRO 1; 1 new");
    Ran ran = river.letters("replay", "--all");
    assertThat(ran.code()).isEqualTo(ExitCodes.CANNOT_RUN);
    assertThat(ran.err()).contains("headwater topics create");
  }

  private byte[] raw(LetterAddress address) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, UTF_8));
    try {
      assertThat(river.letters("show", address.toString(), "--raw").code()).isZero();
    } finally {
      System.setOut(before);
    }
    return bytes.toByteArray();
  }

  private static Header @Nullable [] headersOfPartition(
      List<ConsumerRecord<byte[], byte[]>> records, int partition) {
    return records.stream()
        .filter(record -> record.partition() == partition)
        .map(record -> record.headers().toArray())
        .findFirst()
        .orElse(null);
  }
}
