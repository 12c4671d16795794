package io.headwater.k8s.manifest;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One object: as it is written, and as its API's type.
 *
 * @param source where it is written
 * @param tree as written
 * @param typed of the API's type; the tree itself where a schema stands for the type
 */
public record Manifest(String source, JsonNode tree, Object typed) {
  public Manifest {
    requireNonNull(source, "source");
    requireNonNull(tree, "tree");
    requireNonNull(typed, "typed");
  }

  public String kind() {
    return tree.path("kind").asText();
  }

  public String name() {
    return tree.path("metadata").path("name").asText();
  }

  public String namespace() {
    return tree.path("metadata").path("namespace").asText();
  }

  @Override
  public String toString() {
    return kind() + " " + name();
  }
}
