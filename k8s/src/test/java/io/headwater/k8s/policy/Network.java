package io.headwater.k8s.policy;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.strimzi.api.kafka.model.kafka.Kafka;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Nothing in or out but the flows that are listed here, and each of them. */
final class Network implements Rule {
  private static final String DNS = "{kubernetes.io/metadata.name=kube-system}/{k8s-app=kube-dns}";
  private static final String KAFKA =
      "any/{strimzi.io/cluster=river, strimzi.io/name=river-kafka} TCP 9093";
  private static final String REGISTRY = "any/{app.kubernetes.io/name=registry} TCP 8080";
  private static final String PROMETHEUS =
      "{kubernetes.io/metadata.name=monitoring}/{app.kubernetes.io/name=prometheus} TCP admin";
  private static final String INGRESS =
      "{kubernetes.io/metadata.name=ingress-nginx}/{app.kubernetes.io/name=ingress-nginx} TCP http";
  private static final String GATEWAY_CLIENT = "any/{headwater.io/gateway-client=true} TCP http";
  private static final String PEERS =
      "same/{app.kubernetes.io/component=aggregator, app.kubernetes.io/name=headwater} TCP http";

  private static final Set<String> OUT = Set.of(DNS + " UDP 53", DNS + " TCP 53", KAFKA, REGISTRY);
  private static final Map<String, Set<String>> MORE_OUT = Map.of("aggregator", Set.of(PEERS));
  private static final Map<String, Set<String>> IN =
      Map.of(
          "tokenizer", Set.of(PROMETHEUS),
          "scorer-sentiment", Set.of(PROMETHEUS),
          "scorer-translation", Set.of(PROMETHEUS),
          "aggregator", Set.of(PROMETHEUS, INGRESS, PEERS),
          "gateway", Set.of(PROMETHEUS, INGRESS, GATEWAY_CLIENT),
          "cli", Set.of());

  @Override
  public List<String> faults(River river) {
    Faults faults = new Faults();
    List<NetworkPolicy> policies = river.all(NetworkPolicy.class);
    faults.unless(
        policies.stream().anyMatch(Network::deniesAll),
        "overlay",
        "no policy denies what is not allowed");
    for (Workload workload : river.ours()) {
      Set<String> out = new TreeSet<>(OUT);
      out.addAll(MORE_OUT.getOrDefault(workload.component(), Set.of()));
      compare(workload, "goes out to", flows(policies, workload, false), out, faults);
      compare(
          workload,
          "is reached from",
          flows(policies, workload, true),
          IN.getOrDefault(workload.component(), Set.of()),
          faults);
    }
    policies.forEach(policy -> selectsSomething(policy, river, faults));
    return faults.found();
  }

  private static boolean deniesAll(NetworkPolicy policy) {
    return Selectors.isEmpty(policy.getSpec().getPodSelector())
        && policy.getSpec().getIngress().isEmpty()
        && policy.getSpec().getEgress().isEmpty()
        && Set.copyOf(policy.getSpec().getPolicyTypes()).equals(Set.of("Ingress", "Egress"));
  }

  private static void compare(
      Workload workload, String how, Set<String> actual, Set<String> wanted, Faults faults) {
    Set<String> more = new TreeSet<>(actual);
    more.removeAll(wanted);
    more.forEach(flow -> faults.add(workload, how + " " + flow + ", which nobody needs"));
    Set<String> less = new TreeSet<>(wanted);
    less.removeAll(actual);
    less.forEach(flow -> faults.add(workload, how + " " + flow + " no more"));
  }

  private static Set<String> flows(
      List<NetworkPolicy> policies, Workload workload, boolean incoming) {
    Set<String> flows = new TreeSet<>();
    policies.stream()
        .filter(policy -> Selectors.matches(policy.getSpec().getPodSelector(), workload.labels()))
        .forEach(
            policy -> {
              if (incoming) {
                policy
                    .getSpec()
                    .getIngress()
                    .forEach(rule -> add(flows, rule.getFrom(), rule.getPorts()));
              } else {
                policy
                    .getSpec()
                    .getEgress()
                    .forEach(rule -> add(flows, rule.getTo(), rule.getPorts()));
              }
            });
    return flows;
  }

  private static void add(
      Set<String> flows, List<NetworkPolicyPeer> peers, List<NetworkPolicyPort> ports) {
    List<String> names =
        peers.isEmpty() ? List.of("everywhere") : peers.stream().map(Network::peer).toList();
    List<String> numbers =
        ports.isEmpty()
            ? List.of("any port")
            : ports.stream()
                .map(port -> port.getProtocol() + " " + number(port.getPort()))
                .toList();
    for (String name : names) {
      numbers.forEach(number -> flows.add(name + " " + number));
    }
  }

  private static String peer(NetworkPolicyPeer peer) {
    if (peer.getIpBlock() != null) {
      return peer.getIpBlock().getCidr();
    }
    String namespace =
        Optional.ofNullable(peer.getNamespaceSelector())
            .map(selector -> Selectors.isEmpty(selector) ? "any" : Selectors.line(selector))
            .orElse("same");
    return namespace
        + "/"
        + Optional.ofNullable(peer.getPodSelector()).map(Selectors::line).orElse("every pod");
  }

  private static String number(IntOrString port) {
    return port.getStrVal() == null ? port.getIntVal().toString() : port.getStrVal();
  }

  private static void selectsSomething(NetworkPolicy policy, River river, Faults faults) {
    String where = "NetworkPolicy " + policy.getMetadata().getName();
    List<Workload> selected =
        river.workloads().stream()
            .filter(
                workload -> Selectors.matches(policy.getSpec().getPodSelector(), workload.labels()))
            .toList();
    faults.unless(
        !selected.isEmpty() || selectsOperatorsPods(policy, river), where, "selects nothing");
    policy
        .getSpec()
        .getIngress()
        .forEach(
            rule ->
                rule.getPorts()
                    .forEach(
                        port ->
                            selected.forEach(
                                workload ->
                                    faults.unless(
                                        listens(workload, port.getPort()),
                                        where,
                                        workload + " has no port " + number(port.getPort())))));
  }

  /** Pods of a Kafka cluster that Strimzi makes of what is in the overlay. */
  private static boolean selectsOperatorsPods(NetworkPolicy policy, River river) {
    return river.all(Kafka.class).stream()
        .anyMatch(
            kafka ->
                kafka
                    .getMetadata()
                    .getName()
                    .equals(
                        policy
                            .getSpec()
                            .getPodSelector()
                            .getMatchLabels()
                            .get("strimzi.io/cluster")));
  }

  private static boolean listens(Workload workload, IntOrString wanted) {
    return workload.containers().stream()
        .flatMap(container -> container.getPorts().stream())
        .anyMatch(port -> is(port, wanted));
  }

  private static boolean is(ContainerPort port, IntOrString wanted) {
    return wanted.getStrVal() == null
        ? wanted.getIntVal().equals(port.getContainerPort())
        : wanted.getStrVal().equals(port.getName());
  }
}
