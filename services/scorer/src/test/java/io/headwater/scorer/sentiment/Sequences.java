package io.headwater.scorer.sentiment;

import io.headwater.avro.ModelRef;
import io.headwater.avro.Origin;
import io.headwater.avro.Provenance;
import io.headwater.avro.TokenSequence;
import io.headwater.schemas.hostile.HealthyRecords;
import io.headwater.scorer.task.TokenLimits;
import java.util.List;
import java.util.stream.Stream;

/** Token sequences, and the models that they are stamped with, for tests. */
public final class Sequences {
  public static final ModelRef FAKE = new ModelRef("fake", "1.0.0");
  public static final String DIGEST = "digest-of-the-tokenizer";
  public static final int MAX_TOKENS = 64;
  public static final int VOCABULARY = 1_000;

  private Sequences() {}

  /** A model that the scorer takes for a loaded one. */
  public static LoadedModel loaded(ModelRef ref, SegmentModel model) {
    return new LoadedModel(
        ref,
        new Provenance("digest-of-" + ref.getId(), DIGEST, "none 1.0", "cpu"),
        List.of("negative", "neutral", "positive"),
        new TokenLimits(DIGEST, MAX_TOKENS, VOCABULARY),
        model);
  }

  /** A sequence of one segment for each array, without overlap. */
  public static TokenSequence of(String id, int[]... segments) {
    return TokenSequence.newBuilder()
        .setMessageId(id)
        .setOrigin(new Origin("messages", 0, 0L))
        .setTask("sentiment")
        .setModel(FAKE)
        .setTokenizerDigest(DIGEST)
        .setLanguage("en")
        .setLanguageDetected(true)
        .setPlannedTasks(List.of("sentiment"))
        .setTokenCount(Stream.of(segments).mapToInt(ids -> ids.length).sum())
        .setSegments(HealthyRecords.packed(segments))
        .build();
  }

  /** The same for another model. */
  public static TokenSequence stamped(ModelRef ref, TokenSequence sequence) {
    return TokenSequence.newBuilder(sequence).setModel(ref).build();
  }

  /** A segment of four times the same token. */
  public static int[] ids(int id) {
    return new int[] {id, id, id, id};
  }
}
