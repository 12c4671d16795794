package io.headwater.infra.containers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The build's CycloneDX document: which libraries there are, and which of them needs which. */
final class BillOfMaterials {
  private static final String OURS = "io.headwater";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode document;
  private final Map<String, List<String>> needs = new HashMap<>();

  private BillOfMaterials(JsonNode document) {
    this.document = document;
    for (JsonNode entry : document.path("dependencies")) {
      List<String> found = new ArrayList<>();
      entry.path("dependsOn").forEach(ref -> found.add(ref.asText()));
      needs.put(entry.path("ref").asText(), found);
    }
  }

  static BillOfMaterials read(Path file) throws IOException {
    return new BillOfMaterials(JSON.readTree(file.toFile()));
  }

  /**
   * The libraries of an image: what its modules need, what the command line needs by itself, and
   * every jar of ours, since the command line names classes of all of them.
   *
   * @return references of components
   */
  Set<String> of(ImageKind image) {
    Set<String> roots = new TreeSet<>();
    for (JsonNode component : document.path("components")) {
      String name = component.path("name").asText();
      if (name.equals(ImageKind.CHECKS_LANGUAGES)
          || (isOurs(component) && image.modules().contains(name))) {
        roots.add(component.path("bom-ref").asText());
      }
    }
    for (String direct : needs.getOrDefault(main().path("bom-ref").asText(), List.of())) {
      if (!direct.startsWith("pkg:maven/" + OURS)) {
        roots.add(direct);
      }
    }
    Set<String> all = closure(roots);
    for (JsonNode component : document.path("components")) {
      if (isOurs(component)) {
        all.add(component.path("bom-ref").asText());
      }
    }
    return all;
  }

  private Set<String> closure(Set<String> roots) {
    Set<String> seen = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      String next = open.remove();
      if (seen.add(next)) {
        open.addAll(needs.getOrDefault(next, List.of()));
      }
    }
    return seen;
  }

  /** Names of the jars of these components, as they lie in dist/lib; the program's own included. */
  Set<String> jars(Set<String> references) {
    Set<String> names = new TreeSet<>();
    names.add(fileName(main()));
    for (JsonNode component : document.path("components")) {
      if (references.contains(component.path("bom-ref").asText())) {
        names.add(fileName(component));
      }
    }
    return names;
  }

  /**
   * The same document with these components only.
   *
   * @param changed jars that are not in the image byte for byte: their hashes would be wrong
   */
  byte[] reducedTo(Set<String> references, Set<String> changed, String image) throws IOException {
    ObjectNode reduced = document.deepCopy();
    reduced.remove("serialNumber");
    ArrayNode components = JSON.createArrayNode();
    for (JsonNode component : document.path("components")) {
      if (references.contains(component.path("bom-ref").asText())) {
        components.add(described(component, changed));
      }
    }
    reduced.set("components", components);
    ArrayNode dependencies = JSON.createArrayNode();
    for (JsonNode entry : document.path("dependencies")) {
      if (references.contains(entry.path("ref").asText())) {
        dependencies.add(entry);
      }
    }
    reduced.set("dependencies", dependencies);
    ((ObjectNode) reduced.path("metadata"))
        .putArray("properties")
        .addObject()
        .put("name", "io.headwater:image")
        .put("value", image);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(reduced);
  }

  private static JsonNode described(JsonNode component, Set<String> changed) {
    if (!changed.contains(fileName(component))) {
      return component;
    }
    ObjectNode copy = component.deepCopy();
    copy.remove("hashes");
    copy.withArray("properties")
        .addObject()
        .put("name", "io.headwater:native")
        .put("value", "native libraries moved to /opt/headwater/native, other platforms' left out");
    return copy;
  }

  private JsonNode main() {
    return document.path("metadata").path("component");
  }

  private static boolean isOurs(JsonNode component) {
    return component.path("group").asText().equals(OURS);
  }

  private static String fileName(JsonNode component) {
    String classifier = "";
    String purl = component.path("purl").asText();
    int at = purl.indexOf("classifier=");
    if (at >= 0) {
      classifier = "-" + purl.substring(at + "classifier=".length()).split("[&#]", 2)[0];
    }
    return component.path("name").asText()
        + "-"
        + component.path("version").asText()
        + classifier
        + ".jar";
  }
}
