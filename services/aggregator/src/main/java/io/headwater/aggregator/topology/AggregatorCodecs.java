package io.headwater.aggregator.topology;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.Insight;
import io.headwater.avro.Message;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.SentimentWindow;
import io.headwater.avro.Translation;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.RecordEncoder;
import io.headwater.schemas.SchemaRegistry;

/**
 * Readers and writers of all records that the aggregator sees.
 *
 * @param topics the river's topics
 */
public record AggregatorCodecs(
    HeadwaterTopics topics,
    RecordDecoder<Message> messages,
    RecordDecoder<SentimentScore> sentiments,
    RecordDecoder<Translation> translations,
    RecordEncoder<Insight> insights,
    RecordEncoder<DeadLetter> deadLetters,
    RecordEncoder<SentimentWindow> windows) {
  /** The codecs of a river, over its registry. */
  public static AggregatorCodecs of(HeadwaterTopics topics, SchemaRegistry registry) {
    return new AggregatorCodecs(
        topics,
        registry.decoder(topics.messages()),
        registry.decoder(topics.sentimentScores()),
        registry.decoder(topics.translations()),
        registry.encoder(topics.insights()),
        registry.encoder(topics.deadLetters()),
        registry.encoder(topics.sentimentWindows()));
  }
}
