package io.headwater.models.translation;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs the encoder over the sources of a batch. */
final class SourceEncoder {

  private final OrtSession encoder;
  private final DecodingMemory memory;
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

  SourceEncoder(TranslationGraphs graphs, DecodingMemory memory) {
    this.encoder = graphs.encoder().session();
    this.memory = memory;
  }

  /**
   * What the decoder reads of the sources, {@code [rows, length, width]}; the caller closes it
   * before the next call.
   */
  OnnxTensor encode(PaddedSources sources) throws OrtException {
    List<PaddedSources.Run> runs = sources.runs();
    PaddedSources.Run first = runs.get(0);
    if (first.count() == sources.rows() && first.length() == sources.length()) {
      return encode(sources, first);
    }
    return gathered(sources, runs);
  }

  private OnnxTensor gathered(PaddedSources sources, List<PaddedSources.Run> runs)
      throws OrtException {
    FloatBuffer all = FloatBuffer.allocate(0);
    int width = 0;
    for (PaddedSources.Run run : runs) {
      try (OnnxTensor encoded = encode(sources, run)) {
        if (width == 0) {
          width = (int) encoded.getInfo().getShape()[2];
          all = memory.encoded(sources.rows() * sources.length() * width);
        }
        spread(encoded.getFloatBuffer(), run, all, sources.length() * width, width);
      }
    }
    int row = sources.length() * width;
    for (int copy = sources.sources().size(); copy < sources.rows(); copy++) {
      all.put(copy * row, all, (copy - 1) * row, row);
    }
    long[] shape = {sources.rows(), sources.length(), width};
    return OnnxTensor.createTensor(environment, all, shape);
  }

  /** Puts each source's part at the start of its row, and nothing behind it. */
  private static void spread(
      FloatBuffer encoded, PaddedSources.Run run, FloatBuffer all, int row, int width) {
    int part = run.length() * width;
    for (int i = 0; i < run.count(); i++) {
      int at = (run.from() + i) * row;
      all.put(at, encoded, i * part, part);
      for (int blank = at + part; blank < at + row; blank++) {
        all.put(blank, 0);
      }
    }
  }

  private OnnxTensor encode(PaddedSources sources, PaddedSources.Run run) throws OrtException {
    int tokens = run.count() * run.length();
    long[] shape = {run.count(), run.length()};
    LongBuffer ids = memory.sourceIds.room(tokens);
    LongBuffer mask = memory.encodedMask.room(tokens);
    sources.write(run, ids, mask);
    try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, ids, shape);
        OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask, shape)) {
      OrtSession.Result result =
          encoder.run(
              Map.of(
                  TranslationGraphs.SOURCE_IDS,
                  idTensor,
                  TranslationGraphs.SOURCE_MASK,
                  maskTensor),
              Set.of(TranslationGraphs.ENCODED));
      return NativeTensors.tensor(result, TranslationGraphs.ENCODED);
    }
  }
}
