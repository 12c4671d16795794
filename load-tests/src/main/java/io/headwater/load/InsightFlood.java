package io.headwater.load;

import io.headwater.avro.Insight;
import io.headwater.avro.LabelCount;
import io.headwater.avro.LabelProbability;
import io.headwater.avro.Message;
import io.headwater.avro.ModelRef;
import io.headwater.avro.Origin;
import io.headwater.avro.Provenance;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.SentimentWindow;
import io.headwater.avro.TextSource;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordEncoder;
import io.headwater.schemas.SchemaRegistry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes insights that nobody scored, far faster than a model could, and windows with them: what
 * the dashboard has to bear.
 */
public final class InsightFlood {
  private static final int SERIES = 40;
  private static final int INSIGHTS_A_WINDOW = 10;
  private static final long IDLE_NANOS = 1_000_000;
  private static final List<String> LABELS = List.of("negative", "neutral", "positive");
  private static final ModelRef MODEL = new ModelRef("flood", "1");

  private final HeadwaterTopics topics;
  private final RecordEncoder<Insight> insights;
  private final RecordEncoder<SentimentWindow> windows;
  private final Producer<byte[], byte[]> producer;

  private InsightFlood(
      HeadwaterTopics topics, SchemaRegistry registry, Producer<byte[], byte[]> to) {
    this.topics = topics;
    this.insights = registry.encoder(topics.insights());
    this.windows = registry.encoder(topics.sentimentWindows());
    this.producer = to;
  }

  /**
   * Floods a river.
   *
   * @param arguments bootstrap servers, URL of the registry, insights a second, seconds
   */
  public static void main(String[] arguments) {
    int rate = Integer.parseInt(arguments[2]);
    int seconds = Integer.parseInt(arguments[3]);
    Map<String, Object> properties =
        Map.of("bootstrap.servers", arguments[0], "acks", "1", "linger.ms", 5);
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      SchemaRegistry registry = SchemaRegistry.at(arguments[1], Map.of());
      long written =
          new InsightFlood(new HeadwaterTopics(""), registry, producer).run(rate, seconds);
      System.out.printf("%d insights in %d s%n", written, seconds);
    }
  }

  private long run(int rate, int seconds) {
    long begun = System.nanoTime();
    long end = begun + seconds * 1_000_000_000L;
    long written = 0;
    for (long now = begun; now < end; now = System.nanoTime()) {
      long due = (now - begun) / 1_000 * rate / 1_000_000;
      if (written >= due) {
        LockSupport.parkNanos(IDLE_NANOS);
      }
      for (; written < due; written++) {
        write(written);
      }
    }
    producer.flush();
    return written;
  }

  private void write(long number) {
    send(topics.insights().name(), insights.encode(insight(number)));
    if (number % INSIGHTS_A_WINDOW == 0) {
      send(topics.sentimentWindows().name(), windows.encode(window(number / INSIGHTS_A_WINDOW)));
    }
  }

  private void send(String topic, byte[] value) {
    var unused = producer.send(new ProducerRecord<>(topic, value));
  }

  private static String source(long number) {
    return "flood-" + number % SERIES;
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private static Insight insight(long number) {
    String id = "flood-" + number;
    Message message =
        Message.newBuilder()
            .setId(id)
            .setText(
                "Message %d of a flood; nobody can read as fast as these come.".formatted(number))
            .setSource(source(number))
            .setSentAt(now())
            .build();
    Origin origin = new Origin("messages", 0, number);
    return Insight.newBuilder()
        .setMessageId(id)
        .setOrigin(origin)
        .setMessage(message)
        .setLanguage("en")
        .setSentiment(score(id, origin, (int) (number % LABELS.size())))
        .build();
  }

  private static SentimentScore score(String id, Origin origin, int label) {
    List<LabelProbability> probabilities =
        LABELS.stream()
            .map(name -> new LabelProbability(name, name.equals(LABELS.get(label)) ? 0.8f : 0.1f))
            .toList();
    return SentimentScore.newBuilder()
        .setMessageId(id)
        .setOrigin(origin)
        .setModel(MODEL)
        .setProvenance(new Provenance("none", "none", "none", "none"))
        .setLanguage("en")
        .setTextSource(TextSource.ORIGINAL)
        .setLabel(LABELS.get(label))
        .setProbabilities(probabilities)
        .setSegmentCount(1)
        .setTokenCount(12)
        .setPlannedTasks(List.of("sentiment"))
        .build();
  }

  private static SentimentWindow window(long number) {
    long count = 1 + number / SERIES % 1_000;
    return SentimentWindow.newBuilder()
        .setSource(source(number))
        .setLanguage("en")
        .setWindowStart(Instant.now().truncatedTo(ChronoUnit.SECONDS))
        .setWindowSizeMs(1_000)
        .setCount(count)
        .setLabels(List.of(new LabelCount("positive", count)))
        .setMeanPolarity(Math.sin(number / 5_000.0) / 2)
        .build();
  }
}
