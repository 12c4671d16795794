package io.headwater.trainer.diagnosis;

import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.explain.SentimentExplainer;
import io.headwater.trainer.data.LabelledTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Diagnoses a sentiment package on labelled texts. The same inputs give the same report. */
public final class PackageDiagnosis {
  private final ModelPackage model;
  private final Options options;
  private final Consumer<String> progress;

  /**
   * How much is looked at.
   *
   * @param rows of each file at most, taken evenly
   * @param attentionTexts whose attention is read, at most
   * @param errors listed for each set
   * @param seed of the typos
   */
  public record Options(int rows, int attentionTexts, int errors, long seed) {
    /** Needs at least two rows, so that one half can fit what the other judges. */
    public Options {
      if (rows < 2 || attentionTexts < 0 || errors < 0) {
        throw new IllegalArgumentException(
            "rows are at least 2, and no number is below 0: %d, %d, %d"
                .formatted(rows, attentionTexts, errors));
      }
    }
  }

  /**
   * A diagnosis of one package.
   *
   * @param progress is told what is done
   */
  public PackageDiagnosis(ModelPackage model, Options options, Consumer<String> progress) {
    this.model = Objects.requireNonNull(model, "model");
    this.options = Objects.requireNonNull(options, "options");
    this.progress = Objects.requireNonNull(progress, "progress");
  }

  /**
   * Looks at everything.
   *
   * @param data what is reported on
   * @param fit what the temperature is fitted on; where there is none, every other row of the data,
   *     and the rows between them judge it
   * @throws IllegalArgumentException if a set is empty or the package is of another kind
   */
  public DiagnosisReport run(List<LabelledTexts> data, List<LabelledTexts> fit) {
    try (SentimentScorer scorer = SentimentScorer.open(model)) {
      List<Predictions> sets = predictions(scorer, data);
      boolean halves = fit.isEmpty();
      List<Predictions> fitting =
          halves ? sets.stream().map(set -> set.half(false)).toList() : predictions(scorer, fit);
      DiagnosisReport.Fitted fitted =
          new DiagnosisReport.Fitted(Temperature.fit(fitting), words(fitting, halves));
      List<SetReport> reports = new ArrayList<>();
      for (Predictions set : sets) {
        Predictions judged = halves && set.size() > 1 ? set.half(true) : set;
        reports.add(
            new SetReport(set, judged, fitted.temperature(), WorstError.of(set, options.errors())));
      }
      List<Robustness> robustness = new ArrayList<>();
      for (TextChange change : TextChange.USUAL) {
        progress.accept("changing texts: " + change.name());
        robustness.add(Robustness.of(sets, change, scorer::score, options.seed()));
      }
      return new DiagnosisReport(
          model.id().toString(),
          reports,
          fitted,
          robustness,
          Negation.of(scorer::score),
          attention(scorer, sets));
    }
  }

  private List<Predictions> predictions(SentimentScorer scorer, List<LabelledTexts> files) {
    List<Predictions> sets = new ArrayList<>();
    for (LabelledTexts file : files) {
      Sample sample = Sample.of(file, options.rows());
      progress.accept("scoring %,d texts of %s".formatted(sample.size(), file.name()));
      sets.add(Predictions.of(sample, scorer.score(sample.texts().texts())));
    }
    return sets;
  }

  private static String words(List<Predictions> sets, boolean halves) {
    return sets.stream()
        .map(
            set ->
                "%d rows of %s%s"
                    .formatted(
                        set.size(),
                        set.sample().texts().name(),
                        halves ? " (every other; the rest judges it)" : ""))
        .collect(Collectors.joining(", "));
  }

  private DiagnosisReport.Heads attention(SentimentScorer scorer, List<Predictions> sets) {
    List<String> texts = new ArrayList<>();
    int each = options.attentionTexts() / sets.size();
    for (Predictions set : sets) {
      List<String> all = set.sample().texts().texts();
      texts.addAll(all.subList(0, Math.min(each, all.size())));
    }
    progress.accept("reading the attention to %d texts".formatted(texts.size()));
    try (SentimentExplainer explainer = SentimentExplainer.open(model, EngineOptions.cpu())) {
      AttentionStudy study = new AttentionStudy();
      study.read(explainer, scorer.segments(texts));
      return new DiagnosisReport.Heads(study.texts(), study.heads(), "");
    } catch (InvalidModelPackageException e) {
      return new DiagnosisReport.Heads(0, List.of(), String.valueOf(e.getMessage()));
    }
  }
}
