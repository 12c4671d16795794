package io.headwater.schemas.hostile;

import io.headwater.avro.Alignment;
import io.headwater.avro.DeadLetter;
import io.headwater.avro.Insight;
import io.headwater.avro.LabelProbability;
import io.headwater.avro.Message;
import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelRef;
import io.headwater.avro.Origin;
import io.headwater.avro.Provenance;
import io.headwater.avro.RecordHeader;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.SentimentWindow;
import io.headwater.avro.SkippedTask;
import io.headwater.avro.TextSource;
import io.headwater.avro.TokenSegment;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.TokenInts;
import io.headwater.schemas.Topic;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/** A good value of every topic, with something in every field. */
public final class HealthyRecords {
  /** The model on the stamps of the token sequences. */
  public static final ModelRef MODEL = new ModelRef("tiny", "1.0.0");

  private static final Instant TIME = Instant.ofEpochMilli(1_767_225_600_000L);
  private static final Provenance PROVENANCE =
      new Provenance("aa", "bb", "onnxruntime 1.28.0", "cpu");

  private HealthyRecords() {}

  public static Message message(String id, String text) {
    return Message.newBuilder()
        .setId(id)
        .setText(text)
        .setLanguage("en")
        .setSource("reviews")
        .setAuthor("ann")
        .setConversation("c-1")
        .setSentAt(TIME)
        .setTasks(List.of("sentiment"))
        .setTargetLanguage("de")
        .setAttributes(Map.of("stars", "5", "shop", "north"))
        .build();
  }

  /**
   * Tokens of one segment for each array.
   *
   * @param digest of the tokenizer that the model wants
   */
  public static TokenSequence tokens(String id, String digest, int[]... segments) {
    return TokenSequence.newBuilder()
        .setMessageId(id)
        .setOrigin(origin(7))
        .setTask("sentiment")
        .setModel(MODEL)
        .setTokenizerDigest(digest)
        .setLanguage("en")
        .setLanguageDetected(true)
        .setPlannedTasks(List.of("sentiment"))
        .setTokenCount(Stream.of(segments).mapToInt(ids -> ids.length).sum())
        .setSegments(packed(segments))
        .setSentAt(TIME)
        .build();
  }

  /** Segments without overlap; a token's offsets are its place in its segment. */
  public static List<TokenSegment> packed(int[]... segments) {
    List<TokenSegment> packed = new ArrayList<>();
    int first = 0;
    for (int[] ids : segments) {
      int[] offsets = new int[ids.length];
      Arrays.setAll(offsets, i -> i);
      packed.add(
          new TokenSegment(
              TokenInts.pack(ids), TokenInts.pack(offsets), TokenInts.pack(offsets), first));
      first += ids.length;
    }
    return packed;
  }

  public static Origin origin(long offset) {
    return new Origin("messages", 0, offset);
  }

  public static SentimentScore score(Origin origin, List<String> planned) {
    return SentimentScore.newBuilder()
        .setMessageId("m-" + origin.getOffset())
        .setOrigin(origin)
        .setModel(MODEL)
        .setProvenance(PROVENANCE)
        .setLanguage("en")
        .setTextSource(TextSource.ORIGINAL)
        .setLabel("positive")
        .setProbabilities(
            List.of(
                new LabelProbability("negative", 0.1f),
                new LabelProbability("neutral", 0.2f),
                new LabelProbability("positive", 0.7f)))
        .setSegmentCount(1)
        .setTokenCount(5)
        .setPlannedTasks(planned)
        .setSentAt(TIME)
        .build();
  }

  public static Translation translation(Origin origin, List<String> planned) {
    return Translation.newBuilder()
        .setMessageId("m-" + origin.getOffset())
        .setOrigin(origin)
        .setModel(MODEL)
        .setProvenance(PROVENANCE)
        .setText("Ein schöner Tag")
        .setSourceLanguage("en")
        .setTargetLanguage("de")
        .setLogProbability(-3.5)
        .setTokenCount(4)
        .setPlannedTasks(planned)
        .setSentAt(TIME)
        .setSourceText("A lovely day")
        .setAskedTasks(planned)
        .setSourceTokenCount(3)
        .setSegmentCount(1)
        .setAlignments(List.of(alignment()))
        .build();
  }

  /** One word of the translation, made from one word of the text. */
  private static Alignment alignment() {
    ByteBuffer weight = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return new Alignment(
        TokenInts.pack(new int[] {0}),
        TokenInts.pack(new int[] {1}),
        TokenInts.pack(new int[] {0}),
        TokenInts.pack(new int[] {3}),
        weight.putFloat(0, 1f));
  }

  public static Insight insight(String id) {
    List<String> planned = List.of("sentiment", "translation");
    return Insight.newBuilder()
        .setMessageId(id)
        .setOrigin(origin(3))
        .setMessage(message(id, "A lovely day"))
        .setLanguage("en")
        .setSentiment(score(origin(3), planned))
        .setTranslation(translation(origin(3), planned))
        .setSkipped(List.of(new SkippedTask("summary", "nobody does it")))
        .build();
  }

  public static SentimentWindow window() {
    return SentimentWindow.newBuilder()
        .setSource("reviews")
        .setLanguage("en")
        .setWindowStart(TIME)
        .setWindowSizeMs(60_000)
        .setCount(3)
        .setLabels(List.of(new io.headwater.avro.LabelCount("positive", 3L)))
        .setMeanPolarity(0.5)
        .build();
  }

  public static DeadLetter letter() {
    return DeadLetter.newBuilder()
        .setStage("tokenizer")
        .setCause("NOT_AVRO")
        .setDetail("why")
        .setTopic("messages")
        .setPartition(1)
        .setOffset(5)
        .setTimestamp(TIME)
        .setKey(ByteBuffer.wrap(new byte[] {1, 2}))
        .setValue(ByteBuffer.wrap(new byte[] {3, -4}))
        .setHeaders(List.of(new RecordHeader("trace", ByteBuffer.wrap(new byte[] {9}))))
        .setRounds(1)
        .build();
  }

  /** One value, in the wire format, of each topic with another type than the given one. */
  static List<byte[]> ofEveryOther(
      SchemaRegistry registry, HeadwaterTopics topics, Topic<?> topic) {
    List<byte[]> others = new ArrayList<>();
    add(others, registry, topic, topics.messages(), message("m", "Good day"));
    add(others, registry, topic, topics.tokens("sentiment"), tokens("m", "bb", new int[] {2, 5}));
    add(others, registry, topic, topics.sentimentScores(), score(origin(1), List.of("sentiment")));
    add(others, registry, topic, topics.translations(), translation(origin(1), List.of()));
    add(others, registry, topic, topics.insights(), insight("m"));
    add(others, registry, topic, topics.sentimentWindows(), window());
    add(others, registry, topic, topics.deadLetters(), letter());
    add(
        others,
        registry,
        topic,
        topics.models(),
        ModelAssignment.newBuilder()
            .setTask("sentiment")
            .setModel(MODEL)
            .setAssignedAt(TIME)
            .setAssignedBy("ann")
            .setNote("why not")
            .build());
    return others;
  }

  private static <V extends SpecificRecord> void add(
      List<byte[]> others, SchemaRegistry registry, Topic<?> not, Topic<V> topic, V value) {
    if (!topic.equals(not)) {
      others.add(registry.encoder(topic).encode(value));
    }
  }
}
