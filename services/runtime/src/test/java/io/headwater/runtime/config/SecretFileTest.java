package io.headwater.runtime.config;

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
import org.apache.kafka.common.config.ConfigDef.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {
  private static final ConfigDef DEFINITION =
      new ConfigDef()
          .define("http.token", Type.PASSWORD, "", Importance.HIGH, "A secret.")
          .define("greeting", Type.STRING, "hello", Importance.LOW, "A greeting.")
          .define("http.port", Type.INT, 8080, Importance.LOW, "A port.");

  @TempDir Path folder;

  @Test
  void aSecretIsReadFromTheFileThatItsKeyNames() throws IOException {
    Settings settings = read(Map.of(), Map.of("http.token.file", file("s3cret\n")));

    assertThat(settings.secret("http.token")).contains("s3cret");
  }

  @Test
  void onlyLineEndsAtTheEndAreCut() throws IOException {
    Settings settings = read(Map.of(), Map.of("kafka.sasl.password.file", file("  a\nb \r\n\n")));

    assertThat(settings.under("kafka.")).isEqualTo(Map.of("sasl.password", "  a\nb "));
  }

  @Test
  void aVariableMayNameTheFileToo() throws IOException {
    Settings settings =
        read(
            Map.of(
                "HEADWATER_HTTP_TOKEN_FILE",
                file("one"),
                "HEADWATER_KAFKA_SASL_PASSWORD_FILE",
                file("two")),
            Map.of());

    assertThat(settings.secret("http.token")).contains("one");
    assertThat(settings.under("kafka.")).isEqualTo(Map.of("sasl.password", "two"));
  }

  @Test
  void aKeyThatIsThereTwiceIsAFault() throws IOException {
    String file = file("s3cret");

    assertThat(
            faults(Map.of("HEADWATER_HTTP_TOKEN", "other-s3cret"), Map.of("http.token.file", file)))
        .singleElement()
        .asString()
        .contains("http.token and http.token.file are both set")
        .contains("HEADWATER_HTTP_TOKEN")
        .doesNotContain("s3cret");
  }

  @Test
  void aFileThatCannotBeReadIsAFaultThatNamesIt() throws IOException {
    assertThat(faults(Map.of(), Map.of("http.token.file", "/nowhere/token")))
        .containsExactly("http.token.file: there is no file /nowhere/token (from flag)");
    assertThat(faults(Map.of(), Map.of("http.token.file", "")))
        .containsExactly("http.token.file: names no file (from flag)");
    assertThat(faults(Map.of(), Map.of("http.token.file", folder.toString())))
        .singleElement()
        .asString()
        .contains("cannot be read");
    assertThat(faults(Map.of(), Map.of("http.token.file", file("\n"))))
        .singleElement()
        .asString()
        .contains("is empty");
  }

  @Test
  void whatAFileHoldsIsNeverPartOfAFault() throws IOException {
    assertThat(faults(Map.of(), Map.of("http.port.file", file("s3cret"))))
        .singleElement()
        .asString()
        .startsWith("http.port: ")
        .contains(folder.toString())
        .doesNotContain("s3cret");
  }

  @Test
  void aKeyThatNobodyKnowsHasNoFileEither() {
    assertThat(faults(Map.of(), Map.of("colour.file", "/x")))
        .containsExactly("colour.file: unknown key, from flag");
  }

  @Test
  void keysOfKafkaThatEndSoStayAsTheyAre() {
    Settings settings =
        read(Map.of(), Map.of("kafka.sasl.oauthbearer.assertion.file", "/run/assertion"));

    assertThat(settings.under("kafka."))
        .isEqualTo(Map.of("sasl.oauthbearer.assertion.file", "/run/assertion"));
  }

  @Test
  void aSecretThatIsNotSetIsNotThere() {
    assertThat(read(Map.of(), Map.of()).secret("http.token")).isEmpty();
  }

  private String file(String content) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "value", ""), content).toString();
  }

  private static Settings read(Map<String, String> environment, Map<String, String> flags) {
    return SettingsReader.read(DEFINITION, Optional.empty(), environment, flags);
  }

  private static List<String> faults(Map<String, String> environment, Map<String, String> flags) {
    return catchThrowableOfType(InvalidSettingsException.class, () -> read(environment, flags))
        .faults();
  }
}
