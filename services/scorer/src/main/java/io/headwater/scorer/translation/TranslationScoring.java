package io.headwater.scorer.translation;

import io.headwater.avro.ModelRef;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.scorer.task.Answers;
import io.headwater.scorer.task.InvalidTokensException;
import io.headwater.scorer.task.Models;
import io.headwater.scorer.task.Models.UnknownModelException;
import io.headwater.scorer.task.Scoring;
import io.headwater.scorer.task.TaskScoring;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Translates a unit of work: many token sequences at once, each by the model on its stamp, and each
 * put together again as its text was laid out. What needs no model is answered without one. Owned
 * by one thread.
 */
public final class TranslationScoring implements TaskScoring<Translation> {
  private final Models<LoadedTranslator> models;
  private final int callTokens;
  private final TranslationObserver observer;

  /**
   * A scoring over some models.
   *
   * @param callTokens most source tokens that the model is given at once; a longer text is given in
   *     several calls, so that its size bounds no memory but its own
   */
  public TranslationScoring(
      Models<LoadedTranslator> models, int callTokens, TranslationObserver observer) {
    this.models = models;
    this.callTokens = callTokens;
    this.observer = observer;
  }

  /** Sequences that the model can be given together. */
  private record Kind(ModelRef ref, @Nullable String targetLanguage, boolean explain) {
    static Kind of(TokenSequence sequence) {
      return new Kind(sequence.getModel(), sequence.getTargetLanguage(), sequence.getExplain());
    }
  }

  @Override
  public List<Scoring<Translation>> score(List<TokenSequence> sequences, Runnable pulse) {
    Answers<Translation> answers = new Answers<>(sequences.size());
    Map<Kind, List<Integer>> kinds = new LinkedHashMap<>();
    for (int i = 0; i < sequences.size(); i++) {
      Optional<Translation> known = Translations.withoutModel(sequences.get(i));
      if (known.isPresent()) {
        answers.scored(i, known.get());
      } else if (sequences.get(i).getText() == null) {
        answers.failed(
            i,
            DeadLetterCause.MISSING_TEXT,
            "The sequence lacks the message's text, by which its translation is laid out");
      } else {
        kinds.computeIfAbsent(Kind.of(sequences.get(i)), kind -> new ArrayList<>()).add(i);
      }
    }
    kinds.forEach((kind, indexes) -> translate(kind, indexes, sequences, answers, pulse));
    return answers.complete();
  }

  private void translate(
      Kind kind,
      List<Integer> indexes,
      List<TokenSequence> sequences,
      Answers<Translation> answers,
      Runnable pulse) {
    LoadedTranslator model;
    try {
      model = models.require(kind.ref());
    } catch (UnknownModelException e) {
      String unknown = String.valueOf(e.getMessage());
      indexes.forEach(i -> answers.failed(i, DeadLetterCause.UNKNOWN_MODEL, unknown));
      return;
    }
    Map<Integer, TranslatedRecord> records = new LinkedHashMap<>();
    for (int i : indexes) {
      try {
        records.put(i, TranslatedRecord.of(sequences.get(i), model));
      } catch (InvalidTokensException e) {
        answers.failed(i, DeadLetterCause.INVALID_TOKENS, String.valueOf(e.getMessage()));
      }
    }
    boolean explain = kind.explain() && model.translator().explains();
    String target = String.valueOf(kind.targetLanguage());
    new TranslationRun(
            (sources, watched) -> model.translator().translate(sources, target, explain, watched),
            records,
            observer,
            pulse)
        .run(callTokens);
    records.forEach((i, record) -> answers.put(i, record.finished()));
  }
}
