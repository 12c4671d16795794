package io.headwater.cli;

import io.headwater.aggregator.AggregatorConfig;
import io.headwater.cli.river.LocalSettings;
import io.headwater.gateway.GatewayConfig;
import io.headwater.runtime.config.CommonSettings;
import io.headwater.runtime.faults.BreakerOptions;
import io.headwater.runtime.http.HttpSettings;
import io.headwater.scorer.ScorerConfig;
import io.headwater.tokenizer.TokenizerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Every key of every service: one configuration file may serve them all. */
public final class AllSettings {
  private AllSettings() {}

  /** A new definition with all keys. */
  public static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    CommonSettings.define(definition);
    BreakerOptions.define(definition);
    HttpSettings.define(definition);
    TokenizerConfig.define(definition);
    ScorerConfig.define(definition);
    AggregatorConfig.define(definition);
    GatewayConfig.define(definition);
    LocalSettings.define(definition);
    return definition;
  }
}
