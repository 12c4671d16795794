package io.headwater.models;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a person should know before trusting a model: where it comes from, what it may be used for,
 * how good it was when measured.
 *
 * @param summary one or two sentences about what the model does
 * @param licence the licence of the package as a whole, as an SPDX expression where there is one
 * @param origin what the model was made from
 * @param training the data and the command that made it
 * @param quality measured figures by name, such as {@code sst2.test.accuracy}
 */
public record ModelCard(
    @JsonProperty(required = true) String summary,
    @JsonProperty(required = true) String licence,
    @JsonProperty(required = true) String origin,
    @JsonProperty(required = true) String training,
    @JsonProperty(required = true) Map<String, Double> quality) {

  /** Keeps the order of the figures. */
  public ModelCard {
    Objects.requireNonNull(summary, "summary");
    Objects.requireNonNull(licence, "licence");
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(training, "training");
    quality = Collections.unmodifiableMap(new LinkedHashMap<>(quality));
  }
}
