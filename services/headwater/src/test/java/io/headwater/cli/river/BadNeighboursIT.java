package io.headwater.cli.river;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.LabelProbability;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TokenSequence;
import io.headwater.cli.river.ScorerRiver.Output;
import io.headwater.models.ModelPackage;
import io.headwater.schemas.Decoded;
import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.RecordEncoder;
import io.headwater.schemas.Topic;
import io.headwater.schemas.TopicPlan;
import io.headwater.schemas.hostile.HealthyRecords;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One bad record never harms its neighbours: one in a hundred is bad, in polls of 64. */
@Tag("long")
class BadNeighboursIT {
  private static final int RECORDS = 6_400;
  private static final int ONE_IN = 100;
  private static final int TIMED_RECORDS = 12_800;
  private static final int REPETITIONS = Integer.getInteger("headwater.bad.repetitions", 5);

  private static final Map<Topic<?>, RecordDecoder<?>> DECODERS = new HashMap<>();

  @TempDir private static Path folder;
  private static ScorerRiver river;
  private static String digest = "";

  /** The ways in which a record is bad, with the cause that its letter names. */
  private enum Bad {
    NOT_AVRO("NOT_AVRO"),
    UNKNOWN_SCHEMA("UNKNOWN_SCHEMA"),
    INVALID_UTF8("INVALID_UTF8"),
    TOO_MANY_TOKENS("INVALID_TOKENS"),
    OUTSIDE_THE_VOCABULARY("INVALID_TOKENS"),
    NO_NUMBER("MODEL_FAILURE"),
    FAILING_RUN("MODEL_FAILURE"),
    NULL("NULL_VALUE"),
    /** Near the topic's limit: its score would be as large, and does not fit. */
    OVERSIZE("RESULT_TOO_LARGE");

    private final String cause;

    Bad(String cause) {
      this.cause = cause;
    }
  }

  /** What is sent, and at which places something bad. */
  private record Stream(List<byte[]> values, Map<Integer, Bad> bad) {}

  @BeforeAll
  static void startTheRiver() {
    river = ScorerRiver.start(folder);
    digest = ModelPackage.open(folder.resolve("models/tiny/1.0.0")).tokenizerDigest();
  }

  @AfterAll
  static void stopTheRiver() {
    if (river != null) {
      river.close();
    }
  }

  @Test
  void everyHealthyRecordIsScoredAsAmongHealthyOnesAndTheLettersAreTheBadOnes() throws Exception {
    HeadwaterTopics alone = river.freshTopics();
    HeadwaterTopics among = river.freshTopics();
    Stream healthy = stream(alone, RECORDS, List.of());
    Stream mixed = stream(among, RECORDS, List.of(Bad.values()));

    Map<String, List<LabelProbability>> expected = scores(river.run(alone, healthy.values()));
    Output output = river.run(among, mixed.values());

    assertThat(expected).hasSize(RECORDS);
    mixed.bad().keySet().forEach(place -> expected.remove("m-" + place));
    assertThat(mixed.bad()).hasSize(RECORDS / ONE_IN).containsValues(Bad.values());
    assertThat(output.scores()).hasSize(RECORDS - RECORDS / ONE_IN);
    assertThat(scores(output)).isEqualTo(expected);
    checkLetters(mixed, output);
  }

  /** Prints what the bad records cost; how long things take is never a reason to fail. */
  @Test
  void tellsWhatTheBadRecordsCost() throws Exception {
    List<Bad> small = new ArrayList<>(List.of(Bad.values()));
    small.remove(Bad.OVERSIZE);
    List<Double> shares = new ArrayList<>();
    for (int repetition = -1; repetition < REPETITIONS; repetition++) {
      boolean badFirst = repetition % 2 == 0;
      double first = recordsPerSecond(badFirst ? small : List.of());
      double second = recordsPerSecond(badFirst ? List.of() : small);
      double with = badFirst ? first : second;
      double without = badFirst ? second : first;
      if (repetition >= 0) {
        shares.add(with / without);
        System.out.printf(
            "bad neighbours: %.0f records/s with 1 %% bad, %.0f without, share %.3f%n",
            with, without, with / without);
      }
    }
    shares.sort(null);
    System.out.printf("bad neighbours: median share %.3f%n", shares.get(shares.size() / 2));
    assertThat(shares).hasSize(REPETITIONS);
  }

  private static double recordsPerSecond(List<Bad> kinds) throws Exception {
    HeadwaterTopics topics = river.freshTopics();
    Output output = river.run(topics, stream(topics, TIMED_RECORDS, kinds).values());
    long first = Long.MAX_VALUE;
    long last = 0;
    for (ConsumerRecord<byte[], byte[]> score : output.scores()) {
      byte[] digits = score.headers().lastHeader("headwater.scored.at").value();
      long at = Long.parseLong(new String(digits, US_ASCII));
      first = Math.min(first, at);
      last = Math.max(last, at);
    }
    assertThat(output.scores().size() + output.letters().size()).isEqualTo(TIMED_RECORDS);
    return 1_000.0 * TIMED_RECORDS / Math.max(1, last - first);
  }

