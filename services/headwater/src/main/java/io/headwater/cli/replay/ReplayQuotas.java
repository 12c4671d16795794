package io.headwater.cli.replay;

import io.headwater.cli.ingest.RiverAccess;
import io.headwater.runtime.config.CommonSettings;
import io.headwater.runtime.config.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaAlteration.Op;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.quota.ClientQuotaFilterComponent;
import org.jspecify.annotations.Nullable;

/**
 * The broker's quotas of a replay's clients. Kafka knows clients by their whole ids, so each gets
 * its own quota; nobody else has such ids, since they begin with the replay's prefix.
 */
final class ReplayQuotas implements AutoCloseable {
  private static final List<String> RATES = List.of("producer_byte_rate", "consumer_byte_rate");

  private final RiverAccess river;
  private final ReplayName name;

  private ReplayQuotas(RiverAccess river, ReplayName name) {
    this.river = river;
    this.name = name;
  }

  /**
   * Sets quotas until {@link #close}; what a killed replay left is removed first.
   *
   * @param bytesPerSecond of each client on each broker, to read and to write; empty for none
   * @param clients client ids
   */
  static ReplayQuotas set(
      RiverAccess river, ReplayName name, OptionalLong bytesPerSecond, Collection<String> clients) {
    ReplayQuotas quotas = new ReplayQuotas(river, name);
    quotas.close();
    bytesPerSecond.ifPresent(bytes -> quotas.alter(clients, (double) bytes));
    return quotas;
  }

  /**
   * The ids of the clients in the replay's own process.
   *
   * @param settings of its services
   */
  static List<String> clients(ReplayName name, Settings settings) {
    String instance = CommonSettings.instanceId(settings);
    List<String> ids = new ArrayList<>();
    ids.add(name.progressClient());
    ids.add(name.prefix() + "headwater-scorer-" + instance);
    ids.add(name.prefix() + "headwater-scorer-translation-" + instance);
    ids.add(name.aggregatorGroup() + "-feed-" + instance);
    ids.add(name.aggregatorGroup() + "-letters-" + instance);
    ids.add(name.aggregatorGroup() + "-explanations-" + instance);
    addStreams(ids, name.tokenizerGroup() + "-" + instance, settings.integer("tokenizer.threads"));
    addStreams(
        ids, name.aggregatorGroup() + "-" + instance, settings.integer("aggregator.threads"));
    return ids;
  }

  /** A stream thread that dies is replaced by one with the next free number. */
  private static void addStreams(List<String> ids, String client, int threads) {
    for (int thread = 1; thread <= 2 * threads; thread++) {
      for (String kind : List.of("consumer", "producer", "restore-consumer")) {
        ids.add("%s-StreamThread-%d-%s".formatted(client, thread, kind));
      }
    }
  }

  /** Removes every quota of a client of this replay. */
  @Override
  public void close() {
    ClientQuotaFilter everyClient =
        ClientQuotaFilter.containsOnly(
            List.of(ClientQuotaFilterComponent.ofEntityType(ClientQuotaEntity.CLIENT_ID)));
    List<String> ours =
        river
            .ask(() -> river.admin().describeClientQuotas(everyClient).entities().get())
            .keySet()
            .stream()
            .map(entity -> entity.entries().get(ClientQuotaEntity.CLIENT_ID))
            .filter(id -> id != null && id.startsWith(name.prefix()))
            .toList();
    alter(ours, null);
  }

  private void alter(Collection<String> clients, @Nullable Double rate) {
    if (clients.isEmpty()) {
      return;
    }
    List<Op> ops = RATES.stream().map(key -> new Op(key, rate)).toList();
    List<ClientQuotaAlteration> changes =
        clients.stream()
            .map(id -> new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, id)))
            .map(entity -> new ClientQuotaAlteration(entity, ops))
            .toList();
    river.ask(() -> river.admin().alterClientQuotas(changes).all().get());
  }
}
