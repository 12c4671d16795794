package io.headwater.cli.river;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.ModelRef;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
import io.headwater.cli.river.ScorerRiver.Output;
import io.headwater.models.ModelPackage;
import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.RecordEncoder;
import io.headwater.schemas.Topic;
import io.headwater.schemas.hostile.HealthyRecords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scorer of both tasks on a real broker: two groups, two transactional producers. */
class TwoTasksIT {
  private static final int RECORDS = 300;
  private static final int NOT_AVRO = 40;
  private static final int UNTRANSLATABLE = 41;

  @TempDir private static Path folder;
  private static ScorerRiver river;

  @BeforeAll
  static void startTheRiver() {
    river = ScorerRiver.start(folder);
  }

  @AfterAll
  static void stopTheRiver() {
    if (river != null) {
      river.close();
    }
  }

  @Test
  void eachTaskAnswersEveryRecordOnceAndInItsPlaceAcrossARestart() throws Exception {
    HeadwaterTopics topics = river.freshTopics();
    Map<String, List<byte[]>> first = values(topics, 0);
    Map<String, List<byte[]>> second = values(topics, RECORDS);

    river.run(topics, first);
    Output output = river.run(topics, second);

    List<String> scored = new ArrayList<>(ids(0));
    scored.addAll(ids(RECORDS));
    assertThat(
            inTheirOrder(output.scores(), topics.sentimentScores(), SentimentScore::getMessageId))
        .containsExactlyElementsOf(scored);
    List<String> translated = new ArrayList<>(scored);
    for (int begin : new int[] {0, RECORDS}) {
      translated.remove("m-" + (begin + NOT_AVRO));
      translated.remove("m-" + (begin + UNTRANSLATABLE));
    }
    assertThat(
            inTheirOrder(output.translations(), topics.translations(), Translation::getMessageId))
        .containsExactlyElementsOf(translated);
    assertThat(output.letters())
        .extracting(letter -> decoded(topics.deadLetters(), letter).getCause())
        .containsExactlyInAnyOrder("NOT_AVRO", "MODEL_FAILURE", "NOT_AVRO", "MODEL_FAILURE");
    assertThat(output.letters())
        .extracting(letter -> decoded(topics.deadLetters(), letter))
        .extracting(DeadLetter::getTopic)
        .containsOnly(topics.tokens("translation").name());
  }

  /** Ids by the order of their partitions: with two of these, every second record is in one. */
  private static <V extends SpecificRecord> List<String> inTheirOrder(
      List<ConsumerRecord<byte[], byte[]>> records, Topic<V> topic, Function<V, String> idOf) {
    List<List<String>> partitions = new ArrayList<>();
    IntStream.range(0, ScorerRiver.PARTITIONS).forEach(p -> partitions.add(new ArrayList<>()));
    for (ConsumerRecord<byte[], byte[]> record : records) {
      partitions.get(record.partition()).add(idOf.apply(decoded(topic, record)));
    }
    for (List<String> ids : partitions) {
      assertThat(ids).isSortedAccordingTo((a, b) -> Integer.compare(number(a), number(b)));
    }
    return partitions.stream()
        .flatMap(List::stream)
        .sorted((a, b) -> Integer.compare(number(a), number(b)))
        .toList();
  }

  private static Map<String, List<byte[]>> values(HeadwaterTopics topics, int begin) {
    return Map.of(
        "sentiment", values(topics, "sentiment", "tiny", begin),
        "translation", values(topics, "translation", "tiny-translation", begin));
  }

  private static List<byte[]> values(HeadwaterTopics topics, String task, String model, int begin) {
    RecordEncoder<TokenSequence> encoder = river.registry().encoder(topics.tokens(task));
    String digest =
        ModelPackage.open(folder.resolve("models").resolve(model).resolve("1.0.0"))
            .tokenizerDigest();
    boolean translates = task.equals("translation");
    Random random = new Random(begin);
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      int[] ids = random.ints(2 + random.nextInt(8), 5, 11).toArray();
      if (translates && i == UNTRANSLATABLE) {
        ids[1] = ScorerRiver.UNTRANSLATABLE;
      }
      TokenSequence sequence = HealthyRecords.tokens("m-" + (begin + i), digest, ids);
      sequence.setTask(task);
      sequence.setModel(new ModelRef(model, "1.0.0"));
      if (translates) {
        sequence.setLanguage("de");
        sequence.setTargetLanguage("en");
        sequence.setText("Der Film.".repeat(3));
      }
      values.add(
          translates && i == NOT_AVRO
              ? "no tokens".getBytes(StandardCharsets.UTF_8)
              : encoder.encode(sequence));
    }
    return values;
  }

  private static List<String> ids(int begin) {
    return IntStream.range(begin, begin + RECORDS).mapToObj(i -> "m-" + i).toList();
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(2));
  }

  private static <V extends SpecificRecord> V decoded(
      Topic<V> topic, ConsumerRecord<byte[], byte[]> record) {
    RecordDecoder<V> decoder = river.registry().decoder(topic);
    if (decoder.decode(record.value()) instanceof Healthy<V> healthy) {
      return healthy.value();
    }
    throw new AssertionError("An unreadable record in " + topic.name());
  }
}
