package io.headwater.runtime.http;

import io.headwater.runtime.config.InvalidSettingsException;
import io.headwater.runtime.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** The settings of whom the HTTP endpoints let in, and how they are read. */
public final class HttpSettings {
  /** Setting of the token of all endpoints that have none of their own. */
  public static final String TOKEN = "http.token";

  /** Setting of the token of the services' admin endpoints. */
  public static final String ADMIN_TOKEN = "admin.http.token";

  /** Setting of the certificate. */
  public static final String CERTIFICATE = "http.tls.certificate";

  /** Setting of its key. */
  public static final String KEY = "http.tls.key";

  /** Setting of who signs clients' certificates. */
  public static final String CLIENT_CA = "http.tls.client.ca";

  private HttpSettings() {}

  /** Adds the keys that all endpoints share to a definition. */
  public static ConfigDef define(ConfigDef definition) {
    defineToken(
        definition,
        TOKEN,
        "Token that clients of every HTTP endpoint send, as Authorization: Bearer TOKEN. Several,"
            + " separated by white space or commas, while one replaces another. Needed, or"
            + " http.tls.client.ca, where an endpoint's host is not a loopback address.");
    defineToken(
        definition,
        ADMIN_TOKEN,
        "Token of the admin endpoints (metrics, details of health). Empty: http.token.");
    return definition
        .define(
            CERTIFICATE,
            Type.STRING,
            "",
            Importance.MEDIUM,
            "PEM file with the certificate of the HTTP endpoints, and those up to its authority."
                + " Empty: plain HTTP. Read again when it changes.")
        .define(
            KEY,
            Type.STRING,
            "",
            Importance.MEDIUM,
            "PEM file with the certificate's private key, without a password.")
        .define(
            CLIENT_CA,
            Type.STRING,
            "",
            Importance.MEDIUM,
            "PEM file with the authorities whose certificates clients of the HTTP endpoints must"
                + " show (mTLS); /health answers without. Empty: none is asked for.");
  }

  /** Adds the key of a token. */
  public static ConfigDef defineToken(ConfigDef definition, String key, String documentation) {
    return definition.define(
        key,
        Type.PASSWORD,
        "",
        ConfigDef.LambdaValidator.with(HttpSettings::checkToken, () -> "16 characters or more"),
        Importance.MEDIUM,
        documentation);
  }

  /**
   * Reads an endpoint.
   *
   * @throws InvalidSettingsException when the TLS files are not all named
   */
  public static HttpEndpoint endpoint(Settings settings, HttpEndpoint.Keys keys) {
    return new HttpEndpoint(
        settings.string(keys.host()),
        settings.integer(keys.port()),
        keys,
        access(settings, keys.token()));
  }

  private static HttpAccess access(Settings settings, String tokenKey) {
    String tokens = settings.secret(tokenKey).or(() -> settings.secret(TOKEN)).orElse("");
    return new HttpAccess(AccessTokens.parse(tokens), tls(settings));
  }

  private static Optional<TlsFiles> tls(Settings settings) {
    Optional<Path> certificate = settings.text(CERTIFICATE).map(Path::of);
    Optional<Path> key = settings.text(KEY).map(Path::of);
    Optional<Path> authority = settings.text(CLIENT_CA).map(Path::of);
    List<String> faults = new ArrayList<>();
    if (certificate.isPresent() && key.isEmpty()) {
      faults.add("%s: set it too, since %s is set".formatted(KEY, CERTIFICATE));
    }
    if (certificate.isEmpty() && (key.isPresent() || authority.isPresent())) {
      faults.add(
          "%s: set it too, since %s is set"
              .formatted(CERTIFICATE, key.isPresent() ? KEY : CLIENT_CA));
    }
    if (!faults.isEmpty()) {
      throw new InvalidSettingsException(faults);
    }
    return certificate.flatMap(file -> key.map(its -> new TlsFiles(file, its, authority)));
  }

  private static void checkToken(String key, @Nullable Object value) {
    try {
      var unused = AccessTokens.parse(value == null ? "" : ((Password) value).value());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(key, value, e.getMessage());
    }
  }
}
