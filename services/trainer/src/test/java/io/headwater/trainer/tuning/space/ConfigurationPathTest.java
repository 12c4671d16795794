package io.headwater.trainer.tuning.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationPathTest {
  private static final String TREE = "{'model':{'layers':[{'a':{'heads':4}},{'a':{}}],'width':8}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "model.width; {'model':{'layers':[{'a':{'heads':4}},{'a':{}}],'width':7}}",
        "model.layers[0].a.heads; {'model':{'layers':[{'a':{'heads':7}},{'a':{}}],'width':8}}",
        "model.layers[*].a.heads;"
            + " {'model':{'layers':[{'a':{'heads':7}},{'a':{'heads':7}}],'width':8}}",
        "model.layers[1]; {'model':{'layers':[{'a':{'heads':4}},7],'width':8}}",
        "model.layers[*].b.c;"
            + " {'model':{'layers':[{'a':{'heads':4},'b':{'c':7}},{'a':{},'b':{'c':7}}],'width':8}}",
        "training.l1;"
            + " {'model':{'layers':[{'a':{'heads':4}},{'a':{}}],'width':8},'training':{'l1':7}}"
      })
  void aValueComesToEveryPlaceThatIsNamed(String path, String expected) {
    ObjectNode tree = tree(TREE);

    ConfigurationPath.parse(path).set(tree, IntNode.valueOf(7));

    assertThat(tree).isEqualTo(tree(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "model.layers[2].a; model.layers[2].a: model.layers has 2 elements",
        "model.width.x; model.width.x: model.width is not a section with fields",
        "model.width[0]; model.width[0]: model.width is not a list",
        "model.decoder[0].a; model.decoder[0].a: the configuration has no model.decoder"
      })
  void aPlaceThatIsNotThereIsNamed(String path, String message) {
    ConfigurationPath parsed = ConfigurationPath.parse(path);

    assertThatThrownBy(() -> parsed.set(tree(TREE), IntNode.valueOf(7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", "a..b", "a[", "a[x]", "a]", "[0].a", "a b"})
  void whatIsNoPathIsRefused(String text) {
    assertThatThrownBy(() -> ConfigurationPath.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no path");
  }

  @Test
  void theValueIsACopyInEachPlace() {
    ObjectNode tree = tree(TREE);
    ObjectNode value = tree("{'k':1}");

    ConfigurationPath.parse("model.layers[*].a").set(tree, value);
    ConfigurationPath.parse("model.layers[0].a.k").set(tree, IntNode.valueOf(2));

    assertThat(tree.at("/model/layers/1/a/k").asInt()).isEqualTo(1);
  }

  private static ObjectNode tree(String text) {
    try {
      return (ObjectNode) new JsonMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
