package io.headwater.scorer.translation;

import io.headwater.avro.ModelRef;
import io.headwater.avro.Origin;
import io.headwater.avro.Provenance;
import io.headwater.avro.TokenSegment;
import io.headwater.avro.TokenSequence;
import io.headwater.schemas.TokenInts;
import io.headwater.scorer.task.TokenLimits;
import java.util.ArrayList;
import java.util.List;

/**
 * Token sequences of translation for tests: each UTF-16 code unit is a token, whose id it is, and a
 * sentence is between a start and an end token.
 */
public final class TextSequences {
  public static final ModelRef FAKE = new ModelRef("fake-translation", "1.0.0");
  public static final String DIGEST = "digest-of-the-tokenizer";
  public static final int MAX_TOKENS = 64;
  public static final int VOCABULARY = Character.MAX_VALUE + 1;

  /** Id of the token that opens a segment. */
  static final int START = 2;

  /** Id of the token that closes a segment. */
  static final int END = 3;

  private TextSequences() {}

  /** A model that the scorer takes for a loaded one. */
  public static LoadedTranslator loaded(ModelRef ref, SegmentTranslator translator) {
    return new LoadedTranslator(
        ref,
        new Provenance("digest-of-" + ref.getId(), DIGEST, "none 1.0", "cpu"),
        new TokenLimits(DIGEST, MAX_TOKENS, VOCABULARY),
        translator);
  }

  /** A German text made of parts; each part that is no white space is a segment. */
  public static TokenSequence of(String id, String... parts) {
    List<TokenSegment> segments = new ArrayList<>();
    int at = 0;
    int tokens = 0;
    for (String part : parts) {
      if (!WhiteSpace.stripped(part).isEmpty()) {
        segments.add(segment(part, at, tokens));
        tokens += part.length();
      }
      at += part.length();
    }
    return TokenSequence.newBuilder()
        .setMessageId(id)
        .setOrigin(new Origin("messages", 0, 0L))
        .setTask("translation")
        .setModel(FAKE)
        .setTokenizerDigest(DIGEST)
        .setLanguage("de")
        .setLanguageDetected(true)
        .setTargetLanguage("en")
        .setPlannedTasks(List.of("translation", "sentiment"))
        .setAskedTasks(List.of("sentiment"))
        .setTokenCount(tokens)
        .setSegments(segments)
        .setText(String.join("", parts))
        .build();
  }

  private static TokenSegment segment(String part, int at, int firstToken) {
    int[] ids = new int[part.length() + 2];
    int[] starts = new int[ids.length];
    int[] ends = new int[ids.length];
    for (int i = 0; i < part.length(); i++) {
      ids[i + 1] = part.charAt(i);
      starts[i + 1] = at + i;
      ends[i + 1] = at + i + 1;
    }
    for (int special : new int[] {0, ids.length - 1}) {
      ids[special] = special == 0 ? START : END;
      starts[special] = -1;
      ends[special] = -1;
    }
    return new TokenSegment(
        TokenInts.pack(ids), TokenInts.pack(starts), TokenInts.pack(ends), firstToken);
  }
}
