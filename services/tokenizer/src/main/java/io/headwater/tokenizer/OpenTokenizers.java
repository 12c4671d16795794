package io.headwater.tokenizer;

import io.headwater.avro.ModelRef;
import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.tokenizer.plan.PlannerLimits;
import io.headwater.tokenizer.plan.SentimentPlanner;
import io.headwater.tokenizer.plan.TranslationSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokenizers that are open. One that is not needed any more stays so for a while, since a
 * stream thread may still be at a text with it; it is closed at a later change. Thread-safe.
 */
final class OpenTokenizers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenTokenizers.class);

  /** No text takes so long. */
  private static final long WHILE_NANOS = Duration.ofMinutes(10).toNanos();

  private final ModelCatalog catalog;
  private final Map<ModelRef, Open> open = new HashMap<>();
  private final Map<ModelRef, Long> unneededSince = new HashMap<>();
  private final Map<String, Set<ModelRef>> needed = new HashMap<>();

  /**
   * A package with its tokenizer and what plans with it.
   *
   * @param sentimentPlanner where the package is for sentiment
   * @param source where it is for translation
   */
  record Open(
      PackageTokenizer tokenizer,
      Optional<SentimentPlanner> sentimentPlanner,
      Optional<TranslationSource> source) {
    SentimentPlanner sentiment() {
      return sentimentPlanner.orElseThrow(
          () -> new IllegalStateException("it is not a package for sentiment"));
    }

    TranslationSource translation() {
      return source.orElseThrow(
          () -> new IllegalStateException("it is not a package for translation"));
    }
  }

  OpenTokenizers(ModelCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * A package, verified, without opening its tokenizer.
   *
   * @throws InvalidModelPackageException when it is not there, or damaged
   */
  ModelPackage packageOf(ModelId id) {
    return catalog.open(id);
  }

  synchronized boolean isOpen(ModelRef model) {
    return open.containsKey(model);
  }

  /** What is open for a model. */
  synchronized Open get(ModelRef model) {
    Open known = open.get(model);
    if (known == null) {
      throw new IllegalStateException("it was not opened before");
    }
    return known;
  }

  /**
   * Opens a model's tokenizer, unless it is open.
   *
   * @throws InvalidModelPackageException when the package is not there, or damaged
   */
  synchronized Open open(ModelRef model, PlannerLimits limits) {
    Open known = open.get(model);
    if (known == null) {
      known = opened(packageOf(new ModelId(model.getId(), model.getVersion())), limits);
      open.put(model, known);
    }
    return known;
  }

  private static Open opened(ModelPackage files, PlannerLimits limits) {
    PackageTokenizer tokenizer = PackageTokenizer.open(files);
    try {
      return files.task().equals(HeadwaterTopics.TRANSLATION)
          ? new Open(
              tokenizer, Optional.empty(), Optional.of(TranslationSource.of(files, tokenizer)))
          : new Open(
              tokenizer,
              Optional.of(new SentimentPlanner(files, tokenizer, limits)),
              Optional.empty());
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /** These and no others are needed for a task now. */
  synchronized void retain(String task, Set<ModelRef> ready) {
    needed.put(task, Set.copyOf(ready));
    long now = System.nanoTime();
    open.keySet()
        .forEach(
            model -> {
              if (isNeeded(model)) {
                unneededSince.remove(model);
              } else {
                unneededSince.putIfAbsent(model, now);
              }
            });
    unneededSince
        .entrySet()
        .removeIf(entry -> now - entry.getValue() > WHILE_NANOS && closed(entry.getKey()));
  }

  private boolean isNeeded(ModelRef model) {
    return needed.values().stream().anyMatch(models -> models.contains(model));
  }

  private boolean closed(ModelRef model) {
    Open known = open.remove(model);
    if (known != null) {
      known.tokenizer().close();
      LOG.info("event=tokenizer_closed model={}@{}", model.getId(), model.getVersion());
    }
    return true;
  }

  @Override
  public synchronized void close() {
    open.values().forEach(each -> each.tokenizer().close());
    open.clear();
  }
}
