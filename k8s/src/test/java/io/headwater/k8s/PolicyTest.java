package io.headwater.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headwater.k8s.manifest.ManifestFolder;
import io.headwater.k8s.policy.River;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Each rule fails where it is broken: one value of a good overlay is changed, and the rule must say
 * so. The changes are in {@code mutations.csv}.
 */
class PolicyTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} {1} {2} = {3}: {4}")
  @CsvFileSource(
      resources = "/mutations.csv",
      delimiter = '|',
      numLinesToSkip = 1,
      quoteCharacter = '`')
  void aChangeForTheWorseIsSeen(
      String overlay, String object, String pointer, String value, String fault) {
    Path rendered = ManifestFolder.of("k8s/overlays").resolve(overlay);
    List<JsonNode> trees = new ArrayList<>(Rendered.trees(rendered));

    change(trees, object, pointer, value);

    assertThat(faults(Rendered.river(trees))).anyMatch(found -> found.contains(fault));
  }

  @Test
  void whatIsChangedIsWellBefore() {
    for (Path overlay : ManifestFolder.overlays()) {
      assertThat(faults(Rendered.river(Rendered.trees(overlay)))).isEmpty();
    }
  }

  private List<String> faults(River river) {
    return ProjectFacts.policy(folder).faults(river);
  }

  /**
   * Sets what the pointer names; takes it away where the value is "-"; adds to a list at its end.
   */
  private static void change(List<JsonNode> trees, String object, String pointer, String value) {
    String kind = object.substring(0, object.indexOf('/'));
    String name = object.substring(object.indexOf('/') + 1);
    JsonNode tree =
        trees.stream()
            .filter(
                candidate ->
                    candidate.path("kind").asText().equals(kind)
                        && candidate.at("/metadata/name").asText().matches(name))
            .findFirst()
            .orElseThrow(() -> new AssertionError("There is no " + object));
    if (pointer.equals("/")) {
      trees.remove(tree);
      return;
    }
    int last = pointer.lastIndexOf('/');
    JsonNode parent = tree.at(pointer.substring(0, last));
    String field = pointer.substring(last + 1).replace("~1", "/");
    JsonNode before = parent.isArray() ? parent.path(-1) : parent.path(field);
    if (value.equals("-")) {
      assertThat(parent.isObject() ? parent.has(field) : parent.has(Integer.parseInt(field)))
          .as("something to take away at " + pointer)
          .isTrue();
      if (parent instanceof ArrayNode list) {
        list.remove(Integer.parseInt(field));
      } else {
        ((ObjectNode) parent).remove(field);
      }
    } else if (parent instanceof ArrayNode list) {
      if (field.equals("+")) {
        list.add(parsed(value));
      } else {
        list.set(Integer.parseInt(field), parsed(value));
      }
    } else {
      assertThat(parent.isObject()).as("an object at " + pointer).isTrue();
      assertThat(before).as("a change at " + pointer).isNotEqualTo(parsed(value));
      ((ObjectNode) parent).set(field, parsed(value));
    }
  }

  private static JsonNode parsed(String value) {
    try {
      return JSON.readTree(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + value, e);
    }
  }
}
