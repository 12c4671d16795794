package io.headwater.tokenizer;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.Message;
import io.headwater.avro.TokenSequence;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.RecordEncoder;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.TopicPlan;

/**
 * How the tokenizer's records are read and written.
 *
 * @param messages reads messages
 * @param tokens writes token sequences of the sentiment task
 * @param deadLetters writes dead letters
 * @param maxRecordBytes largest record that the topics take
 */
record TokenizerCodecs(
    RecordDecoder<Message> messages,
    RecordEncoder<TokenSequence> tokens,
    RecordEncoder<DeadLetter> deadLetters,
    int maxRecordBytes) {

  static TokenizerCodecs over(SchemaRegistry registry, HeadwaterTopics topics) {
    return new TokenizerCodecs(
        registry.decoder(topics.messages()),
        registry.encoder(topics.tokens(HeadwaterTopics.SENTIMENT)),
        registry.encoder(topics.deadLetters()),
        // The record's own frame, key and headers need room too.
        TopicPlan.DEFAULT_MAX_RECORD_BYTES - 64 * 1024);
  }
}
