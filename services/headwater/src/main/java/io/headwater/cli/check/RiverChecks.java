package io.headwater.cli.check;

import io.headwater.runtime.config.KafkaConnection;
import io.headwater.schemas.Causes;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.RegistryUnavailableException;
import io.headwater.schemas.RightsMissingException;
import io.headwater.schemas.RiverPreflight;
import io.headwater.schemas.RiverPreflight.BrokerUnavailableException;
import io.headwater.schemas.SchemaRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;

/** Broker, registry, topics and schemas. */
final class RiverChecks {
  private RiverChecks() {}

  static void run(KafkaConnection kafka, List<Finding> findings) {
    Map<String, Object> properties = new HashMap<>(kafka.forAdmin());
    properties.put("default.api.timeout.ms", 5_000);
    properties.put("request.timeout.ms", 3_000);
    try (Admin admin = Admin.create(properties)) {
      int nodes = admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).size();
      findings.add(
          Finding.ok("broker", "%s answers, %d nodes".formatted(kafka.bootstrapServers(), nodes)));
      checkRiver(kafka, admin, findings);
    } catch (ExecutionException | TimeoutException e) {
      if (e.getCause() instanceof AuthenticationException refused) {
        findings.add(
            Finding.bad(
                "broker",
                "%s does not let this client in (%s): see kafka.sasl.* and kafka.ssl.*"
                    .formatted(kafka.bootstrapServers(), refused.getMessage())));
        return;
      }
      findings.add(
          Finding.note(
              "broker",
              "%s does not answer; `headwater up` starts a local one, or set bootstrap.servers"
                  .formatted(kafka.bootstrapServers())));
    } catch (KafkaException e) {
      findings.add(
          Finding.bad(
              "broker", "Kafka's client cannot be made: " + Causes.firstLine(Causes.innermost(e))));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void checkRiver(KafkaConnection kafka, Admin admin, List<Finding> findings)
      throws InterruptedException {
    HeadwaterTopics topics = kafka.topics(HeadwaterTopics::of);
    SchemaRegistry registry = SchemaRegistry.at(kafka.registryUrl(), kafka.registryProperties());
    try {
      List<String> faults = new RiverPreflight(admin, registry).missing(topics.all());
      findings.add(Finding.ok("registry", kafka.registryUrl() + " answers"));
      faults.forEach(fault -> findings.add(Finding.bad("river", fault)));
      if (faults.isEmpty()) {
        findings.add(Finding.ok("river", "all topics exist and all schemas are registered"));
      }
    } catch (RightsMissingException | BrokerUnavailableException e) {
      findings.add(Finding.bad("river", String.valueOf(e.getMessage())));
    } catch (RegistryUnavailableException e) {
      findings.add(Finding.bad("registry", e.getMessage() + "; set schema.registry.url"));
    }
  }
}
