package io.headwater.tokenizer.plan;

import com.ibm.icu.util.ULocale;
import io.headwater.avro.Message;
import io.headwater.avro.ModelRef;
import io.headwater.avro.Origin;
import io.headwater.avro.TextSource;
import io.headwater.avro.TokenSegment;
import io.headwater.avro.TokenSequence;
import io.headwater.models.ModelPackage;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.Segment;
import io.headwater.models.text.SegmentCutter;
import io.headwater.models.text.TokenizedText;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.TokenInts;
import io.headwater.tokenizer.language.LanguageDetector;
import io.headwater.tokenizer.plan.Tokenization.Planned;
import io.headwater.tokenizer.plan.Tokenization.Refused;
import io.headwater.tokenizer.text.NormalizedText;
import io.headwater.tokenizer.text.TextNormalizer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a message into token sequences: normalises its text, finds its language, picks its tasks,
 * tokenises and cuts. The same message gives the same sequences. Not thread-safe (its language
 * detector is not).
 */
public final class MessagePlanner {
  private static final Set<String> LANGUAGES = Set.of(ULocale.getISOLanguages());

  private final ModelPackage model;
  private final PackageTokenizer tokenizer;
  private final SegmentCutter cutter;
  private final LanguageDetector languages;
  private final PlannerLimits limits;
  private final TextNormalizer normalizer = new TextNormalizer();

  /**
   * A planner for one sentiment model.
   *
   * @param model the package
   * @param tokenizer its tokenizer; the caller closes it
   * @param languages used for messages that name no language
   * @param limits sizes
   */
  public MessagePlanner(
      ModelPackage model,
      PackageTokenizer tokenizer,
      LanguageDetector languages,
      PlannerLimits limits) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.cutter = tokenizer.segmentCutter(limits.segmentOverlap());
    this.languages = languages;
    this.limits = limits;
  }

  /** Plans one message that was read at {@code origin}. */
  public Tokenization plan(Message message, Origin origin) {
    if (isTooLong(message.getText())) {
      return new Refused(
          DeadLetterCause.TEXT_TOO_LONG,
          "The text has more than %d bytes of UTF-8".formatted(limits.maxTextBytes()));
    }
    List<String> asked = message.getTasks() == null ? HeadwaterTopics.TASKS : message.getTasks();
    Optional<String> unknown =
        asked.stream().filter(task -> !HeadwaterTopics.TASKS.contains(task)).findFirst();
    if (unknown.isPresent()) {
      return new Refused(
          DeadLetterCause.UNKNOWN_TASK,
          "The message asks for an unknown task; known are " + HeadwaterTopics.TASKS);
    }
    NormalizedText text = normalizer.normalize(message.getText());
    Optional<String> named = primaryLanguage(message.getLanguage());
    String language = named.orElseGet(() -> languages.detect(text.text()));
    TokenSequence sequence = described(message, origin, language, named.isEmpty());
    skipReason(asked, language)
        .ifPresentOrElse(reason -> skip(sequence, reason), () -> tokenize(sequence, text));
    return new Planned(List.of(sequence));
  }

  /** The id of a message; made from its position where the producer gave none. */
  public static String idOf(Message message, Origin origin) {
    return message.getId().isBlank()
        ? "%s-%d-%d".formatted(origin.getTopic(), origin.getPartition(), origin.getOffset())
        : message.getId();
  }

  private TokenSequence described(
      Message message, Origin origin, String language, boolean detected) {
    TokenSequence sequence = new TokenSequence();
    sequence.setMessageId(idOf(message, origin));
    sequence.setOrigin(origin);
    sequence.setTask(HeadwaterTopics.SENTIMENT);
    sequence.setModel(new ModelRef(model.id().id(), model.id().version()));
    sequence.setTokenizerDigest(model.tokenizerDigest());
    sequence.setLanguage(language);
    sequence.setLanguageDetected(detected);
    sequence.setTextSource(TextSource.ORIGINAL);
    sequence.setPlannedTasks(List.of(HeadwaterTopics.SENTIMENT));
    sequence.setExplain(message.getExplain());
    sequence.setSentAt(message.getSentAt());
    return sequence;
  }

  private void tokenize(TokenSequence sequence, NormalizedText text) {
    TokenizedText tokens = tokenizer.encode(text.text());
    sequence.setTokenCount(tokens.ids().length);
    sequence.setSegments(
        cutter.cut(tokens).stream().map(segment -> written(segment, text)).toList());
  }

  private static void skip(TokenSequence sequence, String reason) {
    sequence.setSkipReason(reason);
    sequence.setTokenCount(0);
    sequence.setSegments(List.of());
  }

  /** Why there is nothing to score; empty when there is. */
  private Optional<String> skipReason(List<String> asked, String language) {
    if (!asked.contains(HeadwaterTopics.SENTIMENT)) {
      return Optional.of("sentiment was not asked for");
    }
    boolean readable =
        language.equals(LanguageDetector.UNDETERMINED) || model.languages().contains(language);
    return readable || limits.scoreOtherLanguages()
        ? Optional.empty()
        : Optional.of("no sentiment model reads language " + language);
  }

  private static TokenSegment written(Segment segment, NormalizedText text) {
    int[] starts = new int[segment.ids().length];
    int[] ends = new int[starts.length];
    for (int i = 0; i < starts.length; i++) {
      int[] range = text.written(segment.starts()[i], segment.ends()[i]);
      starts[i] = range[0];
      ends[i] = range[1];
    }
    return new TokenSegment(
        TokenInts.pack(segment.ids()),
        TokenInts.pack(starts),
        TokenInts.pack(ends),
        segment.firstToken());
  }

  private boolean isTooLong(String text) {
    // No character takes more than three bytes for each UTF-16 unit: most texts need no counting.
    return text.length() > limits.maxTextBytes() / 3
        && text.getBytes(StandardCharsets.UTF_8).length > limits.maxTextBytes();
  }

  /** The language that a tag names in its shortest code; empty where it names none there is. */
  private static Optional<String> primaryLanguage(String tag) {
    return Optional.ofNullable(tag)
        .map(given -> ULocale.forLanguageTag(given.strip().replace('_', '-')))
        .map(locale -> ULocale.createCanonical(locale).getLanguage())
        .filter(LANGUAGES::contains);
  }
}
