package io.headwater.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.headwater.avro.DeadLetter;
import io.headwater.avro.RecordHeader;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
import io.headwater.models.ModelPackage;
import io.headwater.models.PackageFolder;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.hostile.FuzzRun;
import io.headwater.schemas.hostile.HealthyRecords;
import io.headwater.schemas.hostile.HostileRecord;
import io.headwater.schemas.hostile.HostileRecords;
import io.headwater.tokenizer.language.LanguageDetector;
import io.headwater.tokenizer.plan.MessagePlanner;
import io.headwater.tokenizer.plan.PlannerLimits;
import io.headwater.tokenizer.plan.SentimentPlanner;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hostile messages at the tokenizer: each ends as tokens or as a letter, and none as both. */
@Timeout(1_200)
class TokenizerFuzzTest {
  private static final HeadwaterTopics TOPICS = new HeadwaterTopics("river.");

  @TempDir private Path folder;

  @Test
  void everyRecordBecomesTokensOrALetterWithItsBytes() {
    FuzzRun run = FuzzRun.of("tokenizer", 20_000);
    MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    ModelPackage model = ModelPackage.open(PackageFolder.good(folder).path());
    try (PackageTokenizer tokenizer = PackageTokenizer.open(model)) {
      MessagePlanner planner =
          new MessagePlanner(
              model,
              tokenizer,
              LanguageDetector.load(List.of("en", "de")),
              new PlannerLimits(20_000, 4, false));
      try (TokenizerDriver river = new TokenizerDriver(registry, planner, 1 << 20)) {
        HostileRecords records =
            new HostileRecords(
                SchemaRegistry.over(registry),
                TOPICS,
                TOPICS.messages(),
                List.of(
                    HealthyRecords.message("m", "A lovely day, and a good film!"),
                    HealthyRecords.message("", ""),
                    HealthyRecords.message("long", "good bad ".repeat(60))),
                run.seed());
        List<HostileRecord> cuts = records.everyCut();
        int offset = 0;
        for (; offset < cuts.size(); offset++) {
          sendAndCheck(river, cuts.get(offset), offset);
        }
        for (int i = 0; i < run.records(); i++) {
          sendAndCheck(river, records.next(), offset++);
          run.done(i);
        }
        assertThat(river.counted("headwater.records.in")).isEqualTo(offset);
        run.end(List.of(river, records));
      }
    }
  }

  @Test
  void everyTranslationBecomesTokensOrALetterWithItsBytes() {
    FuzzRun run = FuzzRun.of("tokenizer-translations", 20_000);
    MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    ModelPackage model = ModelPackage.open(PackageFolder.good(folder).path());
    PlannerLimits limits = new PlannerLimits(20_000, 4, false);
    try (PackageTokenizer tokenizer = PackageTokenizer.open(model)) {
      SentimentPlanner second = new SentimentPlanner(model, tokenizer, limits);
      MessagePlanner first =
          new MessagePlanner(model, tokenizer, LanguageDetector.load(List.of("en")), limits);
      try (TokenizerDriver river = new TokenizerDriver(registry, first, second, 1 << 20)) {
        HostileRecords records =
            new HostileRecords(
                SchemaRegistry.over(registry),
                TOPICS,
                TOPICS.translations(),
                healthy(),
                run.seed());
        List<HostileRecord> cuts = records.everyCut();
        int offset = 0;
        for (; offset < cuts.size(); offset++) {
          sendTranslationAndCheck(river, cuts.get(offset), offset);
        }
        for (int i = 0; i < run.records(); i++) {
          sendTranslationAndCheck(river, records.next(), offset++);
          run.done(i);
        }
        assertThat(river.counted("headwater.records.in", "task", "sentiment")).isEqualTo(offset);
        assertThat(river.meters().getMeters().size()).as("metrics").isLessThan(700);
        run.end(List.of(river, records));
      }
    }
  }

  private static List<Translation> healthy() {
    List<String> planned = List.of("translation", "sentiment");
    Translation german = HealthyRecords.translation(HealthyRecords.origin(1), planned);
    german.setSourceLanguage("de");
    german.setTargetLanguage("en");
    Translation skipped = HealthyRecords.translation(HealthyRecords.origin(2), planned);
    skipped.setSkipReason("why not");
    return List.of(HealthyRecords.translation(HealthyRecords.origin(3), planned), german, skipped);
  }

  private static void sendTranslationAndCheck(
      TokenizerDriver river, HostileRecord record, long offset) {
    river.sendTranslation(
        record.key(), record.value(), record.headers(), Instant.ofEpochMilli(record.timestamp()));
    assertThat(river.translationTokens()).isEmpty();
    checkOutputs(river, record, offset);
  }

  private static void sendAndCheck(TokenizerDriver river, HostileRecord record, long offset) {
    river.send(
        record.key(), record.value(), record.headers(), Instant.ofEpochMilli(record.timestamp()));
    for (TokenSequence tokens : checkOutputs(river, record, offset)) {
      assertThat(tokens.getOrigin().getOffset()).isEqualTo(offset);
    }
  }

  private static List<TokenSequence> checkOutputs(
      TokenizerDriver river, HostileRecord record, long offset) {
    List<TokenSequence> tokens = river.tokens();
    List<TestRecord<byte[], byte[]>> letters = river.deadLetterRecords();
    assertThat(tokens.size() + letters.size()).as("outputs of %d: %s", offset, record).isEqualTo(1);
    for (TestRecord<byte[], byte[]> letter : letters) {
      assertThat(record.isHealthy()).as("%s", record).isFalse();
      assertThat(letter.key()).isEqualTo(record.key());
      checkLetter(river.letter(letter), record, offset);
    }
    return tokens;
  }

  private static void checkLetter(DeadLetter letter, HostileRecord record, long offset) {
    // The tokenizer itself never fails: what it cannot take has a cause of its own.
    assertThat(DeadLetterCause.valueOf(letter.getCause()))
        .as("%s: %s", record, letter.getDetail())
        .isNotEqualTo(DeadLetterCause.TOKENIZER_FAILURE);
    assertThat(letter.getOffset()).isEqualTo(offset);
    assertThat(letter.getValue())
        .isEqualTo(record.value() == null ? null : ByteBuffer.wrap(record.value()));
    assertThat(letter.getKey())
        .isEqualTo(record.key() == null ? null : ByteBuffer.wrap(record.key()));
    List<RecordHeader> headers = new ArrayList<>();
    for (Header header : record.headers()) {
      headers.add(
          new RecordHeader(
              header.key(), header.value() == null ? null : ByteBuffer.wrap(header.value())));
    }
    assertThat(letter.getHeaders()).isEqualTo(headers);
  }
}
