package io.headwater.cli.river;

import io.headwater.aggregator.AggregatorConfig;
import io.headwater.aggregator.AggregatorService;
import io.headwater.gateway.GatewayConfig;
import io.headwater.gateway.GatewayService;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.config.Settings;
import io.headwater.runtime.lifecycle.Service;
import io.headwater.runtime.telemetry.Telemetry;
import io.headwater.scorer.ScorerConfig;
import io.headwater.scorer.ScorerService;
import io.headwater.tokenizer.TokenizerConfig;
import io.headwater.tokenizer.TokenizerService;
import java.util.List;

/** Makes services by name: the one place where the names of {@code headwater run} are. */
public final class Services {
  private static final String AGGREGATOR = "aggregator";

  /** All names, in the order of the flow. */
  static final List<String> NAMES =
      List.of(TokenizerService.NAME, ScorerService.NAME, AGGREGATOR, GatewayService.NAME);

  private Services() {}

  /** A service that is not started yet. */
  static Service create(
      String name, Settings settings, KafkaConnection kafka, Telemetry telemetry) {
    return switch (name) {
      case TokenizerService.NAME ->
          new TokenizerService(TokenizerConfig.from(settings), kafka, telemetry);
      case ScorerService.NAME -> new ScorerService(ScorerConfig.from(settings), kafka, telemetry);
      case AGGREGATOR ->
          AggregatorService.create(AggregatorConfig.from(settings), kafka, telemetry);
      case GatewayService.NAME ->
          GatewayService.create(GatewayConfig.from(settings), kafka, telemetry);
      default -> throw new IllegalArgumentException("No service " + name);
    };
  }
}
