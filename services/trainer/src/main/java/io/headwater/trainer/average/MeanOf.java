package io.headwater.trainer.average;

import io.headwater.models.ModelCard;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a mean of packages says about itself. */
final class MeanOf {
  private MeanOf() {}

  /**
   * The card, with the summary and the licence of the first.
   *
   * @param quality what was measured, by name
   */
  static ModelCard card(List<ModelPackage> models, Map<String, Double> quality) {
    ModelPackage first = models.get(0);
    return new ModelCard(
        first.card().summary(),
        first.card().licence(),
        "the mean of the weights of " + names(models) + "; " + first.card().origin(),
        models.stream()
            .map(model -> model.card().training())
            .distinct()
            .collect(Collectors.joining("; ")),
        quality);
  }

  /** The text beside it. */
  static String readme(List<ModelPackage> models, ModelId id) {
    return """
        # %s, %s

        Each weight is the mean of that in %s (`headwater models average`; Wortsman et al. 2022).
        """
        .formatted(id.id(), id.version(), names(models));
  }

  private static String names(List<ModelPackage> models) {
    return models.stream().map(model -> model.id().toString()).collect(Collectors.joining(", "));
  }
}
