package io.headwater.tokenizer.plan;

import io.headwater.models.ModelCatalog;
import io.headwater.models.ModelId;
import io.headwater.models.ModelPackage;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.tokenizer.language.LanguageDetector;
import java.nio.file.Path;
import java.util.List;

/** The tokenizer of the package that ships, loaded once for all tests. */
public final class ShippedTokenizer {
  public static final ModelPackage MODEL =
      new ModelCatalog(Path.of(System.getProperty("headwater.packages")))
          .open(new ModelId("sentiment-e5-small-v2", "1.3.0"));

  private static final PackageTokenizer TOKENIZER = PackageTokenizer.open(MODEL);
  private static final LanguageDetector LANGUAGES =
      LanguageDetector.load(List.of("en", "de", "fr", "es"));

  private ShippedTokenizer() {}

  public static SentimentPlanner sentiment(PlannerLimits limits) {
    return new SentimentPlanner(MODEL, TOKENIZER, limits);
  }

  public static LanguageDetector languages() {
    return LANGUAGES.copy();
  }

  public static MessagePlanner planner(PlannerLimits limits) {
    return new MessagePlanner(MODEL, TOKENIZER, LANGUAGES.copy(), limits);
  }
}
