package io.headwater.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSecurityTest {
  private static final Map<String, Object> SCRAM =
      Map.of(
          "security.protocol", "SASL_SSL",
          "sasl.mechanism", "SCRAM-SHA-512",
          "sasl.username", "scorer",
          "sasl.password", "s3cret");

  @TempDir Path folder;

  @Test
  void whatHasNoLockStaysAsItIs() {
    assertThat(KafkaSecurity.complete(Map.of("client.id", "x")))
        .isEqualTo(Map.of("client.id", "x"));
  }

  @Test
  void nameAndPasswordBecomeTheJaasLineOfTheirMechanism() {
    assertThat(KafkaSecurity.complete(SCRAM))
        .containsEntry(
            "sasl.jaas.config",
            "org.apache.kafka.common.security.scram.ScramLoginModule required"
                + " username=\"scorer\" password=\"s3cret\";")
        .doesNotContainKeys("sasl.username", "sasl.password");
    assertThat(KafkaSecurity.complete(with("sasl.mechanism", "PLAIN")).get("sasl.jaas.config"))
        .asString()
        .startsWith("org.apache.kafka.common.security.plain.PlainLoginModule required ");
  }

  @Property
  void anyPasswordIsReadBackByKafkaAsItWas(@ForAll String password) {
    if (password.isEmpty()) {
      return;
    }

    Map<String, Object> properties = KafkaSecurity.complete(with("sasl.password", password));

    Map<String, Object> parsed = AdminClientConfig.configDef().parse(properties);
    Map<String, ?> options =
        JaasContext.loadClientContext(parsed).configurationEntries().get(0).getOptions();
    assertThat(options.get("password")).isEqualTo(password);
  }

  @Test
  void aLockThatIsForgottenIsAFault() {
    assertThat(faults(Map.of("sasl.mechanism", "PLAIN")))
        .containsExactly(
            "kafka.sasl.mechanism is set, and kafka.security.protocol is PLAINTEXT, which does not"
                + " use it: set kafka.security.protocol to SASL_SSL");
    assertThat(faults(Map.of("ssl.truststore.location", "/x")))
        .singleElement()
        .asString()
        .endsWith("set kafka.security.protocol to SSL");
  }

  @Test
  void aMechanismIsAskedForAndOneThatThereIsNotIsRefused() {
    assertThat(faults(Map.of("security.protocol", "SASL_SSL")))
        .singleElement()
        .asString()
        .startsWith("kafka.sasl.mechanism: missing with kafka.security.protocol=SASL_SSL");
    assertThat(faults(with("sasl.mechanism", "SCRAM-SHA-1")))
        .singleElement()
        .asString()
        .startsWith("kafka.sasl.mechanism: SCRAM-SHA-1 is unknown");
  }

  @Test
  void aProtocolThatThereIsNotIsRefused() {
    assertThat(faults(Map.of("security.protocol", "TLS")))
        .singleElement()
        .asString()
        .startsWith("kafka.security.protocol: TLS: ");
  }

  @Test
  void whatIsMissingOfALoginIsNamed() {
    Map<String, Object> nameless = new HashMap<>(SCRAM);
    nameless.remove("sasl.username");
    nameless.remove("sasl.password");

    assertThat(faults(nameless))
        .hasSize(2)
        .anyMatch(fault -> fault.startsWith("kafka.sasl.username: missing"))
        .anyMatch(fault -> fault.contains("kafka.sasl.password.file"));
  }

  @Test
  void aJaasLineBesideANameIsAFaultThatShowsNeither() {
    assertThat(faults(with("sasl.jaas.config", "x required password=\"hidden\";")))
        .singleElement()
        .asString()
        .contains("both set")
        .doesNotContain("hidden")
        .doesNotContain("s3cret");
  }

  @Test
  void aJaasLineThatKafkaCannotReadIsAFaultThatDoesNotShowIt() {
    Map<String, Object> properties =
        Map.of(
            "security.protocol", "SASL_SSL",
            "sasl.mechanism", "PLAIN",
            "sasl.jaas.config", "hidden password=\"hidden\"");

    assertThat(faults(properties))
        .singleElement()
        .asString()
        .startsWith("kafka.sasl.jaas.config: ")
        .doesNotContain("hidden");
  }

  @Test
  void aTruststoreMustBeThereAndOpenWithItsPassword() throws Exception {
    Path store = keystore();

    assertThat(faults(with("ssl.truststore.location", "/nowhere.p12")))
        .singleElement()
        .asString()
        .startsWith("kafka.ssl.truststore.location: there is no file /nowhere.p12");
    assertThat(faults(tls(store, "wrong-s3cret")))
        .singleElement()
        .asString()
        .startsWith("kafka.ssl.*: ")
        .contains("password")
        .doesNotContain("wrong-s3cret");
    assertThat(KafkaSecurity.complete(tls(store, "changeit"))).isNotEmpty();
  }

  @Test
  void aTruststoreThatIsNoneIsAFault() throws IOException {
    Path file = Files.writeString(folder.resolve("ca.pem"), "not a certificate");
    Map<String, Object> properties = new HashMap<>(SCRAM);
    properties.put("ssl.truststore.type", "PEM");
    properties.put("ssl.truststore.location", file.toString());

    assertThat(faults(properties)).singleElement().asString().startsWith("kafka.ssl.*: ");
  }

  @Test
  void aTokenNeedsAnAddressAndWhoAsks() {
    Map<String, Object> properties = new HashMap<>();
    properties.put("security.protocol", "SASL_SSL");
    properties.put("sasl.mechanism", "OAUTHBEARER");
    assertThat(faults(properties))
        .singleElement()
        .asString()
        .startsWith("kafka.sasl.oauthbearer.token.endpoint.url: missing");

    properties.put("sasl.oauthbearer.token.endpoint.url", "https://login.example/token");
    assertThat(faults(properties))
        .hasSize(2)
        .allMatch(fault -> fault.contains("client.credentials"));

    properties.put("sasl.oauthbearer.client.credentials.client.id", "headwater");
    properties.put("sasl.oauthbearer.client.credentials.client.secret", "s3cret");
    assertThat(KafkaSecurity.complete(properties))
        .containsEntry(
            "sasl.login.callback.handler.class",
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler")
        .containsEntry(
            "sasl.jaas.config",
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;");
    assertThat(System.getProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls"))
        .contains("https://login.example/token");
  }

  @Test
  void theRegistrysNameAndPasswordNeedNoFurtherSetting() {
    assertThat(
            RegistrySecurity.complete(
                Map.of("basic.auth.user.info", "me:s3cret"), "http://registry"))
        .containsEntry("basic.auth.credentials.source", "USER_INFO");
  }

  @Test
  void theRegistrysFaultsAreNamedAndNotItsPassword() {
    assertThat(registryFaults(Map.of("basic.auth.user.info", "s3cret"), "http://registry"))
        .containsExactly("registry.basic.auth.user.info: not of the form NAME:PASSWORD");
    assertThat(registryFaults(Map.of(), "http://me:s3cret@registry"))
        .containsExactly(
            "schema.registry.url: has a name or a password in it; set"
                + " registry.basic.auth.user.info instead");
    assertThat(registryFaults(Map.of("ssl.truststore.location", "/x"), "https://registry"))
        .singleElement()
        .asString()
        .contains("set registry.schema.registry.ssl.truststore.location");
    assertThat(
            registryFaults(
                Map.of("schema.registry.ssl.truststore.location", "/x"), "http://registry"))
        .singleElement()
        .asString()
        .contains("is not https");
    assertThat(
            registryFaults(
                Map.of("schema.registry.ssl.truststore.location", "/x"), "https://registry"))
        .singleElement()
        .asString()
        .startsWith("registry.schema.registry.ssl.truststore.location: there is no file /x");
  }

  private static Map<String, Object> with(String key, String value) {
    Map<String, Object> properties = new HashMap<>(SCRAM);
    properties.put(key, value);
    return properties;
  }

  private static Map<String, Object> tls(Path store, String password) {
    Map<String, Object> properties = with("ssl.truststore.location", store.toString());
    properties.put("ssl.truststore.type", "PKCS12");
    properties.put("ssl.truststore.password", password);
    return properties;
  }

  private Path keystore() throws IOException, InterruptedException {
    Path store = folder.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "ca",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    return store;
  }

  private static List<String> faults(Map<String, Object> properties) {
    return catchThrowableOfType(
            InvalidSettingsException.class, () -> KafkaSecurity.complete(properties))
        .faults();
  }

  private static List<String> registryFaults(Map<String, Object> properties, String url) {
    return catchThrowableOfType(
            InvalidSettingsException.class, () -> RegistrySecurity.complete(properties, url))
        .faults();
  }
}
