package io.headwater.cli.river;

import io.headwater.aggregator.AggregatorSettings;
import io.headwater.gateway.GatewayConfig;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.http.HttpEndpoint;
import io.headwater.runtime.http.HttpSettings;

/** Where people find the parts of a local river. */
final class Addresses {
  private Addresses() {}

  static String dashboard(Settings settings) {
    return address(settings, AggregatorSettings.HTTP);
  }

  static String gateway(Settings settings) {
    return address(settings, GatewayConfig.DOOR);
  }

  private static String address(Settings settings, HttpEndpoint.Keys keys) {
    HttpEndpoint endpoint = HttpSettings.endpoint(settings, keys);
    return "%s://%s:%d".formatted(endpoint.scheme(), endpoint.host(), endpoint.port());
  }
}
