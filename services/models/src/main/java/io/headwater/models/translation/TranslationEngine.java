package io.headwater.models.translation;

import ai.onnxruntime.OrtEnvironment;
import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelPackage;
import io.headwater.models.TranslationFiles;
import io.headwater.models.engine.EngineException;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.EngineUnavailableException;
import io.headwater.models.engine.ExecutionProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Translates batches of source segments.
 *
 * <p>Owned by one thread: it calls {@link #translate} and {@link #close}, and nobody else does. On
 * the CPU, what a source becomes is the same to the last bit whatever else is translated with it.
 */
public final class TranslationEngine implements AutoCloseable {

  private final ModelPackage model;
  private final GenerationSettings settings;
  private final TokenBans bans;
  private final TranslationGraphs graphs;
  private final DecodingMemory memory = new DecodingMemory();

  private TranslationEngine(
      ModelPackage model, GenerationSettings settings, TranslationGraphs graphs) {
    this.model = model;
    this.settings = settings;
    this.bans = new TokenBans(settings);
    this.graphs = graphs;
  }

  /**
   * Loads a package's graphs, checks that they fit the package, and runs them on their longest
   * source and their longest translation.
   *
   * @throws EngineUnavailableException if CUDA was asked for and cannot be had
   * @throws InvalidModelPackageException if graphs and package do not fit; the line lists what the
   *     graph has
   */
  public static TranslationEngine open(ModelPackage model, EngineOptions options) {
    TranslationFiles files =
        model
            .translation()
            .orElseThrow(
                () ->
                    new InvalidModelPackageException(
                        model.folder(),
                        "its task is " + model.task() + ", but a translation model is needed"));
    try {
      GenerationSettings settings = GenerationSettingsReader.read(model, files);
      TranslationGraphs graphs = TranslationGraphs.open(files, options, model.vocabularySize());
      try {
        TranslationEngine engine = new TranslationEngine(model, settings, graphs);
        engine.probe(GenerationSettingsReader.vocabularySize(files));
        return engine;
      } catch (RuntimeException | IOException e) {
        graphs.close();
        throw e;
      }
    } catch (EngineUnavailableException e) {
      throw e;
    } catch (EngineException | IllegalArgumentException | IOException e) {
      throw new InvalidModelPackageException(model.folder(), String.valueOf(e.getMessage()), e);
    }
  }

  /** Finds out before any record is taken whether the graphs know every id and every position. */
  private void probe(OptionalInt expected) {
    int told = graphs.ports().scored();
    if (told >= 0) {
      requireVocabulary(told, expected);
    }
    int[] longest = new int[model.maxTokens()];
    Arrays.fill(longest, model.vocabularySize() - 1);
    PaddedSources source = new PaddedSources(List.of(longest), longest.length, model.padId());
    try (Decoding decoding = Decoding.start(graphs, memory, source, settings.start(), false)) {
      requireVocabulary(decoding.scored(), expected);
      decoding.scores(1);
      decoding.step(new int[] {settings.start(), settings.start()});
      decoding.reorder(new int[] {0, 0}, true);
      decoding.pretend(settings.maxLength() - 2);
      decoding.step(new int[] {settings.start(), settings.start()});
      decoding.scores(1);
    } catch (EngineException e) {
      throw new EngineException(
          "the graphs do not translate "
              + model.maxTokens()
              + " tokens of a vocabulary of "
              + model.vocabularySize()
              + " into up to "
              + settings.maxLength()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private void requireVocabulary(int scored, OptionalInt expected) {
    int known = model.vocabularySize();
    // Some models have a few more rows than tokens, and say so; those are never chosen.
    boolean fits = scored == known || (scored > known && expected.equals(OptionalInt.of(scored)));
    if (!fits) {
      throw new IllegalArgumentException(
          "the decoder scores "
              + scored
              + " tokens, but the tokenizer's vocabulary has "
              + known
              + (expected.isPresent() ? " and config.json says " + expected.getAsInt() : ""));
    }
    settings.requireWithin(scored);
  }

  /** Where the graphs run: {@link ExecutionProvider#CPU} or {@link ExecutionProvider#CUDA}. */
  public ExecutionProvider provider() {
    return graphs.encoder().provider();
  }

  /** Why the graphs run on the CPU although CUDA was preferred. */
  public Optional<String> fallbackReason() {
    return graphs.encoder().fallbackReason();
  }

  /** The runtime and its version, such as {@code onnxruntime 1.28.0}. */
  public String runtimeVersion() {
    return "onnxruntime " + OrtEnvironment.getEnvironment().getVersion();
  }

  /** One more than the largest token id that {@link #translate} takes. */
  public int vocabularySize() {
    return model.vocabularySize();
  }

  /** Whether the model can say which source tokens a generated token looked at. */
  public boolean explains() {
    return graphs.ports().attention().isPresent();
  }

  /**
   * Translates segments.
   *
   * @param sources token ids of each source, framed by its language's special tokens; none empty
   *     and none longer than the model takes
   * @param request how to translate; without effect is to ask a model to explain that cannot
   * @param pulse called by this thread before each decoding step; what it throws ends the call
   * @return one hypothesis for each source, in their order
   * @throws EngineException if a source does not fit the model, if the model does not write the
   *     language, if the runtime refuses a batch, or if the scores are no numbers
   */
  public List<Hypothesis> translate(List<int[]> sources, DecodingRequest request, Runnable pulse) {
    sources.forEach(this::requireFit);
    OptionalInt forcedFirst = forcedFirst(request.targetLanguage());
    int beams = request.beams() == 0 ? settings.beams() : request.beams();
    Hypothesis[] found = new Hypothesis[sources.size()];
    for (BatchPlan.Batch batch :
        BatchPlan.plan(sources, model.maxTokens(), beams, request.batchTokens())) {
      List<SentenceSearch> searches = new ArrayList<>();
      for (int i = 0; i < batch.sources().size(); i++) {
        searches.add(SentenceSearch.of(settings, forcedFirst, bans, beams));
      }
      pulse.run();
      translate(sources, batch, searches, request.explain(), pulse);
      for (int i = 0; i < searches.size(); i++) {
        int source = batch.sources().get(i);
        found[source] = searches.get(i).best(sources.get(source).length);
      }
    }
    return List.of(found);
  }

  private void translate(
      List<int[]> sources,
      BatchPlan.Batch batch,
      List<SentenceSearch> searches,
      boolean explain,
      Runnable pulse) {
    List<int[]> together = batch.sources().stream().map(sources::get).toList();
    PaddedSources padded = new PaddedSources(together, batch.length(), model.padId());
    try (Decoding decoding = Decoding.start(graphs, memory, padded, settings.start(), explain)) {
      new BatchTranslation(decoding, padded, searches, model.vocabularySize()).run(pulse);
    }
  }

  private OptionalInt forcedFirst(String targetLanguage) {
    if (!model.writes(targetLanguage)) {
      throw new EngineException(
          "model " + model.id() + " does not write language " + targetLanguage);
    }
    return model.marksLanguages() ? model.languageToken(targetLanguage) : settings.forcedFirst();
  }

  private void requireFit(int[] source) {
    if (source.length == 0 || source.length > model.maxTokens()) {
      throw new EngineException(
          "a source has " + source.length + " tokens; the model takes 1 to " + model.maxTokens());
    }
    for (int id : source) {
      if (id < 0 || id >= model.vocabularySize()) {
        throw new EngineException(
            "token id " + id + " is outside the vocabulary of " + model.vocabularySize());
      }
    }
  }

  @Override
  public void close() {
    graphs.close();
  }
}
