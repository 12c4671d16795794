package io.headwater.runtime.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
  private static final ConfigDef DEFINITION =
      new ConfigDef()
          .define("greeting", Type.STRING, "from the default", Importance.LOW, "A greeting.")
          .define("http.port", Type.INT, 8080, Range.between(0, 65535), Importance.LOW, "A port.")
          .define("dry-run", Type.BOOLEAN, false, Importance.LOW, "A switch.")
          .define("pause.ms", Type.LONG, 5L, Importance.LOW, "A pause.")
          .define("streams.threads", Type.INT, 1, Importance.LOW, "Ours, under their prefix.");

  @TempDir Path folder;

  @Test
  void withoutAnySourceTheDefaultsHold() {
    Settings settings = read(Optional.empty(), Map.of(), Map.of());

    assertThat(settings.string("greeting")).isEqualTo("from the default");
    assertThat(settings.integer("http.port")).isEqualTo(8080);
    assertThat(settings.flag("dry-run")).isFalse();
  }

  @Test
  void theFileGoesBeforeTheDefault() throws IOException {
    Settings settings = read(file("greeting = from the file"), Map.of(), Map.of());

    assertThat(settings.string("greeting")).isEqualTo("from the file");
  }

  @Test
  void theEnvironmentGoesBeforeTheFile() throws IOException {
    Settings settings =
        read(
            file("greeting = from the file"),
            Map.of("HEADWATER_GREETING", "from the environment"),
            Map.of());

    assertThat(settings.string("greeting")).isEqualTo("from the environment");
  }

  @Test
  void aFlagGoesBeforeAll() throws IOException {
    Settings settings =
        read(
            file("greeting = from the file"),
            Map.of("HEADWATER_GREETING", "from the environment"),
            Map.of("greeting", "from the flag"));

    assertThat(settings.string("greeting")).isEqualTo("from the flag");
  }

  @Test
  void dotsAndDashesOfAKeyAreUnderscoresInTheEnvironment() {
    Settings settings =
        read(
            Optional.empty(),
            Map.of("HEADWATER_HTTP_PORT", "1", "HEADWATER_DRY_RUN", "true"),
            Map.of());

    assertThat(settings.integer("http.port")).isEqualTo(1);
    assertThat(settings.flag("dry-run")).isTrue();
    assertThat(SettingsReader.variable("dry-run")).isEqualTo("HEADWATER_DRY_RUN");
  }

  @Test
  void othersVariablesAndThoseOfTheStartScriptAreNotSettings() {
    Settings settings =
        read(
            Optional.empty(),
            Map.of(
                "PATH", "/bin",
                "HEADWATER", "x",
                "HEADWATER_HOME", "x",
                "HEADWATER_OPTS", "x",
                "HEADWATER_CONFIG", "x"),
            Map.of());

    assertThat(settings.under("")).isEmpty();
  }

  @Test
  void anUnknownKeyOfTheFileIsAFaultThatNamesTheFileAndTheLikelyKey() throws IOException {
    Optional<Path> file = file("greting = hello");

    assertThat(faults(file, Map.of(), Map.of()))
        .containsExactly(
            "greting: unknown key, from %s (did you mean greeting?)".formatted(file.orElseThrow()));
  }

  @Test
  void anUnknownFlagIsAFaultWithTheLikelyKey() {
    assertThat(faults(Optional.empty(), Map.of(), Map.of("http-port", "1")))
        .containsExactly("http-port: unknown key, from flag (did you mean http.port?)");
  }

  @Test
  void anUnknownVariableIsAFaultWithTheLikelyVariable() {
    assertThat(faults(Optional.empty(), Map.of("HEADWATER_GREETNG", "x"), Map.of()))
        .containsExactly(
            "the environment variable HEADWATER_GREETNG names no setting"
                + " (did you mean HEADWATER_GREETING?)");
  }

  @Test
  void aKeyLikeNoOtherGetsNoHint() {
    assertThat(faults(Optional.empty(), Map.of(), Map.of("colour.of.the.sea", "blue")))
        .containsExactly("colour.of.the.sea: unknown key, from flag");
  }

  @Test
  void aValueOfTheWrongTypeIsAFaultThatNamesKeyValueAndSource() {
    assertThat(faults(Optional.empty(), Map.of("HEADWATER_HTTP_PORT", "many"), Map.of()))
        .singleElement()
        .asString()
        .startsWith("http.port: many: ")
        .endsWith("(from environment variable HEADWATER_HTTP_PORT)");
  }

  @Test
  void aValueOutOfRangeIsAFault() {
    assertThat(faults(Optional.empty(), Map.of(), Map.of("http.port", "70000")))
        .singleElement()
        .asString()
        .startsWith("http.port: 70000: ")
        .endsWith("(from flag)");
  }

  @Test
  void aSwitchThatIsNeitherTrueNorFalseIsAFault() {
    assertThat(faults(Optional.empty(), Map.of(), Map.of("dry-run", "perhaps")))
        .singleElement()
        .asString()
        .startsWith("dry-run: perhaps: ");
  }

  @Test
  void aKeyWithoutDefaultThatNobodySetsIsAFault() {
    ConfigDef strict =
        new ConfigDef().define("token", Type.STRING, Importance.HIGH, "Has no default.");

    InvalidSettingsException fault =
        catchThrowableOfType(
            InvalidSettingsException.class,
            () -> SettingsReader.read(strict, Optional.empty(), Map.of(), Map.of()));

    assertThat(fault.faults())
        .singleElement()
        .asString()
        .startsWith("token: ")
        .contains("no default");
  }

  @Test
  void allFaultsOfAllSourcesAreReportedTogether() throws IOException {
    List<String> faults =
        faults(
            file("greting = hello\npause.ms = soon"),
            Map.of("HEADWATER_HTTP_PROT", "1", "HEADWATER_HTTP_PORT", "-1"),
            Map.of("dryrun", "true"));

    assertThat(faults)
        .hasSize(5)
        .anyMatch(fault -> fault.startsWith("greting: unknown key"))
        .anyMatch(fault -> fault.startsWith("pause.ms: soon"))
        .anyMatch(fault -> fault.contains("HEADWATER_HTTP_PROT names no setting"))
        .anyMatch(fault -> fault.startsWith("http.port: -1"))
        .anyMatch(fault -> fault.startsWith("dryrun: unknown key"));
  }

  @Test
  void theMessageOfTheExceptionHoldsEveryFault() {
    var fault = new InvalidSettingsException(List.of("one", "two"));

    assertThat(fault).hasMessage("one; two");
  }

  @Test
  void settingsOfTheClientsPassThroughFromEverySource() throws IOException {
    Settings settings =
        read(
            file("consumer.max.poll.records = 10\nkafka.security.protocol = SSL"),
            Map.of("HEADWATER_PRODUCER_LINGER_MS", "3", "HEADWATER_KAFKA_SECURITY_PROTOCOL", "TLS"),
            Map.of("registry.basic.auth.user.info", "me:secret", "streams.state.dir", "x"));

    assertThat(settings.under("consumer.")).isEqualTo(Map.of("max.poll.records", "10"));
    assertThat(settings.under("kafka.")).isEqualTo(Map.of("security.protocol", "TLS"));
    assertThat(settings.under("producer.")).isEqualTo(Map.of("linger.ms", "3"));
    assertThat(settings.under("registry.")).isEqualTo(Map.of("basic.auth.user.info", "me:secret"));
  }

  @Test
  void aDefinedKeyUnderAPrefixOfTheClientsIsNotPassedOn() {
    Settings settings =
        read(
            Optional.empty(),
            Map.of("HEADWATER_STREAMS_THREADS", "4"),
            Map.of("streams.state.dir", "x"));

    assertThat(settings.integer("streams.threads")).isEqualTo(4);
    assertThat(settings.under("streams.")).isEqualTo(Map.of("state.dir", "x"));
  }

  @Test
  void spacesAroundAValueDoNotCount() {
    assertThat(read(Optional.empty(), Map.of(), Map.of("http.port", " 81 ")).integer("http.port"))
        .isEqualTo(81);
  }

  @Test
  void theFileIsReadAsUtf8() throws IOException {
    assertThat(read(file("greeting = Grüße, 世界"), Map.of(), Map.of()).string("greeting"))
        .isEqualTo("Grüße, 世界");
  }

  @Test
  void aFileThatIsNotThereIsAFaultBesideTheOthers() {
    Path missing = folder.resolve("missing.properties");

    assertThat(faults(Optional.of(missing), Map.of(), Map.of("dryrun", "true")))
        .hasSize(2)
        .contains("the configuration file %s does not exist".formatted(missing));
  }

  @Test
  void aFolderIsNoConfigurationFile() {
    assertThat(faults(Optional.of(folder), Map.of(), Map.of()))
        .singleElement()
        .asString()
        .startsWith("the configuration file %s cannot be read".formatted(folder));
  }

  @Test
  void aFileThatIsNotUtf8IsAFault() throws IOException {
    Path file = folder.resolve("latin1.properties");
    Files.write(file, "greeting = Grüße".getBytes(ISO_8859_1));

    assertThat(faults(Optional.of(file), Map.of(), Map.of()))
        .containsExactly("the configuration file %s is not UTF-8".formatted(file));
  }

  @Test
  void aBrokenEscapeInTheFileIsAFault() throws IOException {
    assertThat(faults(file("greeting = \\u12zz"), Map.of(), Map.of()))
        .singleElement()
        .asString()
        .contains("cannot be read");
  }

  private Optional<Path> file(String text) throws IOException {
    return Optional.of(Files.writeString(folder.resolve("headwater.properties"), text));
  }

  private static Settings read(
      Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    return SettingsReader.read(DEFINITION, file, environment, flags);
  }

  private static List<String> faults(
      Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    return catchThrowableOfType(
            InvalidSettingsException.class, () -> read(file, environment, flags))
        .faults();
  }
}
