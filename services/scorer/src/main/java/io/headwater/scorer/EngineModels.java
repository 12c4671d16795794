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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task's models of a catalog, each loaded when it is told to be, or when the first tokens with
 * its stamp come. Owned by the thread that scores; another may load models and say which are
 * needed: those that are not, and have not been used for a while, are closed.
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
  private final Object opening = new Object();
  private final Map<ModelRef, Opened<M>> opened = new ConcurrentHashMap<>();
  private final Map<ModelRef, Instant> used = new ConcurrentHashMap<>();
  private volatile @Nullable Set<ModelRef> needed;
  private final Map<ModelRef, Missing> missing = new LinkedHashMap<>();

  /** Tokens in flight have long been scored after this. */
  static final Duration IDLE = Duration.ofMinutes(10);

  /** Anybody can write a stamp: of those that name nothing, only the newest are remembered. */
  private static final int MOST_MISSING = 1_000;

  private record Missing(Instant since, String reason) {}

  EngineModels(ModelCatalog catalog, EngineOpener<M> opener, Clock clock) {
    this.catalog = catalog;
    this.opener = opener;
    this.clock = clock;
  }

  /** The sentiment models of a catalog; none is loaded yet. */
  public static EngineModels<LoadedModel> sentiment(
      ModelCatalog catalog, EngineOptions options, Clock clock) {
    return new EngineModels<>(catalog, new SentimentOpener(options), clock);
  }

  /** The sentiment models of a catalog once more, to explain them; none is loaded yet. */
  public static EngineModels<LoadedExplainer> explainers(
      ModelCatalog catalog, EngineOptions options, Clock clock) {
    return new EngineModels<>(catalog, new ExplainerOpener(options), clock);
  }

  /** The translation models of a catalog; none is loaded yet. */
  public static EngineModels<LoadedTranslator> translation(
      ModelCatalog catalog, EngineOptions options, TranslationSettings settings, Clock clock) {
    return new EngineModels<>(catalog, new TranslationOpener(options, settings), clock);
  }

  /**
   * Loads a model now, unless it is loaded. Any thread: who scores goes on meanwhile.
   *
   * @return what its engine says of itself
   * @throws InvalidModelPackageException when its package is not there or not valid
   * @throws io.headwater.models.engine.EngineUnavailableException when the execution provider is
   *     not usable here
   */
  public EngineFacts load(ModelId id) {
    return open(id).facts();
  }

  /** These are needed from now on, used or not; others are closed when idle. Any thread. */
  void retain(Set<ModelRef> models) {
    needed = Set.copyOf(models);
  }

  @Override
  public M require(ModelRef ref) {
    closeIdle();
    Opened<M> known = opened.get(ref);
    if (known != null) {
      used.put(ref, clock.instant());
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

  /** On the thread that scores: nobody else can know that it is not at work with one. */
  private void closeIdle() {
    Set<ModelRef> kept = needed;
    if (kept == null || opened.size() <= kept.size()) {
      return;
    }
    Instant before = clock.instant().minus(IDLE);
    for (ModelRef ref : Set.copyOf(opened.keySet())) {
      if (!kept.contains(ref) && used.getOrDefault(ref, Instant.EPOCH).isBefore(before)) {
        used.remove(ref);
        Opened<M> idle = opened.remove(ref);
        if (idle != null) {
          close(ref, idle);
          LOG.info("event=model_closed task={} model={}", opener.task(), ref.getId());
        }
      }
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

  /** How many are loaded. */
  int loaded() {
    return opened.size();
  }

  @Override
  public void close() {
    opened.forEach(EngineModels::close);
    opened.clear();
  }

  private static void close(ModelRef ref, Opened<?> model) {
    try {
      model.resources().close();
    } catch (Exception e) {
      // The others are closed all the same.
      LOG.warn("event=model_close_failed model={}", ref.getId(), e);
    }
  }

  private Opened<M> open(ModelId id) {
    ModelRef ref = new ModelRef(id.id(), id.version());
    Opened<M> known = opened.get(ref);
    if (known != null) {
      return known;
    }
    synchronized (opening) {
      // Two threads that want the same load it once; who finds one that is loaded waits for none.
      Opened<M> meanwhile = opened.get(ref);
      if (meanwhile != null) {
        return meanwhile;
      }
      Opened<M> fresh = loaded(id);
      used.put(ref, clock.instant());
      opened.put(ref, fresh);
      return fresh;
    }
  }

  private Opened<M> loaded(ModelId id) {
    ModelPackage files = catalog.open(id);
    if (!files.task().equals(opener.task())) {
      throw new InvalidModelPackageException(
          files.folder(), "its task is " + files.task() + ", not " + opener.task());
    }
    Opened<M> fresh = opener.open(files);
    LOG.info(
        "event=model_loaded task={} model={} provider={} runtime=\"{}\"",
        opener.task(),
        id,
        fresh.facts().providerName(),
        fresh.facts().runtime());
    return fresh;
  }
}
