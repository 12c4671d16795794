package io.headwater.schemas;

import static io.headwater.schemas.RegisteredRiver.TOPICS;
import static io.headwater.schemas.RegisteredRiver.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.avro.Message;
import io.headwater.schemas.Decoded.Healthy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.avro.specific.SpecificRecord;

class RecordRoundTripTest {
  private static final RegisteredRiver RIVER = new RegisteredRiver();

  @Property(tries = 300)
  void everyRecordTypeComesBackAsItWasWritten(
      @ForAll @IntRange(max = 14) int n, @ForAll long seed) {
    assertThat(TOPICS.all()).hasSize(15);
    Topic<?> topic = TOPICS.all().get(n);

    comesBack(topic, seed);
  }

  @Property(tries = 1_000)
  void aMessageComesBackAsItWasWritten(@ForAll("messages") Message message) {
    byte[] bytes = RIVER.encoded(message);

    assertThat(RIVER.messageDecoder().decode(bytes)).isEqualTo(new Healthy<>(message));
  }

  @Example
  void aHalfOfASurrogatePairIsWrittenAsAQuestionMark() {
    byte[] bytes = RIVER.encoded(message("half \uD83D of one"));

    assertThat(RIVER.messageDecoder().decode(bytes))
        .isEqualTo(new Healthy<>(message("half ? of one")));
  }

  private static <V extends SpecificRecord> void comesBack(Topic<V> topic, long seed) {
    V value = RegisteredRiver.random(topic, seed);

    byte[] bytes = RIVER.encoder(topic).encode(value);

    assertThat(RIVER.decoder(topic).decode(bytes)).isEqualTo(new Healthy<>(value));
  }

  @Provide
  Arbitrary<Message> messages() {
    Arbitrary<String> text = unicode(40);
    Arbitrary<Message> words =
        Combinators.combine(text, text, text.injectNull(0.3), text, text.injectNull(0.3))
            .as(
                (id, body, language, source, author) ->
                    Message.newBuilder()
                        .setId(id)
                        .setText(body)
                        .setLanguage(language)
                        .setSource(source)
                        .setAuthor(author)
                        .build());
    Arbitrary<Instant> times = Arbitraries.longs().map(Instant::ofEpochMilli);
    Arbitrary<List<String>> tasks = unicode(8).list().ofMaxSize(4);
    Arbitrary<Map<String, String>> attributes =
        Arbitraries.maps(unicode(8), unicode(8)).ofMaxSize(5);
    return Combinators.combine(
            words,
            text.injectNull(0.3),
            times.injectNull(0.3),
            tasks.injectNull(0.3),
            attributes,
            Arbitraries.of(true, false))
        .as(
            (message, conversation, sentAt, wanted, extra, explain) ->
                Message.newBuilder(message)
                    .setConversation(conversation)
                    .setTargetLanguage(conversation)
                    .setSentAt(sentAt)
                    .setTasks(wanted)
                    .setAttributes(extra)
                    .setExplain(explain)
                    .build());
  }

  /** Any code points but lone surrogates, which UTF-8 has no form for. */
  private static Arbitrary<String> unicode(int longest) {
    return Arbitraries.integers()
        .between(0, Character.MAX_CODE_POINT)
        .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
        .list()
        .ofMaxSize(longest)
        .map(
            points -> {
              StringBuilder text = new StringBuilder();
              points.forEach(text::appendCodePoint);
              return text.toString();
            });
  }
}
