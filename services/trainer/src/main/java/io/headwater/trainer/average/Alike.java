package io.headwater.trainer.average;

import io.headwater.models.ModelPackage;
import java.util.List;

/** What packages must have in common for a mean to lie between them. */
final class Alike {
  private Alike() {}

  /**
   * Does nothing for two packages or more of one task.
   *
   * @throws IllegalArgumentException if there are fewer, or one has another task
   */
  static void requireTask(List<ModelPackage> models, String task) {
    if (models.size() < 2) {
      throw new IllegalArgumentException("an average needs two packages or more");
    }
    for (ModelPackage model : models) {
      if (!model.task().equals(task)) {
        throw new IllegalArgumentException(
            "%s is a package for %s, and %s for %s: there is nothing between them"
                .formatted(model.id(), model.task(), models.get(0).id(), task));
      }
    }
  }

  /**
   * Does nothing if both are the same.
   *
   * @param what is compared, in the plural
   * @throws IllegalArgumentException naming both packages and what they have
   */
  static void require(
      ModelPackage one, ModelPackage other, String what, Object ofOne, Object ofOther) {
    if (!ofOne.equals(ofOther)) {
      throw new IllegalArgumentException(
          "%s and %s have other %s (%s; %s), so there is nothing between them"
              .formatted(one.id(), other.id(), what, ofOne, ofOther));
    }
  }
}
