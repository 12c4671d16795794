package io.headwater.scorer;

import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelRef;
import io.headwater.models.ModelId;
import io.headwater.runtime.telemetry.HealthStatus;
import io.headwater.runtime.telemetry.Telemetry;
import io.headwater.schemas.assignment.ModelHost;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engines of an instance's tasks, and which of them serve. Tokens name the model that they are
 * for, so serving is only a matter of having it loaded before they come.
 */
final class ScorerModels implements ModelHost {
  private static final Logger LOG = LoggerFactory.getLogger(ScorerModels.class);

  private final Telemetry telemetry;
  private final Map<String, EngineModels<?>> engines = new LinkedHashMap<>();
  private final Map<String, ScorerMetrics> metrics = new LinkedHashMap<>();
  private final Map<String, List<EngineModels<?>>> beside = new ConcurrentHashMap<>();
  private final Map<String, String> serving = new ConcurrentHashMap<>();

  /** Reasons are the same for all tasks: each is logged once. */
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  ScorerModels(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  /** Adds a task, before anything is prepared. */
  void add(String task, EngineModels<?> models, ScorerMetrics counted) {
    engines.put(task, models);
    metrics.put(task, counted);
    telemetry
        .health()
        .readiness(
            "model." + task,
            () -> {
              String known = serving.get(task);
              return known == null ? HealthStatus.down("is being loaded") : HealthStatus.up(known);
            });
  }

  /** Adds engines that load what comes to them, but keep no more than the task needs. */
  void addBeside(String task, EngineModels<?> models) {
    beside.computeIfAbsent(task, unused -> new CopyOnWriteArrayList<>()).add(models);
  }

  /** Loads the model that a task begins with. */
  void begin(String task, ModelId model) {
    tell(task, model, engines(task).load(model));
  }

  @Override
  public void prepare(String task, ModelRef model) {
    EngineModels<?> models = engines(task);
    models.load(idOf(model));
  }

  @Override
  public void serve(ModelAssignment assignment, Set<ModelRef> ready) {
    String task = assignment.getTask();
    ModelId model = idOf(assignment.getModel());
    EngineModels<?> models = engines(task);
    tell(task, model, models.load(model));
    models.retain(ready);
    beside.getOrDefault(task, List.of()).forEach(others -> others.retain(ready));
  }

  private void tell(String task, ModelId model, EngineFacts facts) {
    String provider = facts.providerName();
    String why = facts.fallbackReason().map(reason -> ", not on cuda: " + reason).orElse("");
    String now = "%s loaded on %s%s".formatted(model, provider, why);
    if (now.equals(serving.put(task, now))) {
      return;
    }
    facts
        .fallbackReason()
        .filter(told::add)
        .ifPresent(
            reason ->
                LOG.warn(
                    "event=provider_fallback provider={} preferred=cuda reason=\"{}\"",
                    provider,
                    reason));
    ScorerMetrics counted = metrics.get(task);
    if (counted != null) {
      counted.provider(provider, facts.fallbackReason().isPresent());
    }
  }

  private EngineModels<?> engines(String task) {
    EngineModels<?> known = engines.get(task);
    if (known == null) {
      throw new IllegalStateException("This scorer does not do " + task);
    }
    return known;
  }

  private static ModelId idOf(ModelRef model) {
    return new ModelId(model.getId(), model.getVersion());
  }
}