  private static void checkLetters(Stream sent, Output output) {
    Map<Integer, String> causes = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : output.letters()) {
      DeadLetter letter = decoded(output.topics().deadLetters(), record.value());
      int place = (int) letter.getOffset() * ScorerRiver.PARTITIONS + letter.getPartition();
      assertThat(causes.put(place, letter.getCause())).as("a second letter of %d", place).isNull();
      byte @Nullable [] value = sent.values().get(place);
      assertThat(letter.getValue()).isEqualTo(value == null ? null : ByteBuffer.wrap(value));
      assertThat(letter.getStage()).isEqualTo("scorer");
    }
    Map<Integer, String> expected = new TreeMap<>();
    sent.bad().forEach((place, bad) -> expected.put(place, bad.cause));
    assertThat(causes).isEqualTo(expected);
  }

  private static Map<String, List<LabelProbability>> scores(Output output) {
    Map<String, List<LabelProbability>> scores = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : output.scores()) {
      SentimentScore score = decoded(output.topics().sentimentScores(), record.value());
      scores.put(score.getMessageId(), score.getProbabilities());
    }
    return scores;
  }

  /** Records from a seed; one in a hundred is bad, of each kind in turn, two of them oversize. */
  private static Stream stream(HeadwaterTopics topics, int records, List<Bad> kinds) {
    RecordEncoder<TokenSequence> encoder = river.registry().encoder(topics.tokens("sentiment"));
    Random random = new Random(7);
    List<byte[]> values = new ArrayList<>(records);
    Map<Integer, Bad> bad = new TreeMap<>();
    for (int i = 0; i < records; i++) {
      int[] ids = random.ints(2 + random.nextInt(14), 5, 12).toArray();
      byte[] healthy = encoder.encode(HealthyRecords.tokens("m-" + i, digest, ids));
      if (kinds.isEmpty() || i % ONE_IN != ONE_IN / 2 + i / ONE_IN % 13) {
        values.add(healthy);
      } else {
        Bad kind = kinds.get(i / ONE_IN % kinds.size());
        boolean isOneTooMany =
            kind == Bad.OVERSIZE && bad.values().stream().filter(kind::equals).count() == 2;
        Bad chosen = isOneTooMany ? Bad.FAILING_RUN : kind;
        bad.put(i, chosen);
        values.add(bytes(chosen, healthy, encoder, i));
      }
    }
    return new Stream(values, bad);
  }

  @SuppressWarnings("NullAway") // a record may lack its value
  private static byte[] bytes(
      Bad kind, byte[] healthy, RecordEncoder<TokenSequence> encoder, int number) {
    String id = "bad-" + number;
    return switch (kind) {
      case NOT_AVRO -> "no tokens at all".getBytes(UTF_8);
      case UNKNOWN_SCHEMA -> ByteBuffer.wrap(healthy.clone()).putInt(1, 123_456).array();
      case INVALID_UTF8 ->
          new String(encoder.encode(tokens("MARK", 5)), ISO_8859_1)
              .replace("MARK", "\u00ff\u00fe\u00ff\u00fe")
              .getBytes(ISO_8859_1);
      case TOO_MANY_TOKENS -> {
        int[] many = new int[17];
        Arrays.fill(many, 5);
        yield encoder.encode(tokens(id, many));
      }
      case OUTSIDE_THE_VOCABULARY -> encoder.encode(tokens(id, 5, number % 2 == 0 ? -1 : 99_999));
      case NO_NUMBER -> encoder.encode(tokens(id, 5, ScorerRiver.NO_NUMBER, 6));
      case FAILING_RUN -> encoder.encode(tokens(id, 5, ScorerRiver.FAILING, 6));
      case NULL -> null;
      case OVERSIZE ->
          encoder.encode(tokens("x".repeat(TopicPlan.DEFAULT_MAX_RECORD_BYTES - 20_000), 5));
    };
  }

  private static TokenSequence tokens(String id, int... ids) {
    return HealthyRecords.tokens(id, digest, ids);
  }

  @SuppressWarnings("unchecked") // the topic and its decoder have the same type
  private static <V extends SpecificRecord> V decoded(Topic<V> topic, byte[] bytes) {
    Decoded<?> answer = DECODERS.computeIfAbsent(topic, river.registry()::decoder).decode(bytes);
    if (answer instanceof Healthy<?> healthy) {
      return (V) healthy.value();
    }
    throw new AssertionError("An unreadable record in " + topic.name() + ": " + answer);
  }
}
