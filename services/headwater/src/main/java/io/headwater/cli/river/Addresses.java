package io.headwater.cli.river;

import io.headwater.runtime.config.Settings;

/** Where people find the parts of a local river. */
final class Addresses {
  private Addresses() {}

  static String dashboard(Settings settings) {
    return "http://%s:%d"
        .formatted(
            settings.string("aggregator.http.host"), settings.integer("aggregator.http.port"));
  }

  static String gateway(Settings settings) {
    return "http://%s:%d"
        .formatted(settings.string("gateway.http.host"), settings.integer("gateway.http.port"));
  }
}
