package io.headwater.cli.replay.result;

import io.headwater.aggregator.window.WindowCounting;
import io.headwater.avro.Insight;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.Translation;
import io.headwater.cli.TranslationOutcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * An insight, as far as two runs are compared by it.
 *
 * @param key names the message in both runs
 * @param messageId the message's id
 * @param origin where the message stands, for people
 * @param label its label
 * @param polarity P(positive) - P(negative); empty without sentiment
 * @param translation its translation; empty where it has none of its own
 * @param bytes the first half of the digest over its bytes
 * @param content the first half of the digest over its content
 * @param text the message's text
 */
public record InsightSummary(
    Key key,
    String messageId,
    String origin,
    String label,
    OptionalDouble polarity,
    String translation,
    long bytes,
    long content,
    String text) {
  /** What two runs name a message by. */
  public enum Join {
    /** Its place in the source topic: exact, where both runs read the same topic. */
    ORIGIN,
    /** Its id. */
    MESSAGE_ID
  }

  /** 128 bits of a name: short, and as good as unique. */
  public record Key(long high, long low) {
    static Key of(String name) {
      ByteBuffer digest = ByteBuffer.wrap(sha256(name.getBytes(StandardCharsets.UTF_8)));
      return new Key(digest.getLong(), digest.getLong());
    }
  }

  /** The summary of a record. */
  public static InsightSummary of(Join join, byte @Nullable [] key, byte[] value, Insight insight) {
    SentimentScore sentiment = insight.getSentiment();
    String origin =
        "%s-%d@%d"
            .formatted(
                insight.getOrigin().getTopic(),
                insight.getOrigin().getPartition(),
                insight.getOrigin().getOffset());
    return new InsightSummary(
        Key.of(join == Join.ORIGIN ? origin : insight.getMessageId()),
        insight.getMessageId(),
        origin,
        sentiment == null ? RunTally.NO_LABEL : sentiment.getLabel(),
        sentiment == null
            ? OptionalDouble.empty()
            : OptionalDouble.of(WindowCounting.polarity(sentiment)),
        TranslationOutcome.madeFor(insight).map(Translation::getText).orElse(""),
        half(InsightDigests.ofBytes(key, value)),
        half(InsightDigests.ofContent(key, insight)),
        insight.getMessage().getText());
  }

  private static long half(byte[] digest) {
    return ByteBuffer.wrap(digest).getLong();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
