package io.headwater.load;

import io.headwater.avro.ModelRef;
import io.headwater.avro.Origin;
import io.headwater.avro.TokenSegment;
import io.headwater.avro.TokenSequence;
import io.headwater.schemas.TokenInts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of a made-up text: ids as a vocabulary of 30,522 has them, and offsets of words of
 * five characters.
 */
record SampleTokens(int[] ids, int[] starts, int[] ends) {
  private static final int SEGMENT = 510;
  private static final int VOCABULARY = 30_522;

  static SampleTokens of(int count, int firstToken) {
    int[] ids = new int[count];
    int[] starts = new int[count];
    int[] ends = new int[count];
    for (int i = 0; i < count; i++) {
      int token = firstToken + i;
      ids[i] = Math.floorMod(token * 7_919, VOCABULARY);
      starts[i] = token * 6;
      ends[i] = token * 6 + 5;
    }
    return new SampleTokens(ids, starts, ends);
  }

  /** The record that the tokenizer would write for a text of {@code count} tokens. */
  static TokenSequence sequence(int count) {
    List<TokenSegment> segments = new ArrayList<>();
    for (int first = 0; first < count; first += SEGMENT) {
      SampleTokens tokens = of(Math.min(SEGMENT, count - first), first);
      segments.add(
          new TokenSegment(
              TokenInts.pack(tokens.ids),
              TokenInts.pack(tokens.starts),
              TokenInts.pack(tokens.ends),
              first));
    }
    return TokenSequence.newBuilder()
        .setMessageId("3f1c2a52-0b7e-4a51-9d1e-5a1f0d7c9b11")
        .setOrigin(new Origin("messages", 3, 123_456L))
        .setTask("sentiment")
        .setModel(new ModelRef("sentiment-e5-small-v2", "1.3.0"))
        .setTokenizerDigest("9".repeat(64))
        .setLanguage("en")
        .setLanguageDetected(true)
        .setPlannedTasks(List.of("sentiment"))
        .setTokenCount(count)
        .setSegments(segments)
        .setSentAt(Instant.ofEpochMilli(1_700_000_000_000L))
        .build();
  }
}
