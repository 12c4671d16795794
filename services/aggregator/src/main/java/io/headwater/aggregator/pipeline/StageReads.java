package io.headwater.aggregator.pipeline;

import io.headwater.schemas.HeadwaterGroups;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.Topic;
import java.util.ArrayList;
import java.util.List;

/**
 * What one group of a stage reads.
 *
 * @param plain topics that producers write, mostly without transactions
 * @param results topics that other stages write, always in transactions
 */
record StageReads(String stage, String group, List<String> plain, List<String> results) {
  StageReads {
    plain = List.copyOf(plain);
    results = List.copyOf(results);
  }

  /** All stages of a river, in the order of the flow. */
  static List<StageReads> of(HeadwaterTopics topics) {
    HeadwaterGroups groups = new HeadwaterGroups(topics.prefix());
    List<String> messages = List.of(topics.messages().name());
    List<StageReads> all = new ArrayList<>();
    all.add(
        new StageReads(
            "tokenizer", groups.tokenizer(), messages, List.of(topics.translations().name())));
    for (String task : List.of(HeadwaterTopics.TRANSLATION, HeadwaterTopics.SENTIMENT)) {
      Topic<?> tokens = topics.tokens(task);
      all.add(new StageReads("scorer", groups.scorer(task), List.of(), List.of(tokens.name())));
    }
    all.add(
        new StageReads(
            "aggregator",
            groups.aggregator(),
            messages,
            List.of(topics.translations().name(), topics.sentimentScores().name())));
    return all;
  }
}
