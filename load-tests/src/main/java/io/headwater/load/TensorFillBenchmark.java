package io.headwater.load;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.models.engine.TokenGraph;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a batch costs without a model: ids and masks are written into native memory, and a graph is
 * called that only adds them up.
 */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH sets the fields before it calls a benchmark
public class TensorFillBenchmark {
  private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();
  private static final int INT64 = TensorProto.DataType.INT64.getNumber();

  /** Tokens of each row; a batch has 1,024 in all. */
  @Param({"32", "512"})
  public int tokens;

  private TokenGraph graph;
  private List<int[]> rows;

  /** Builds the graph. */
  @Setup
  public void open() {
    graph = TokenGraph.open("sums", sums(), new EngineOptions(ExecutionProvider.CPU, 1));
    rows = Stream.generate(() -> new int[tokens]).limit(1_024 / tokens).toList();
  }

  /** Frees native memory. */
  @TearDown
  public void close() {
    graph.close();
  }

  @Benchmark
  public List<float[]> fill() {
    return graph.run(rows, 0, List.of("sums"));
  }

  private static byte[] sums() {
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("sums")
            .addInput(value("input_ids", INT64))
            .addInput(value("attention_mask", INT64))
            .addNode(node("Add", "input_ids", "added").addInput("attention_mask"))
            .addNode(
                node("ReduceMax", "added", "greatest")
                    .addAttribute(
                        AttributeProto.newBuilder()
                            .setName("axes")
                            .setType(AttributeProto.AttributeType.INTS)
                            .addInts(1)))
            .addNode(
                node("Cast", "greatest", "sums")
                    .addAttribute(
                        AttributeProto.newBuilder()
                            .setName("to")
                            .setType(AttributeProto.AttributeType.INT)
                            .setI(FLOAT)))
            .addOutput(value("sums", FLOAT))
            .build();
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static NodeProto.Builder node(String operator, String input, String output) {
    return NodeProto.newBuilder().setOpType(operator).addInput(input).addOutput(output);
  }

  private static ValueInfoProto value(String name, int type) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder().setTensorType(TypeProto.Tensor.newBuilder().setElemType(type)))
        .build();
  }
}
