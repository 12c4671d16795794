package io.headwater.tokenizer.plan;

import io.headwater.avro.Origin;
import io.headwater.avro.TextSource;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.SegmentCutter;
import io.headwater.models.text.TokenizedText;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.tokenizer.language.LanguageDetector;
import io.headwater.tokenizer.plan.Tokenization.Planned;
import io.headwater.tokenizer.plan.Tokenization.Refused;
import io.headwater.tokenizer.text.NormalizedText;
import io.headwater.tokenizer.text.TextNormalizer;
import java.util.List;

/**
 * Makes the token sequences of the sentiment task: of a message, or of a translation. The original
 * is read where the model knows its language, else the translation. Thread-safe.
 */
public final class SentimentPlanner implements Planner<Translation> {
  private final ModelPackage model;
  private final PackageTokenizer tokenizer;
  private final SegmentCutter cutter;
  private final PlannerLimits limits;
  private final TextNormalizer normalizer = new TextNormalizer();

  /**
   * A planner for one sentiment model.
   *
   * @param model the package
   * @param tokenizer its tokenizer; the caller closes it
   */
  public SentimentPlanner(ModelPackage model, PackageTokenizer tokenizer, PlannerLimits limits) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.cutter = tokenizer.segmentCutter(limits.segmentOverlap());
    this.limits = limits;
  }

  /** The model that it plans for. */
  public ModelId model() {
    return model.id();
  }

  /** Whether a text in that language can be scored as it is. */
  boolean scores(String language) {
    return language.equals(LanguageDetector.UNDETERMINED)
        || limits.scoreOtherLanguages()
        || reads(language);
  }

  /** Whether the model itself knows a language. */
  boolean reads(String language) {
    return model.languages().contains(language);
  }

  /** The sequence of a message that is not translated first. */
  TokenSequence plan(ReadMessage message) {
    Envelope envelope = message.envelope();
    TokenSequence sequence = sequence(envelope, List.of(HeadwaterTopics.SENTIMENT));
    if (!envelope.asksFor(HeadwaterTopics.SENTIMENT)) {
      return notAskedFor(sequence);
    }
    return scores(envelope.language())
        ? tokenized(sequence, message.text())
        : unreadable(sequence, envelope);
  }

  @Override
  public Tokenization plan(Translation translation, Origin position) {
    Envelope envelope = Envelope.of(translation);
    TokenSequence sequence = sequence(envelope, translation.getPlannedTasks());
    if (!envelope.asksFor(HeadwaterTopics.SENTIMENT)) {
      return new Planned(notAskedFor(sequence));
    }
    if (scores(envelope.language())) {
      String original = translation.getSourceText();
      return original == null
          ? new Refused(DeadLetterCause.MISSING_TEXT, "The translation lacks its original text")
          : ofText(sequence, original);
    }
    if (!isTranslated(translation) || !reads(translation.getTargetLanguage())) {
      return new Planned(unreadable(sequence, envelope));
    }
    if (translation.getText().isBlank()) {
      return new Planned(skipped(sequence, "the translation has no text"));
    }
    sequence.setTextSource(TextSource.TRANSLATION);
    return ofText(sequence, translation.getText());
  }

  /** Plans what follows a translation, with the models chosen for it. */
  public static Plans plan(Translation translation, Origin position, SentimentChoice choice) {
    return choice.plan(planner -> planner.plan(translation, position));
  }

  private static boolean isTranslated(Translation translation) {
    return translation.getSkipReason() == null && !translation.getPassedThrough();
  }

  private Tokenization ofText(TokenSequence sequence, String text) {
    // The original was measured when it was read; a translation may be longer, within reason.
    return limits.isFarTooLong(text)
        ? new Refused(
            DeadLetterCause.TEXT_TOO_LONG,
            "The text to be scored has more than %d bytes of UTF-8"
                .formatted(limits.maxTranslationBytes()))
        : new Planned(tokenized(sequence, normalizer.normalize(text)));
  }

  private TokenSequence sequence(Envelope envelope, List<String> planned) {
    return envelope.sequence(
        HeadwaterTopics.SENTIMENT, model.id(), model.tokenizerDigest(), planned);
  }

  private TokenSequence tokenized(TokenSequence sequence, NormalizedText text) {
    TokenizedText tokens = tokenizer.encode(text.text());
    sequence.setTokenCount(tokens.length());
    sequence.setSegments(
        cutter.cut(tokens).stream()
            .map(segment -> WrittenSegments.of(segment, text, segment.firstToken()))
            .toList());
    return sequence;
  }

  private static TokenSequence notAskedFor(TokenSequence sequence) {
    return skipped(sequence, "sentiment was not asked for");
  }

  private static TokenSequence unreadable(TokenSequence sequence, Envelope envelope) {
    return skipped(sequence, "no sentiment model reads language " + envelope.language());
  }

  private static TokenSequence skipped(TokenSequence sequence, String reason) {
    sequence.setSkipReason(reason);
    return sequence;
  }
}
