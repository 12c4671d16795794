package io.headwater.scorer.translation;

import io.headwater.avro.Alignment;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
import io.headwater.models.translation.Hypothesis;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.TopicPlan;
import io.headwater.scorer.batch.SegmentSlot;
import io.headwater.scorer.task.InvalidTokensException;
import io.headwater.scorer.task.Scoring;
import io.headwater.scorer.task.UnpackedSegment;
import io.headwater.scorer.translation.SourceLayout.Joined;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token sequence on its way through a translation model: its checked segments, and what has
 * become of them so far.
 */
final class TranslatedRecord {
  private final TokenSequence sequence;
  private final LoadedTranslator model;
  private final List<UnpackedSegment> segments;
  private final SourceLayout layout;
  private final boolean explain;
  private final String[] pieces;
  private final List<SegmentAlignment> alignments = new ArrayList<>();
  private int toCome;
  private long alignmentBytes;
  private double logProbability;
  private int tokens;
  private boolean hitLengthLimit;
  private Scoring.@Nullable Failed<Translation> failure;

  private TranslatedRecord(
      TokenSequence sequence,
      LoadedTranslator model,
      List<UnpackedSegment> segments,
      SourceLayout layout) {
    this.sequence = sequence;
    this.model = model;
    this.segments = segments;
    this.layout = layout;
    this.explain = sequence.getExplain() && model.translator().explains();
    this.pieces = new String[segments.size()];
    Arrays.fill(pieces, "");
    for (UnpackedSegment segment : segments) {
      toCome += segment.ownTokens() == 0 ? 0 : 1;
      if (explain) {
        alignments.add(SegmentAlignment.none(segment));
      }
    }
  }

  /** Unpacks and checks a sequence against the model that shall translate it. */
  static TranslatedRecord of(TokenSequence sequence, LoadedTranslator model)
      throws InvalidTokensException {
    String target = sequence.getTargetLanguage();
    if (target == null || target.isBlank()) {
      throw new InvalidTokensException("The sequence names no language to translate into");
    }
    if (!model.translator().translates(sequence.getLanguage(), target)) {
      // The tags are not repeated: anybody can write them, of any length.
      throw new InvalidTokensException(
          "The model on the stamp does not translate between the sequence's languages");
    }
    List<UnpackedSegment> segments = UnpackedSegment.of(sequence, model.limits());
    return new TranslatedRecord(
        sequence, model, segments, SourceLayout.of(text(sequence), segments));
  }

  private static String text(TokenSequence sequence) {
    String text = sequence.getText();
    if (text == null) {
      throw new IllegalStateException("A sequence without its text");
    }
    return text;
  }

  /**
   * The segments for the model, in the order of the text. Not among them are those that have
   * nothing of the text: a model that is asked what nothing means invents something.
   */
  List<SegmentSlot> slots(int record) {
    List<SegmentSlot> slots = new ArrayList<>(toCome);
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i).ownTokens() > 0) {
        slots.add(new SegmentSlot(record, i, segments.get(i).ids()));
      }
    }
    return slots;
  }

  /**
   * A segment's translation.
   *
   * @throws RuntimeException when it is not one: no number, or tokens that are no text
   */
  void put(int segment, Hypothesis hypothesis) {
    if (!Double.isFinite(hypothesis.logProbability())) {
      throw new IllegalStateException("the model gave a probability that is not a number");
    }
    String piece = WhiteSpace.stripped(model.translator().decode(hypothesis.tokenIds()));
    if (explain) {
      align(segment, hypothesis, piece);
    }
    pieces[segment] = piece;
    logProbability += hypothesis.logProbability();
    tokens += hypothesis.tokenIds().length;
    hitLengthLimit |= hypothesis.hitLengthLimit();
    toCome--;
  }

  private void align(int number, Hypothesis hypothesis, String piece) {
    TargetSpans spans =
        TargetSpans.of(hypothesis.tokenIds(), piece, ids -> model.translator().decode(ids));
    SegmentAlignment alignment = SegmentAlignment.of(segments.get(number), hypothesis, spans);
    alignmentBytes += alignment.bytes();
    if (alignmentBytes > TopicPlan.DEFAULT_MAX_RECORD_BYTES) {
      // Told now and not when it is written: no memory is filled with what fits into no topic.
      fail(
          DeadLetterCause.RESULT_TOO_LARGE,
          "The explanation of the first %d of %d segments has %d bytes; the topic takes %d"
              .formatted(
                  number + 1, segments.size(), alignmentBytes, TopicPlan.DEFAULT_MAX_RECORD_BYTES));
      return;
    }
    alignments.set(number, alignment);
  }

  /** Gives the record up, and what is held for it. The first reason stays. */
  void fail(DeadLetterCause cause, String reason) {
    if (failure == null) {
      failure = new Scoring.Failed<>(cause, reason);
      alignments.clear();
    }
  }

  boolean hasFailed() {
    return failure != null;
  }

  /** What became of it, once every segment was put. */
  Scoring<Translation> finished() {
    Scoring.Failed<Translation> reason = failure;
    if (reason != null) {
      return reason;
    }
    if (toCome > 0) {
      throw new IllegalStateException("%d segments were not translated".formatted(toCome));
    }
    Joined joined = layout.join(List.of(pieces), String.valueOf(sequence.getTargetLanguage()));
    List<Alignment> placed = new ArrayList<>(alignments.size());
    for (int i = 0; i < alignments.size(); i++) {
      placed.add(alignments.get(i).at(joined.starts()[i]));
    }
    Translation translation = Translations.described(sequence, joined.text());
    translation.setProvenance(model.provenance());
    translation.setLogProbability(logProbability);
    translation.setTokenCount(tokens);
    translation.setHitLengthLimit(hitLengthLimit);
    translation.setAlignments(placed);
    return new Scoring.Scored<>(translation);
  }
}
