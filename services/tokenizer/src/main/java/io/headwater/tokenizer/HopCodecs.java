package io.headwater.tokenizer;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.TokenSequence;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.RecordEncoder;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.TopicPlan;
import org.apache.avro.specific.SpecificRecord;

/**
 * How the records of a hop are read and written.
 *
 * @param records reads what comes
 * @param tokens writes token sequences
 * @param beside writes those for the other model of a trial
 * @param deadLetters writes dead letters
 * @param maxRecordBytes largest record that the topics take
 */
record HopCodecs<V extends SpecificRecord>(
    RecordDecoder<V> records,
    RecordEncoder<TokenSequence> tokens,
    RecordEncoder<TokenSequence> beside,
    RecordEncoder<DeadLetter> deadLetters,
    int maxRecordBytes) {
  /** What a topic takes, less room for the record's own frame, key and headers. */
  static final int MOST_BYTES = TopicPlan.DEFAULT_MAX_RECORD_BYTES - 64 * 1024;

  static <V extends SpecificRecord> HopCodecs<V> over(
      SchemaRegistry registry, HeadwaterTopics topics, Hop<V> hop, int maxRecordBytes) {
    return new HopCodecs<>(
        registry.decoder(hop.from()),
        registry.encoder(hop.to()),
        registry.encoder(topics.shadowTokens()),
        registry.encoder(topics.deadLetters()),
        maxRecordBytes);
  }
}
