package io.headwater.scorer;

import io.headwater.avro.ModelRef;
import io.headwater.avro.Provenance;
import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.SentimentEngine;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.scorer.sentiment.LoadedModel;
import io.headwater.scorer.sentiment.Models;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of a folder, each loaded when the first tokens with its stamp come, and kept. Owned by
 * the thread that scores.
 */
public final class EngineModels implements Models, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EngineModels.class);

  /** A missing model is looked for again after this: somebody may be copying it in. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

  private final ModelCatalog catalog;
  private final EngineOptions options;
  private final Clock clock;
  private final Map<ModelRef, Opened> opened = new HashMap<>();
  private final Map<ModelRef, Missing> missing = new LinkedHashMap<>();

  /** Anybody can write a stamp: of those that name nothing, only the newest are remembered. */
  private static final int MOST_MISSING = 1_000;

  private record Opened(LoadedModel model, SentimentEngine engine) {}

  private record Missing(Instant since, String reason) {}

  public EngineModels(Path directory, EngineOptions options, Clock clock) {
    this.catalog = new ModelCatalog(directory);
    this.options = options;
    this.clock = clock;
  }

  /**
   * Loads a model now.
   *
   * @return its engine, for what it can say of itself
   * @throws InvalidModelPackageException when its package is not there or not valid
   * @throws io.headwater.models.engine.EngineUnavailableException when the execution provider is
   *     not usable here
   */
  public SentimentEngine load(ModelId id) {
    return open(id).engine();
  }

  @Override
  public LoadedModel require(ModelRef ref) {
    Opened known = opened.get(ref);
    if (known != null) {
      return known.model();
    }
    Missing gap = missing.get(ref);
    if (gap != null && clock.instant().isBefore(gap.since().plus(ASK_AGAIN))) {
      throw new UnknownModelException(gap.reason());
    }
    ModelId id = idOf(ref);
    try {
      LoadedModel model = open(id).model();
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
    opened.values().forEach(model -> model.engine().close());
    opened.clear();
  }

  private Opened open(ModelId id) {
    ModelRef ref = new ModelRef(id.id(), id.version());
    @Nullable Opened known = opened.get(ref);
    if (known != null) {
      return known;
    }
    ModelPackage files = catalog.open(id);
    if (!files.task().equals(HeadwaterTopics.SENTIMENT)) {
      throw new InvalidModelPackageException(
          files.folder(), "its task is " + files.task() + ", not " + HeadwaterTopics.SENTIMENT);
    }
    SentimentEngine engine = SentimentEngine.open(files, options);
    String provider = engine.provider().name().toLowerCase(Locale.ROOT);
    LoadedModel model =
        new LoadedModel(
            ref,
            new Provenance(
                files.modelDigest(), files.tokenizerDigest(), engine.runtimeVersion(), provider),
            files.labels(),
            files.maxTokens(),
            engine.vocabularySize(),
            files.tokenizerDigest(),
            engine::probabilities);
    Opened fresh = new Opened(model, engine);
    opened.put(ref, fresh);
    LOG.info(
        "event=model_loaded model={} provider={} runtime=\"{}\"",
        id,
        provider,
        engine.runtimeVersion());
    return fresh;
  }
}
