package io.headwater.load.river.corpus;

import io.headwater.avro.Message;
import io.headwater.schemas.RecordEncoder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Messages by number: all of one follows from its number, so that whoever reads a result knows what
 * was sent.
 */
public final class Traffic {
  private static final int KEYS = 1_000;
  private static final double EXPONENT = 1.0;
  private static final long SEED = 20261129;

  /** How far back a duplicate reaches. */
  private static final int REACH = 500;

  private final Corpus corpus;
  private final ZipfKeys keys = new ZipfKeys(KEYS, EXPONENT, SEED);
  private final double duplicates;
  private final long base;

  /** Over a corpus, every text once. */
  public Traffic(Corpus corpus) {
    this(corpus, 0, 0);
  }

  /**
   * Over a corpus.
   *
   * @param duplicates share of messages, 0 to 1, whose text is that of one shortly before
   * @param base number of the message that has the corpus' first text
   */
  public Traffic(Corpus corpus, double duplicates, long base) {
    if (!(duplicates >= 0 && duplicates <= 1)) {
      throw new IllegalArgumentException("The share of duplicates is 0 to 1");
    }
    this.corpus = corpus;
    this.duplicates = duplicates;
    this.base = base;
  }

  /** The text with that number. */
  public String text(long number) {
    long source = number - base;
    if (duplicates > 0 && source > 0) {
      SplittableRandom random = new SplittableRandom(SEED + source);
      if (random.nextDouble() < duplicates) {
        source = Math.max(0, source - 1 - random.nextInt(REACH));
      }
    }
    return corpus.text(source);
  }

  /** The id of the message with that number. */
  public static String id(long number) {
    return "m" + number;
  }

  /** The number of the message with that id. */
  public static long number(String id) {
    return Long.parseLong(id.substring(1));
  }

  /** The message as a record, with a time of sending that is now. */
  public ProducerRecord<byte[], byte[]> record(
      String topic, RecordEncoder<Message> encoder, long number) {
    String key = keys.key(number);
    Message message =
        Message.newBuilder()
            .setId(id(number))
            .setText(text(number))
            .setSource("load")
            .setConversation(key)
            .build();
    return new ProducerRecord<>(
        topic, key.getBytes(StandardCharsets.UTF_8), encoder.encode(message));
  }
}
