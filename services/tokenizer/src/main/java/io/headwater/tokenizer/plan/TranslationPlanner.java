package io.headwater.tokenizer.plan;

import static java.util.Objects.requireNonNull;

import io.headwater.avro.TokenSegment;
import io.headwater.avro.TokenSequence;
import io.headwater.models.LanguagePair;
import io.headwater.models.text.SegmentCutter;
import io.headwater.models.text.SourceFrame;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.tokenizer.language.LanguageDetector;
import io.headwater.tokenizer.sentence.Piece;
import io.headwater.tokenizer.sentence.PieceCutter;
import io.headwater.tokenizer.sentence.SentenceCutter;
import io.headwater.tokenizer.sentence.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the token sequences of the translation task: one segment a sentence. A message that needs
 * no translation, or that no model translates, has none and says why. Not thread-safe.
 */
public final class TranslationPlanner {
  /** Translation comes first: sentiment may read what it writes. */
  private static final List<String> PLANNED =
      List.of(HeadwaterTopics.TRANSLATION, HeadwaterTopics.SENTIMENT);

  private final TranslationSource source;
  private final SentimentPlanner sentiment;
  private final Set<String> reads;
  private final Set<String> writes;
  private final String usualTarget;
  private final SentenceCutter sentences = new SentenceCutter();
  private final PieceCutter pieces;

  /**
   * A planner for one translation model.
   *
   * @param sentiment says which languages need no translation to be scored
   * @param usualTarget BCP 47 tag of the language for messages that name none
   * @throws IllegalArgumentException if the tag names no language
   */
  public TranslationPlanner(
      TranslationSource source, SentimentPlanner sentiment, String usualTarget) {
    this.source = requireNonNull(source, "source");
    this.sentiment = requireNonNull(sentiment, "sentiment");
    this.reads =
        source.pairs().stream().map(LanguagePair::from).collect(Collectors.toUnmodifiableSet());
    this.writes =
        source.pairs().stream().map(LanguagePair::to).collect(Collectors.toUnmodifiableSet());
    this.usualTarget =
        named(usualTarget)
            .orElseThrow(() -> new IllegalArgumentException(usualTarget + " names no language"));
    this.pieces = new PieceCutter(source::encode);
  }

  /** Whether the model writes the language for messages that name none. */
  public boolean writesUsualTarget() {
    return writes.contains(usualTarget);
  }

  /** The sequence of a message. */
  TokenSequence plan(ReadMessage message) {
    Envelope envelope = message.envelope();
    Optional<String> target = target(message.targetTag());
    TokenSequence sequence =
        envelope.sequence(
            HeadwaterTopics.TRANSLATION, source.model(), source.tokenizerDigest(), PLANNED);
    sequence.setText(message.written());
    sequence.setTargetLanguage(target.orElse(usualTarget));
    Optional<String> reason = skipReason(envelope, target);
    if (reason.isPresent()) {
      sequence.setSkipReason(reason.get());
    } else if (!target.orElseThrow().equals(envelope.language())) {
      tokenize(sequence, message);
    }
    return sequence;
  }

  /** The language to translate into; empty where the message names one that there is not. */
  private Optional<String> target(@Nullable String tag) {
    return tag == null || tag.isBlank() ? Optional.of(usualTarget) : named(tag);
  }

  /** With its script or region where the model names them. */
  private Optional<String> named(String tag) {
    return Languages.names(tag).stream()
        .filter(writes::contains)
        .findFirst()
        .or(() -> Languages.primary(tag));
  }

  /** Why there is nothing to translate; empty when there is. */
  private Optional<String> skipReason(Envelope envelope, Optional<String> target) {
    String from = envelope.language();
    if (!isNeeded(envelope, target)) {
      return Optional.of("translation was not asked for");
    }
    if (from.equals(LanguageDetector.UNDETERMINED)) {
      return Optional.of("the language could not be told");
    }
    if (target.isEmpty()) {
      return Optional.of("the target language that was asked for does not exist");
    }
    if (target.get().equals(from)) {
      return Optional.empty();
    }
    LanguagePair pair = new LanguagePair(from, target.get());
    if (source.pairs().contains(pair)) {
      return Optional.empty();
    }
    return Optional.of(
        reads.contains(from)
            ? "no translation model for " + pair
            : "no translation model reads language " + from);
  }

  private boolean isNeeded(Envelope envelope, Optional<String> target) {
    return envelope.asksFor(HeadwaterTopics.TRANSLATION)
        || (envelope.asksFor(HeadwaterTopics.SENTIMENT)
            && !sentiment.scores(envelope.language())
            && target.filter(sentiment::reads).isPresent());
  }

  private void tokenize(TokenSequence sequence, ReadMessage message) {
    String text = message.text().text();
    String language = message.envelope().language();
    SourceFrame frame = source.frame(language);
    SegmentCutter framing = new SegmentCutter(frame.before(), frame.after(), source.maxTokens(), 0);
    List<TokenSegment> segments = new ArrayList<>();
    int tokens = 0;
    for (Span sentence : sentences.cut(text, language)) {
      for (Piece piece : pieces.cut(text, sentence, source.maxTokens() - frame.length())) {
        segments.add(
            WrittenSegments.of(framing.cut(piece.tokens()).get(0), message.text(), tokens));
        tokens += piece.tokens().length();
      }
    }
    sequence.setTokenCount(tokens);
    sequence.setSegments(segments);
    if (segments.isEmpty()) {
      sequence.setSkipReason("there is nothing to translate");
    }
  }
}
