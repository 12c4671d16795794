package io.headwater.scorer;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.Explanation;
import io.headwater.avro.TokenSequence;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RecordDecoder;
import io.headwater.schemas.RecordEncoder;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import io.headwater.schemas.TopicPlan;
import org.apache.avro.specific.SpecificRecord;

/**
 * How the records of one task are read and written.
 *
 * @param <S> the task's result
 * @param task the task
 * @param tokens reads its token sequences
 * @param results writes its results
 * @param explanations the topic of explanations
 * @param explanationEncoder writes explanations
 * @param letters the topic of dead letters
 * @param deadLetters writes dead letters
 * @param maxRecordBytes largest record that the topics take
 */
record ScorerCodecs<S extends SpecificRecord>(
    ScorerTask<S> task,
    RecordDecoder<TokenSequence> tokens,
    RecordEncoder<S> results,
    Topic<Explanation> explanations,
    RecordEncoder<Explanation> explanationEncoder,
    Topic<DeadLetter> letters,
    RecordEncoder<DeadLetter> deadLetters,
    int maxRecordBytes) {

  static <S extends SpecificRecord> ScorerCodecs<S> over(
      SchemaRegistry registry, HeadwaterTopics topics, ScorerTask<S> task) {
    return new ScorerCodecs<>(
        task,
        registry.decoder(task.tokens()),
        registry.encoder(task.results()),
        topics.explanations(),
        registry.encoder(topics.explanations()),
        topics.deadLetters(),
        registry.encoder(topics.deadLetters()),
        TopicPlan.DEFAULT_MAX_RECORD_BYTES - 64 * 1024);
  }
}
