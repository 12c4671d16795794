package io.headwater.trainer.attention;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.headwater.trainer.graph.GraphWriter;
import io.headwater.trainer.tensor.GraphOps;
import io.headwater.trainer.tensor.Weights;
import io.headwater.trainer.translation.export.GraphSession;
import io.headwater.trainer.translation.export.GraphSession.Floats;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A form of attention as an ONNX graph in ONNX Runtime. */
final class GraphAttention implements AutoCloseable {
  private final GraphSession session;
  private final String output;

  /**
   * A session.
   *
   * @param itself whether queries are the memory
   */
  GraphAttention(Attention form, Weights weights, boolean itself, boolean causal) throws Exception {
    GraphWriter graph = GraphWriter.transformer("attention");
    String width = Integer.toString(form.weights().get(0).shape().get(0));
    String queries = graph.input("queries", DataType.FLOAT, List.of("rows", "asking", width));
    String memory =
        itself ? queries : graph.input("memory", DataType.FLOAT, List.of("rows", "asked", width));
    String asked = itself ? "asking" : "asked";
    String keep = graph.input("keep", DataType.FLOAT, List.of("rows", asked));
    GraphOps ops = new GraphOps(graph, weights);
    this.output = form.attend(ops, queries, memory, new AttentionMask<>(keep, causal));
    graph.output(output, List.of("rows", "asking", width));
    this.session = new GraphSession(graph.toModel());
  }

  /** {@code [B, Q, d]}. */
  float[] attend(Texts texts) throws Exception {
    long rows = texts.rows();
    Map<String, Object> inputs =
        Map.of(
            "queries",
                new Floats(new long[] {rows, texts.asking(), texts.width()}, texts.queries()),
            "memory", new Floats(new long[] {rows, texts.asked(), texts.width()}, texts.memory()),
            "keep", new Floats(new long[] {rows, texts.asked()}, texts.keep()));
    return Objects.requireNonNull(session.run(inputs, List.of(output)).get(output)).values();
  }

  @Override
  public void close() throws Exception {
    session.close();
  }
}
