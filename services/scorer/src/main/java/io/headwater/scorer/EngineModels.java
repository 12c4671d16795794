package io.headwater.scorer;

import io.headwater.avro.ModelRef;
import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.scorer.EngineOpener.Opened;
import io.headwater.scorer.sentiment.LoadedExplainer;
import io.headwater.scorer.sentiment.LoadedModel;
import io.headwater.scorer.task.Models;
import io.headwater.scorer.translation.LoadedTranslator;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task's models of a folder, each loaded when the first tokens with its stamp come, and kept.
 * Owned by the thread that scores.
 *
 * @param <M> a model of the task, ready to run
 */
public final class EngineModels<M> implements Models<M>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EngineModels.class);

  /** A missing model is looked for again after this: somebody may be copying it in. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

  private final ModelCatalog catalog;
  private final EngineOpener<M> opener;
  private final Clock clock;
  private final Map<ModelRef, Opened<M>> opened = new HashMap<>();
  private final Map<ModelRef, Missing> missing = new LinkedHashMap<>();

  /** Anybody can write a stamp: of those that name nothing, only the newest are remembered. */
  private static final int MOST_MISSING = 1_000;

  private record Missing(Instant since, String reason) {}

  EngineModels(Path directory, EngineOpener<M> opener, Clock clock) {
    this.catalog = new ModelCatalog(directory);
    this.opener = opener;
    this.clock = clock;
  }

  /** The sentiment models of a folder; none is loaded yet. */
  public static EngineModels<LoadedModel> sentiment(
      Path directory, EngineOptions options, Clock clock) {
    return new EngineModels<>(directory, new SentimentOpener(options), clock);
  }

  /** The sentiment models of a folder once more, to explain them; none is loaded yet. */
  public static EngineModels<LoadedExplainer> explainers(
      Path directory, EngineOptions options, Clock clock) {
    return new EngineModels<>(directory, new ExplainerOpener(options), clock);
  }

  /** The translation models of a folder; none is loaded yet. */
  public static EngineModels<LoadedTranslator> translation(
      Path directory, EngineOptions options, TranslationSettings settings, Clock clock) {
    return new EngineModels<>(directory, new TranslationOpener(options, settings), clock);
  }

  /**
   * Loads a model now.
   *
   * @return what its engine says of itself
   * @throws InvalidModelPackageException when its package is not there or not valid
   * @throws io.headwater.models.engine.EngineUnavailableException when the execution provider is
   *     not usable here
   */
  public EngineFacts load(ModelId id) {
    return open(id).facts();
  }

  @Override
  public M require(ModelRef ref) {
    Opened<M> known = opened.get(ref);
    if (known != null) {
      return known.model();
    }
    Missing gap = missing.get(ref);
    if (gap != null && clock.instant().isBefore(gap.since().plus(ASK_AGAIN))) {
      throw new UnknownModelException(gap.reason());
    }
    ModelId id = idOf(ref);
    try {
      M model = open(id).model();
      missing.remove(ref);
      return model;
    } catch (InvalidModelPackageException | IllegalArgumentException e) {
      LOG.warn("event=model_not_usable model={} reason=\"{}\"", id, e.getMessage());
      remember(ref, new Missing(clock.instant(), String.valueOf(e.getMessage())));
      throw new UnknownModelException(String.valueOf(e.getMessage()));
    }
  }

  /** What a stamp says is not repeated where it is no name: it may be anything, of any length. */
  private static ModelId idOf(ModelRef ref) {
    try {
      return new ModelId(ref.getId(), ref.getVersion());
    } catch (IllegalArgumentException e) {
      throw new UnknownModelException("the tokens' stamp is not the id and version of a model");
    }
  }

  private void remember(ModelRef ref, Missing gap) {
    missing.remove(ref);
    missing.put(ref, gap);
    if (missing.size() > MOST_MISSING) {
      Iterator<ModelRef> oldest = missing.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** How many stamps without a model are remembered. */
  int missing() {
    return missing.size();
  }

  @Override
  public void close() {
    for (Map.Entry<ModelRef, Opened<M>> entry : opened.entrySet()) {
      try {
        entry.getValue().resources().close();
      } catch (Exception e) {
        // The others are closed all the same.
        LOG.warn("event=model_close_failed model={}", entry.getKey().getId(), e);
      }
    }
    opened.clear();
  }

  private Opened<M> open(ModelId id) {
    ModelRef ref = new ModelRef(id.id(), id.version());
    Opened<M> known = opened.get(ref);
    if (known != null) {
      return known;
    }
    ModelPackage files = catalog.open(id);
    if (!files.task().equals(opener.task())) {
      throw new InvalidModelPackageException(
          files.folder(), "its task is " + files.task() + ", not " + opener.task());
    }
    Opened<M> fresh = opener.open(files);
    opened.put(ref, fresh);
    LOG.info(
        "event=model_loaded task={} model={} provider={} runtime=\"{}\"",
        opener.task(),
        id,
        fresh.facts().providerName(),
        fresh.facts().runtime());
    return fresh;
  }
}
