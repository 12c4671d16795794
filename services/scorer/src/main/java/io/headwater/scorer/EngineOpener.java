package io.headwater.scorer;

import io.headwater.models.ModelPackage;

/**
 * Opens the packages of one task.
 *
 * @param <M> a model of the task, ready to run
 */
interface EngineOpener<M> {
  /** What a package's task must be. */
  String task();

  /**
   * Loads a package's graphs and whatever else it needs.
   *
   * @throws io.headwater.models.InvalidModelPackageException when the package is not valid
   * @throws io.headwater.models.engine.EngineUnavailableException when the execution provider is
   *     not usable here
   */
  Opened<M> open(ModelPackage files);

  /**
   * A model with its engine.
   *
   * @param model what scores
   * @param facts about its engine
   * @param resources closed when the model is not needed any more
   */
  record Opened<M>(M model, EngineFacts facts, AutoCloseable resources) {}
}
