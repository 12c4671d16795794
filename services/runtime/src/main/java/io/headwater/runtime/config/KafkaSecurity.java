package io.headwater.runtime.config;

import static org.apache.kafka.clients.CommonClientConfigs.SECURITY_PROTOCOL_CONFIG;
import static org.apache.kafka.common.config.SaslConfigs.SASL_JAAS_CONFIG;
import static org.apache.kafka.common.config.SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS;
import static org.apache.kafka.common.config.SaslConfigs.SASL_MECHANISM;
import static org.apache.kafka.common.config.SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID;
import static org.apache.kafka.common.config.SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET;
import static org.apache.kafka.common.config.SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/**
 * The settings under {@code kafka.} that open the way to locked brokers, checked as far as can be
 * without asking one, and completed: Kafka's clients want a JAAS line where people have a name and
 * a password.
 */
final class KafkaSecurity {
  /** Who logs in, and with what: ours, beside Kafka's own keys. */
  static final String USERNAME = "sasl.username";

  static final String PASSWORD = "sasl.password";

  private static final String PREFIX = "kafka.";
  private static final Set<String> SCRAM = Set.of("SCRAM-SHA-256", "SCRAM-SHA-512");
  private static final String PLAIN = "PLAIN";
  private static final String OAUTHBEARER = "OAUTHBEARER";
  private static final Set<String> MECHANISMS =
      Set.of("SCRAM-SHA-256", "SCRAM-SHA-512", PLAIN, OAUTHBEARER, "GSSAPI");

  private final Map<String, Object> properties;
  private final List<String> faults = new ArrayList<>();

  private KafkaSecurity(Map<String, Object> given) {
    this.properties = new HashMap<>(given);
  }

  /**
   * The properties of Kafka's clients.
   *
   * @param given the settings under {@code kafka.}, without that prefix
   * @throws InvalidSettingsException when they cannot work together, or name files that are no good
   */
  static Map<String, Object> complete(Map<String, Object> given) {
    KafkaSecurity security = new KafkaSecurity(given);
    security.complete();
    if (!security.faults.isEmpty()) {
      throw new InvalidSettingsException(security.faults);
    }
    return security.properties;
  }

  private void complete() {
    String protocol = text(SECURITY_PROTOCOL_CONFIG).toUpperCase(Locale.ROOT);
    if (protocol.startsWith("SASL_")) {
      completeSasl();
    } else {
      refuseWithout(protocol, "sasl.", "SASL_SSL");
    }
    if (!protocol.endsWith("SSL")) {
      refuseWithout(protocol, "ssl.", protocol.startsWith("SASL_") ? "SASL_SSL" : "SSL");
    }
    if (faults.isEmpty()) {
      checkParsed(protocol);
    }
  }

  /** Who sets a lock's details and forgets the lock itself would go on in the clear. */
  private void refuseWithout(String protocol, String prefix, String instead) {
    properties.keySet().stream()
        .filter(key -> key.startsWith(prefix))
        .sorted()
        .findFirst()
        .ifPresent(
            key ->
                faults.add(
                    "kafka.%s is set, and kafka.security.protocol is %s, which does not use it: set"
                            .formatted(key, protocol.isEmpty() ? "PLAINTEXT" : protocol)
                        + " kafka.security.protocol to "
                        + instead));
  }

  private void completeSasl() {
    String mechanism = text(SASL_MECHANISM);
    if (!MECHANISMS.contains(mechanism)) {
      faults.add(
          "kafka.sasl.mechanism: %s with kafka.security.protocol=%s: set it to SCRAM-SHA-512 (or"
                  .formatted(
                      mechanism.isEmpty() ? "missing" : mechanism + " is unknown",
                      text(SECURITY_PROTOCOL_CONFIG))
              + " SCRAM-SHA-256, PLAIN, OAUTHBEARER, GSSAPI)");
      return;
    }
    boolean named = properties.containsKey(USERNAME) || properties.containsKey(PASSWORD);
    boolean jaas = properties.containsKey(SASL_JAAS_CONFIG);
    if (named && jaas) {
      faults.add(
          "kafka.sasl.jaas.config and kafka.sasl.username are both set: leave one out, with"
              + " kafka.sasl.password");
    } else if (SCRAM.contains(mechanism) || mechanism.equals(PLAIN)) {
      if (!jaas) {
        completeLogin(
            mechanism.equals(PLAIN)
                ? PlainLoginModule.class.getName()
                : ScramLoginModule.class.getName());
      }
    } else if (named) {
      faults.add(
          "kafka.sasl.username and kafka.sasl.password are for SCRAM and PLAIN, and"
              + " kafka.sasl.mechanism is "
              + mechanism);
    } else if (mechanism.equals(OAUTHBEARER)) {
      completeToken(jaas);
    }
  }

