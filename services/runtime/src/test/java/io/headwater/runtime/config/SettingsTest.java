package io.headwater.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private final Settings settings =
      new Settings(parsed(), Map.of("kafka.a", "1", "kafka.b.c", "2", "kafkaesque", "3"));

  @Test
  void givesEachTypeAsItIs() {
    assertThat(settings.string("name")).isEqualTo("river");
    assertThat(settings.integer("count")).isEqualTo(3);
    assertThat(settings.number("share")).isEqualTo(0.5);
    assertThat(settings.flag("on")).isTrue();
    assertThat(settings.millis("pause.ms")).isEqualTo(Duration.ofMillis(250));
    assertThat(settings.path("name")).isEqualTo(Path.of("river"));
    assertThat(settings.list("languages")).containsExactly("de", "en");
  }

  @Test
  void aTextThatIsEmptyBlankOrMissingIsAbsent() {
    assertThat(settings.text("name")).contains("river");
    assertThat(settings.text("empty")).isEmpty();
    assertThat(settings.text("blank")).isEmpty();
    assertThat(settings.text("null")).isEmpty();
    assertThat(settings.text("no.such.key")).isEmpty();
  }

  @Test
  void aKeyThatIsNotDefinedIsAProgrammersMistake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.string("no.such.key"))
        .withMessageContaining("no.such.key");
  }

  @Test
  void aKeyOfAnotherTypeIsAProgrammersMistake() {
    assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> settings.integer("name"));
  }

  @Test
  void settingsUnderAPrefixLoseIt() {
    assertThat(settings.under("kafka.")).isEqualTo(Map.of("a", "1", "b.c", "2"));
    assertThat(settings.under("producer.")).isEmpty();
  }

  @Test
  void laterChangesOfTheSourceDoNotShow() {
    Map<String, Object> source = parsed();
    Settings copied = new Settings(source, Map.of());

    source.put("count", 4);

    assertThat(copied.integer("count")).isEqualTo(3);
  }

  @SuppressWarnings("NullAway") // ConfigDef gives null for keys whose default is null
  private static Map<String, Object> parsed() {
    Map<String, Object> parsed = new HashMap<>();
    parsed.put("name", "river");
    parsed.put("empty", "");
    parsed.put("blank", "  ");
    parsed.put("null", null);
    parsed.put("count", 3);
    parsed.put("share", 0.5);
    parsed.put("on", true);
    parsed.put("pause.ms", 250L);
    parsed.put("languages", Arrays.asList("de", "en"));
    return parsed;
  }

  @Test
  void aListCannotBeChanged() {
    List<String> languages = settings.list("languages");

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> languages.add("fr"));
  }
}
