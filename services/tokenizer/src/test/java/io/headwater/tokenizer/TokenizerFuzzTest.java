package io.headwater.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.headwater.avro.DeadLetter;
import io.headwater.avro.Message;
import io.headwater.avro.RecordHeader;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
import io.headwater.models.ModelPackage;
import io.headwater.models.PackageFolder;
import io.headwater.models.TranslationFolder;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.schemas.DeadLetterCause;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import io.headwater.schemas.hostile.FuzzRun;
import io.headwater.schemas.hostile.HealthyRecords;
import io.headwater.schemas.hostile.HostileRecord;
import io.headwater.schemas.hostile.HostileRecords;
import io.headwater.tokenizer.language.LanguageDetector;
import io.headwater.tokenizer.plan.MessagePlanner;
import io.headwater.tokenizer.plan.PlannerLimits;
import io.headwater.tokenizer.plan.SentimentPlanner;
import io.headwater.tokenizer.plan.TranslationPlanner;
import io.headwater.tokenizer.plan.TranslationSource;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hostile messages at the tokenizer: each ends as tokens or as a letter, and none as both. */
@Timeout(1_200)
class TokenizerFuzzTest {
  private static final HeadwaterTopics TOPICS = new HeadwaterTopics("river.");

  private static final PlannerLimits LIMITS = new PlannerLimits(20_000, 4, false);

  @TempDir private Path folder;

  @Test
  void everyRecordBecomesTokensOrALetterWithItsBytes() {
    Stage<Message> stage = new Stage<>("tokenizer", TOPICS.messages(), messages());
    try (PackageTokenizer tokenizer = PackageTokenizer.open(model())) {
      MessagePlanner planner = new MessagePlanner(model(), tokenizer, languages(), LIMITS);
      try (TokenizerDriver river = new TokenizerDriver(stage.registry, planner, 1 << 20)) {
        stage.run(river, (record, offset) -> sendAndCheck(river, record, offset));
      }
    }
  }

  @Test
  void everyRecordBecomesTokensOrALetterAlsoWhereItIsTranslated() {
    Stage<Message> stage = new Stage<>("tokenizer-first-hop", TOPICS.messages(), messages());
    ModelPackage translator =
        ModelPackage.open(TranslationFolder.good(folder.resolve("translator")).path());
    try (PackageTokenizer tokenizer = PackageTokenizer.open(model());
        PackageTokenizer sentences = PackageTokenizer.open(translator)) {
      SentimentPlanner second = new SentimentPlanner(model(), tokenizer, LIMITS);
      TranslationPlanner first =
          new TranslationPlanner(TranslationSource.of(translator, sentences), second, "en");
      MessagePlanner planner = new MessagePlanner(second, Optional.of(first), languages(), LIMITS);
      try (TokenizerDriver river = new TokenizerDriver(stage.registry, planner, second, 1 << 20)) {
        stage.run(river, (record, offset) -> sendAndCheck(river, record, offset));
      }
    }
  }

  @Test
  void everyTranslationBecomesTokensOrALetterWithItsBytes() {
    Stage<Translation> stage =
        new Stage<>("tokenizer-second-hop", TOPICS.translations(), translations());
    try (PackageTokenizer tokenizer = PackageTokenizer.open(model())) {
      SentimentPlanner second = new SentimentPlanner(model(), tokenizer, LIMITS);
      MessagePlanner first = new MessagePlanner(model(), tokenizer, languages(), LIMITS);
      try (TokenizerDriver river = new TokenizerDriver(stage.registry, first, second, 1 << 20)) {
        stage.run(river, (record, offset) -> sendTranslationAndCheck(river, record, offset));
      }
    }
  }

  /** Every cut of the healthy records, then hostile ones at random. */
  private static final class Stage<V extends SpecificRecord> {
    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final FuzzRun run;
    private final Topic<V> topic;
    private final List<V> healthy;

    Stage(String name, Topic<V> topic, List<V> healthy) {
      this.run = FuzzRun.of(name, 20_000);
      this.topic = topic;
      this.healthy = healthy;
    }

    void run(TokenizerDriver river, ObjLongConsumer<HostileRecord> check) {
      HostileRecords records =
          new HostileRecords(SchemaRegistry.over(registry), TOPICS, topic, healthy, run.seed());
      List<HostileRecord> cuts = records.everyCut();
      int offset = 0;
      for (; offset < cuts.size(); offset++) {
        check.accept(cuts.get(offset), offset);
      }
      for (int i = 0; i < run.records(); i++) {
        check.accept(records.next(), offset++);
        run.done(i);
      }
      assertThat(river.countedInAllHops("headwater.records.in")).isEqualTo(offset);
      assertThat(river.meters().getMeters().size()).as("metrics, whatever comes").isLessThan(700);
      run.end(List.of(river, records));
    }
  }

  private ModelPackage model() {
    Path path = folder.resolve("model");
    return ModelPackage.open(Files.exists(path) ? path : PackageFolder.good(path).path());
  }

  private static LanguageDetector languages() {
    return LanguageDetector.load(List.of("en", "de"));
  }

  private static List<Message> messages() {
    Message german = HealthyRecords.message("de", "Das ist gut. Und das? Nein, z. B. nicht!");
    german.setLanguage("de");
    german.setTargetLanguage("en");
    german.setTasks(List.of("translation", "sentiment"));
    return List.of(
        HealthyRecords.message("m", "A lovely day, and a good film!"),
        HealthyRecords.message("", ""),
        HealthyRecords.message("long", "good bad ".repeat(60)),
        german);
  }

  private static List<Translation> translations() {
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
    checkOutputs(river.tokens(), river, record, offset);
  }

  private static void sendAndCheck(TokenizerDriver river, HostileRecord record, long offset) {
    river.send(
        record.key(), record.value(), record.headers(), Instant.ofEpochMilli(record.timestamp()));
    List<TokenSequence> tokens = new ArrayList<>(river.tokens());
    tokens.addAll(river.translationTokens());
    checkOutputs(tokens, river, record, offset);
    tokens.forEach(sequence -> assertThat(sequence.getOrigin().getOffset()).isEqualTo(offset));
  }

  private static void checkOutputs(
      List<TokenSequence> tokens, TokenizerDriver river, HostileRecord record, long offset) {
    List<TestRecord<byte[], byte[]>> letters = river.deadLetterRecords();
    assertThat(tokens.size() + letters.size()).as("outputs of %d: %s", offset, record).isEqualTo(1);
    for (TestRecord<byte[], byte[]> letter : letters) {
      assertThat(record.isHealthy()).as("%s", record).isFalse();
      assertThat(letter.key()).isEqualTo(record.key());
      checkLetter(river.letter(letter), record, offset);
    }
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