  private void completeLogin(String module) {
    for (String key : List.of(USERNAME, PASSWORD)) {
      if (text(key).isEmpty()) {
        faults.add(
            "kafka.%s: missing with kafka.sasl.mechanism=%s (set it, or kafka.%s.file to a file that"
                    .formatted(key, text(SASL_MECHANISM), key)
                + " holds it)");
      }
    }
    properties.put(
        SASL_JAAS_CONFIG,
        "%s required username=\"%s\" password=\"%s\";"
            .formatted(module, quoted(text(USERNAME)), quoted(text(PASSWORD))));
    properties.remove(USERNAME);
    properties.remove(PASSWORD);
  }

  /** Kafka's own default makes unsigned tokens up: nobody means that. */
  private void completeToken(boolean jaas) {
    String url = text(SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL);
    if (url.isEmpty()) {
      if (!properties.containsKey(SASL_LOGIN_CALLBACK_HANDLER_CLASS)) {
        faults.add(
            "kafka.%s: missing with kafka.sasl.mechanism=OAUTHBEARER"
                .formatted(SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL));
      }
      return;
    }
    properties.putIfAbsent(
        SASL_LOGIN_CALLBACK_HANDLER_CLASS, OAuthBearerLoginCallbackHandler.class.getName());
    if (!jaas && !url.startsWith("file:")) {
      for (String key :
          List.of(
              SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID,
              SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET)) {
        if (text(key).isEmpty()) {
          faults.add(
              "kafka.%s: missing with kafka.%s (set it, or kafka.%s.file to a file that holds it)"
                  .formatted(key, SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL, key));
        }
      }
    }
    properties.putIfAbsent(SASL_JAAS_CONFIG, OAuthBearerLoginModule.class.getName() + " required;");
    AllowedTokenUrls.allow(url);
  }

  private void checkParsed(String protocol) {
    Map<String, Object> parsed;
    try {
      parsed = AdminClientConfig.configDef().parse(properties);
    } catch (ConfigException e) {
      faults.add(
          PREFIX
              + String.valueOf(e.getMessage())
                  .replaceFirst("^Invalid value (.*) for configuration ([^:]+): ", "$2: $1: "));
      return;
    }
    if (protocol.startsWith("SASL_")) {
      checkJaas(parsed);
    }
    if (protocol.endsWith("SSL")) {
      ClientTls.fault(PREFIX, parsed).ifPresent(faults::add);
    }
  }

  private void checkJaas(Map<String, Object> parsed) {
    if (!properties.containsKey(SASL_JAAS_CONFIG)) {
      return;
    }
    try {
      var unused = JaasContext.loadClientContext(parsed);
    } catch (RuntimeException e) {
      // Its message may quote the line, with the password in it.
      faults.add(
          "kafka.sasl.jaas.config: not of the form MODULE required KEY=\"VALUE\" ...; with its"
              + " semicolon (or set kafka.sasl.username and kafka.sasl.password instead)");
    }
  }

  private String text(String key) {
    return String.valueOf(properties.getOrDefault(key, ""));
  }

  /** As a JAAS line has it between quotes. */
  static String quoted(String value) {
    StringBuilder quoted = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      if (character < ' ') {
        quoted.append("\\%03o".formatted((int) character));
      } else {
        if (character == '"' || character == '\\') {
          quoted.append('\\');
        }
        quoted.append(character);
      }
    }
    return quoted.toString();
  }
}
