package io.headwater.models.translation;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.headwater.models.engine.EngineException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One batch while it is decoded: its rows' caches, which stay in native memory from step to step.
 */
final class Decoding implements AutoCloseable {

  private final TranslationGraphs graphs;
  private final DecoderPorts ports;
  private final DecodingMemory memory;
  private final boolean explain;
  private final Set<String> laterOutputs;
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

  /** What each row needs of its source, as later steps read it. */
  private final NativeTensors source = new NativeTensors();

  /** Keys and values of each row's own tokens. */
  private final NativeTensors own = new NativeTensors();

  /** What the last step gave besides: logits, and attention if asked for. */
  private final NativeTensors given = new NativeTensors();

  private final Map<String, OnnxTensor> inputs = new HashMap<>();
  private int rows;

  private Decoding(TranslationGraphs graphs, DecodingMemory memory, boolean explain) {
    this.graphs = graphs;
    this.ports = graphs.ports();
    this.memory = memory;
    this.explain = explain && ports.attention().isPresent();
    this.laterOutputs = outputs(ports.own());
  }

  /**
   * Encodes sources and takes the first step.
   *
   * @param sources what the rows translate
   * @param start the first token of every row
   * @param explain whether to keep what the rows looked at
   * @throws EngineException if the runtime refuses
   */
  static Decoding start(
      TranslationGraphs graphs,
      DecodingMemory memory,
      PaddedSources sources,
      int start,
      boolean explain) {
    Decoding decoding = new Decoding(graphs, memory, explain);
    try {
      decoding.begin(sources, start);
      return decoding;
    } catch (OrtException e) {
      decoding.close();
      throw refused(e);
    } catch (RuntimeException e) {
      decoding.close();
      throw e;
    }
  }

  private void begin(PaddedSources sources, int start) throws OrtException {
    rows = sources.rows();
    LongBuffer mask = memory.sourceMask.room(rows * sources.length());
    sources.writeMask(mask);
    long[] shape = {rows, sources.length()};
    source.put(DecoderPorts.MASK, OnnxTensor.createTensor(environment, mask, shape));
    source.put(DecoderPorts.HIDDEN, new SourceEncoder(graphs, memory).encode(sources));
    int[] starts = new int[rows];
    Arrays.fill(starts, start);
    firstStep(starts);
  }

  private void firstStep(int[] starts) throws OrtException {
    try (NativeTensors passing = new NativeTensors()) {
      passing.put(DecoderPorts.IDS, longs(memory.tokens, starts, rows, 1));
      if (graphs.merged()) {
        // The branch without past does not read it, but the graph wants its inputs.
        passing.put(DecoderPorts.USE_CACHE, flag(false));
        for (String name : names()) {
          long[] none = {rows, ports.heads(), 0, ports.headSize()};
          passing.put(
              DecoderPorts.PAST + name,
              OnnxTensor.createTensor(environment, FloatBuffer.allocate(0), none));
        }
      }
      inputs.clear();
      for (String name : graphs.first().getInputNames()) {
        boolean ofSource = name.equals(DecoderPorts.HIDDEN) || name.equals(DecoderPorts.MASK);
        inputs.put(name, ofSource ? source.get(name) : passing.get(name));
      }
      OrtSession.Result result = graphs.first().run(inputs, outputs(names()));
      take(result);
      source.takeFrom(result, DecoderPorts.PRESENT, ports.source());
    }
  }

  /** Another step of every row, each with one more token. */
  void step(int[] tokens) {
    try (NativeTensors passing = new NativeTensors()) {
      inputs.clear();
      passing.put(DecoderPorts.IDS, longs(memory.tokens, tokens, rows, 1));
      inputs.put(DecoderPorts.IDS, passing.get(DecoderPorts.IDS));
      if (graphs.merged()) {
        passing.put(DecoderPorts.USE_CACHE, flag(true));
        inputs.put(DecoderPorts.USE_CACHE, passing.get(DecoderPorts.USE_CACHE));
      }
      if (ports.needsHidden()) {
        inputs.put(DecoderPorts.HIDDEN, source.get(DecoderPorts.HIDDEN));
      }
      if (ports.needsMask()) {
        inputs.put(DecoderPorts.MASK, source.get(DecoderPorts.MASK));
      }
      ports.own().forEach(name -> inputs.put(ports.past(name), own.get(name)));
      ports.source().forEach(name -> inputs.put(ports.past(name), source.get(name)));
      take(graphs.later().run(inputs, laterOutputs));
    } catch (OrtException e) {
      throw refused(e);
    }
  }

  private void take(OrtSession.Result result) {
    own.takeFrom(result, DecoderPorts.PRESENT, ports.own());
    given.takeFrom(result, "", List.of(DecoderPorts.LOGITS));
    if (explain) {
      ports.attention().ifPresent(name -> given.takeFrom(result, "", List.of(name)));
    }
  }

