package io.headwater.trainer.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A real ONNX graph with the names of an encoder of the BERT family and none of its thinking: each
 * token's vector is looked up by its id and holds the id in the column of that number.
 */
public final class FakeEncoder {

  /** Ids that the encoder knows: those of the tiny tokenizer. */
  public static final int VOCABULARY = 20;

  private FakeEncoder() {}

  /** The graph. */
  public static ModelProto graph() {
    GraphWriter graph = new GraphWriter("fake");
    graph.input("input_ids", TensorProto.DataType.INT64, -1, -1);
    graph.input("attention_mask", TensorProto.DataType.INT64, -1, -1);
    float[] table = new float[VOCABULARY * HeadGraph.WIDTH];
    for (int id = 0; id < VOCABULARY; id++) {
      table[id * HeadGraph.WIDTH + id] = id;
    }
    graph.floats("table", table, VOCABULARY, HeadGraph.WIDTH);
    graph.node("Gather", "/encoder/layer.9/output/LayerNorm/Add_1_output_0", "table", "input_ids");
    graph.node(
        "Neg",
        "/encoder/layer.10/output/LayerNorm/Add_1_output_0",
        "/encoder/layer.9/output/LayerNorm/Add_1_output_0");
    graph.node("Identity", "last_hidden_state", "/encoder/layer.9/output/LayerNorm/Add_1_output_0");
    graph.output("last_hidden_state", -1, -1, HeadGraph.WIDTH);
    return graph.toModel();
  }

  /** A folder with the graph and the tiny tokenizer. */
  public static Path folder(Path folder) throws IOException {
    Files.createDirectories(folder);
    OnnxFile.write(graph(), folder.resolve("fake.onnx"));
    try (InputStream in =
        Objects.requireNonNull(
            FakeEncoder.class.getResourceAsStream("/tiny-tokenizer.json"), "tokenizer")) {
      Files.copy(in, folder.resolve("fake-tokenizer.json"));
    }
    return folder;
  }
}
