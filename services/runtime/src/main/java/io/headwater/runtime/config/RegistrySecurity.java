package io.headwater.runtime.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigException;

/**
 * The settings under {@code registry.} that open the way to a locked registry, checked and
 * completed.
 */
final class RegistrySecurity {
  private static final String PREFIX = "registry.";
  private static final String TLS = "schema.registry.";
  private static final String SOURCE = "basic.auth.credentials.source";
  private static final String USER_INFO = "basic.auth.user.info";

  private RegistrySecurity() {}

  /**
   * The properties of the registry's client.
   *
   * @param given the settings under {@code registry.}, without that prefix
   * @throws InvalidSettingsException when they cannot work
   */
  static Map<String, Object> complete(Map<String, Object> given, String url) {
    Map<String, Object> properties = new HashMap<>(given);
    List<String> faults = new ArrayList<>();
    if (url.matches(".*://[^/]*@.*")) {
      // Addresses are shown in logs and faults.
      throw new InvalidSettingsException(
          List.of(
              "schema.registry.url: has a name or a password in it; set registry.%s instead"
                  .formatted(USER_INFO)));
    }
    Object user = properties.get(USER_INFO);
    if (user != null) {
      if (!user.toString().contains(":")) {
        faults.add("registry.%s: not of the form NAME:PASSWORD".formatted(USER_INFO));
      }
      // Without it, Confluent's client looks for the name in the URL, and finds none.
      properties.putIfAbsent(SOURCE, "USER_INFO");
    }
    checkTls(properties, url, faults);
    if (!faults.isEmpty()) {
      throw new InvalidSettingsException(faults);
    }
    return properties;
  }

  private static void checkTls(Map<String, Object> properties, String url, List<String> faults) {
    Map<String, Object> tls = new HashMap<>();
    properties.forEach(
        (key, value) -> {
          if (key.startsWith(TLS + "ssl.")) {
            tls.put(key.substring(TLS.length()), value);
          } else if (key.startsWith("ssl.")) {
            faults.add(
                "registry.%s: the registry's client does not read it; set registry.%s%s"
                    .formatted(key, TLS, key));
          }
        });
    if (tls.isEmpty()) {
      return;
    }
    if (!url.contains("https://")) {
      faults.add(
          "schema.registry.url: %s is not https, and registry.%sssl.* is set".formatted(url, TLS));
      return;
    }
    try {
      ClientTls.fault(PREFIX + TLS, AdminClientConfig.configDef().parse(tls))
          .ifPresent(faults::add);
    } catch (ConfigException e) {
      faults.add("registry.%sssl.*: %s".formatted(TLS, e.getMessage()));
    }
  }
}
