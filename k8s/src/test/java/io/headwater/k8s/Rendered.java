package io.headwater.k8s;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.headwater.k8s.manifest.Kustomize;
import io.headwater.k8s.manifest.ManifestParser;
import io.headwater.k8s.policy.River;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Overlays, rendered once. Without kubectl what asks for one is skipped, and says so. */
final class Rendered {
  private static final String SKIPPED =
      "SKIPPED: rendering of the Kubernetes overlays: there is no kubectl 1.27 or newer";
  private static final Optional<Kustomize> KUSTOMIZE = Kustomize.find();
  private static final Map<Path, String> TEXTS = new ConcurrentHashMap<>();

  static {
    if (KUSTOMIZE.isEmpty()) {
      System.err.println(SKIPPED);
    }
  }

  private Rendered() {}

  /** The objects as written. */
  static List<JsonNode> trees(Path overlay) {
    assumeTrue(KUSTOMIZE.isPresent(), SKIPPED);
    String text = TEXTS.computeIfAbsent(overlay, folder -> KUSTOMIZE.orElseThrow().render(folder));
    return ManifestParser.trees(overlay.toString(), text);
  }

  static River overlay(Path overlay) {
    return river(trees(overlay));
  }

  static River river(List<JsonNode> trees) {
    return new River(trees.stream().map(tree -> ManifestParser.typed("rendered", tree)).toList());
  }
}
