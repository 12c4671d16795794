package io.headwater.faults.traffic;

import io.headwater.avro.Message;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The messages of one scenario. Each follows from the seed and its number alone, so that sender and
 * checker agree without telling each other anything. Thread-safe.
 */
public final class Traffic {
  /** Attribute with the message's number among those of its key. */
  public static final String SEQUENCE = "sequence";

  private static final int KEYS = 3_000;
  private static final List<String> SOURCES = List.of("chat", "mail", "reviews", "tickets");

  private final String run;
  private final long seed;
  private final Instant start;
  private final Texts texts;
  private final double[] keyShares = new double[KEYS];
  private final int[] keyCounts = new int[KEYS];
  private int[] sequences = new int[1024];
  private int planned;

  /**
   * The traffic of a run.
   *
   * @param run begins every id
   * @param start when the first message says that it was sent; each next one a millisecond later
   */
  public Traffic(String run, long seed, Instant start, Texts texts) {
    this.run = run;
    this.seed = seed;
    this.start = start.truncatedTo(ChronoUnit.MILLIS);
    this.texts = texts;
    double sum = 0;
    for (int rank = 0; rank < KEYS; rank++) {
      sum += 1.0 / (rank + 1);
      keyShares[rank] = sum;
    }
  }

  /** The message of that number. */
  public Planned message(long index) {
    int key = keyOf(index);
    int sequence = sequenceOf(index);
    long dice = dice(index, 2);
    double skew = unit(dice(index, 3));
    int text = (int) (skew * skew * texts.count());
    String name = run + "-k" + key;
    Message message = new Message();
    message.setId(run + "-" + index);
    message.setText(texts.get(text));
    message.setLanguage("en");
    message.setSource(SOURCES.get((int) (dice & 3)));
    message.setAuthor("author-" + (dice >>> 2) % 500);
    message.setConversation(name);
    message.setSentAt(start.plusMillis(index));
    message.setExplain(false);
    message.setAttributes(
        Map.of(SEQUENCE, Integer.toString(sequence), "check", Long.toHexString(dice(index, 4))));
    return new Planned(index, name, sequence, text, message);
  }

  /** The number of the message with that id; empty when it is none of this traffic's. */
  public OptionalLong indexOf(String id) {
    if (!id.startsWith(run + "-")) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(id.substring(run.length() + 1)));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Zipf: the first key has a share of about an eighth. */
  private int keyOf(long index) {
    double point = unit(dice(index, 1)) * keyShares[KEYS - 1];
    int found = Arrays.binarySearch(keyShares, point);
    return found >= 0 ? found : -found - 1;
  }

  private synchronized int sequenceOf(long index) {
    while (planned <= index) {
      if (planned == sequences.length) {
        sequences = Arrays.copyOf(sequences, 2 * planned);
      }
      sequences[planned] = keyCounts[keyOf(planned)]++;
      planned++;
    }
    return sequences[(int) index];
  }

  private static double unit(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }

  /** SplitMix64's finalizer over seed, index and use. */
  private long dice(long index, int use) {
    long z = seed + 0x9E3779B97F4A7C15L * (index * 8 + use + 1);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
