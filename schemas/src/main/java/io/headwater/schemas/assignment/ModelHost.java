package io.headwater.schemas.assignment;

import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelRef;
import java.util.Set;

/** What an instance does with models. Called on one thread at a time: the follower's. */
public interface ModelHost {
  /**
   * Makes a model ready to serve a task, without making it serve. Does nothing where it is ready.
   *
   * @throws RuntimeException when it cannot be had; the message is a sentence for the operator
   */
  void prepare(String task, ModelRef model);

  /**
   * From now on that is how its task is served.
   *
   * @param assignment every model in it is ready
   * @param ready these and no others are needed; the model that serves is among them
   */
  void serve(ModelAssignment assignment, Set<ModelRef> ready);
}
