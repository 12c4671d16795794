package io.headwater.runtime.config;

import static org.apache.kafka.common.config.internals.BrokerSecurityConfigs.ALLOWED_SASL_OAUTHBEARER_URLS_CONFIG;

import java.util.Set;
import java.util.TreeSet;

/**
 * The addresses that Kafka's clients may ask for tokens. Kafka keeps the list in a system property,
 * against programs that take their clients' properties from strangers. Ours come from who runs the
 * process, so what they name is allowed, unless they have set the system property themselves.
 */
final class AllowedTokenUrls {
  private static final Set<String> OURS = new TreeSet<>();

  private AllowedTokenUrls() {}

  static synchronized void allow(String url) {
    String known = System.getProperty(ALLOWED_SASL_OAUTHBEARER_URLS_CONFIG, "");
    if (known.equals(String.join(",", OURS))) {
      OURS.add(url);
      System.setProperty(ALLOWED_SASL_OAUTHBEARER_URLS_CONFIG, String.join(",", OURS));
    }
  }
}