  /**
   * Makes the next step's rows out of the present ones; a row may be taken several times.
   *
   * @param from the present row that each next row continues
   * @param otherSources whether the next rows differ from the present ones in their sources
   */
  void reorder(int[] from, boolean otherSources) {
    try (OnnxTensor picked = longs(memory.rows, from, from.length)) {
      pick(graphs.ownRows(), picked, own, ports.own());
      if (otherSources) {
        List<String> names = new ArrayList<>(graphs.sourceFloats());
        names.addAll(graphs.sourceLongs());
        pick(graphs.sourceRows(), picked, source, names);
      }
      rows = from.length;
    } catch (OrtException e) {
      throw refused(e);
    }
  }

  private void pick(OrtSession graph, OnnxTensor picked, NativeTensors tensors, List<String> names)
      throws OrtException {
    inputs.clear();
    inputs.put(CompanionGraphs.ROWS, picked);
    names.forEach(name -> inputs.put(name, tensors.get(name)));
    tensors.takeFrom(graph.run(inputs), CompanionGraphs.PICKED, names);
  }

  /**
   * The last step's scores.
   *
   * @param count how many of each row's best tokens; 0 for none, when only attention is wanted
   */
  StepScores scores(int count) {
    try {
      if (count > 0) {
        readBest(count);
      }
      if (explain) {
        memory.scores.attention(readAttention());
      } else {
        memory.scores.attention(List.of());
      }
      return memory.scores;
    } catch (OrtException e) {
      throw refused(e);
    }
  }

  private void readBest(int count) throws OrtException {
    int cells = rows * count;
    long[] shape = {rows, 1, count};
    FloatBuffer values = memory.best(cells);
    LongBuffer ids = memory.bestIds.room(cells);
    try (OnnxTensor valueTensor = OnnxTensor.createTensor(environment, values, shape);
        OnnxTensor idTensor = OnnxTensor.createTensor(environment, ids, shape);
        OnnxTensor countTensor = longs(memory.count, new int[] {count}, 1)) {
      inputs.clear();
      inputs.put(CompanionGraphs.LOGITS, given.get(DecoderPorts.LOGITS));
      inputs.put(CompanionGraphs.COUNT, countTensor);
      graphs
          .scores()
          .run(
              inputs,
              Set.of(),
              Map.of(CompanionGraphs.VALUES, valueTensor, CompanionGraphs.IDS, idTensor));
      values.get(0, memory.scores.logProbabilities(rows, count), 0, cells);
      ids.get(0, memory.scores.ids(), 0, cells);
    }
  }

  private List<float[]> readAttention() {
    OnnxTensor tensor = given.get(ports.attention().orElseThrow());
    long[] shape = tensor.getInfo().getShape();
    FloatBuffer values = tensor.getFloatBuffer();
    float[] raw = new float[values.remaining()];
    values.get(raw);
    List<float[]> looks = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      looks.add(Attention.overHeads(raw, row, (int) shape[1], (int) shape[shape.length - 1]));
    }
    return looks;
  }

  /** How many tokens the logits of the last step are of. */
  int scored() {
    long[] shape = given.get(DecoderPorts.LOGITS).getInfo().getShape();
    return (int) shape[shape.length - 1];
  }

  /**
   * Replaces what the rows have written by as many tokens of nothing, to see whether the decoder
   * takes so many.
   */
  void pretend(int length) {
    try {
      for (String name : ports.own()) {
        // Layers may have other heads than their neighbours.
        long[] shape = own.get(name).getInfo().getShape();
        shape[2] = length;
        FloatBuffer zeros =
            ByteBuffer.allocateDirect(
                    Math.toIntExact(rows * shape[1] * length * shape[3] * Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        own.put(name, OnnxTensor.createTensor(environment, zeros, shape));
      }
    } catch (OrtException e) {
      throw refused(e);
    }
  }

  private List<String> names() {
    return Stream.concat(ports.own().stream(), ports.source().stream()).toList();
  }

  private Set<String> outputs(List<String> caches) {
    Set<String> outputs = new HashSet<>();
    outputs.add(DecoderPorts.LOGITS);
    caches.forEach(name -> outputs.add(DecoderPorts.PRESENT + name));
    if (explain) {
      ports.attention().ifPresent(outputs::add);
    }
    return outputs;
  }

  private OnnxTensor flag(boolean value) throws OrtException {
    return OnnxTensor.createTensor(environment, new boolean[] {value});
  }

  private OnnxTensor longs(NativeLongs room, int[] values, long... shape) throws OrtException {
    LongBuffer buffer = room.room(values.length);
    for (int value : values) {
      buffer.put(value);
    }
    return OnnxTensor.createTensor(environment, buffer.flip(), shape);
  }

  private static EngineException refused(OrtException e) {
    return new EngineException("the runtime refused a batch: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    source.close();
    own.close();
    given.close();
  }
}
