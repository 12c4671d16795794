package io.headwater.scorer;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.TokenSequence;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.RecordEncoder;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.TopicPlan;

/**
 * How the scorer's records are read and written.
 *
 * @param topics the river's topics
 * @param tokens reads token sequences of the sentiment task
 * @param scores writes scores
 * @param deadLetters writes dead letters
 * @param maxRecordBytes largest record that the topics take
 */
record ScorerCodecs(
    HeadwaterTopics topics,
    RecordDecoder<TokenSequence> tokens,
    RecordEncoder<SentimentScore> scores,
    RecordEncoder<DeadLetter> deadLetters,
    int maxRecordBytes) {

  static ScorerCodecs over(SchemaRegistry registry, HeadwaterTopics topics) {
    return new ScorerCodecs(
        topics,
        registry.decoder(topics.tokens(HeadwaterTopics.SENTIMENT)),
        registry.encoder(topics.sentimentScores()),
        registry.encoder(topics.deadLetters()),
        TopicPlan.DEFAULT_MAX_RECORD_BYTES - 64 * 1024);
  }
}
