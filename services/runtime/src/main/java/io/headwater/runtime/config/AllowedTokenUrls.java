package io.headwater.runtime.config;

import static org.apache.kafka.common.config.internals.BrokerSecurityConfigs.ALLOWED_SASL_OAUTHBEARER_FILES_CONFIG;
import static org.apache.kafka.common.config.internals.BrokerSecurityConfigs.ALLOWED_SASL_OAUTHBEARER_URLS_CONFIG;

import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * The addresses that Kafka's clients may ask for tokens. Kafka keeps the list in a system property,
 * against programs that take their clients' properties from strangers. Ours come from who runs the
 * process, so what they name is allowed, unless they have set the system property themselves.
 */
final class AllowedTokenUrls {
  private static final boolean IS_USERS =
      System.getProperty(ALLOWED_SASL_OAUTHBEARER_URLS_CONFIG) != null;

  private AllowedTokenUrls() {}

  static synchronized void allow(String url) {
    if (IS_USERS) {
      return;
    }
    add(ALLOWED_SASL_OAUTHBEARER_URLS_CONFIG, url);
    if (url.startsWith("file:")) {
      add(ALLOWED_SASL_OAUTHBEARER_FILES_CONFIG, URI.create(url).getPath());
    }
  }

  private static void add(String property, String entry) {
    Set<String> known =
        new TreeSet<>(Arrays.asList(System.getProperty(property, "").split(",", -1)));
    known.remove("");
    known.add(entry);
    System.setProperty(property, String.join(",", known));
  }
}
