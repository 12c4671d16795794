package io.headwater.models.translation;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.headwater.models.TranslationFiles;
import io.headwater.models.engine.EngineException;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.models.engine.SessionOpener;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sessions of one translation model: its encoder and decoder, and the small graphs that run
 * between steps. Closes what it opened.
 */
final class TranslationGraphs implements AutoCloseable {

  static final String SOURCE_IDS = "input_ids";
  static final String SOURCE_MASK = "attention_mask";
  static final String ENCODED = "last_hidden_state";

  private final Deque<OrtSession> opened = new ArrayDeque<>();
  private final SessionOpener.Opened encoder;
  private final OrtSession first;
  private final OrtSession later;
  private final OrtSession scores;
  private final OrtSession ownRows;
  private final OrtSession sourceRows;
  private final DecoderPorts ports;

  private TranslationGraphs(TranslationFiles files, EngineOptions options, int vocabulary)
      throws OrtException {
    try {
      this.encoder = keep(SessionOpener.open(files.encoder(), options));
      // A provider that could not be had for the first graph is not tried again for the others.
      EngineOptions found = options.on(encoder.provider());
      this.first = keep(SessionOpener.open(files.decoder(), found)).session();
      Optional<Path> withPast = files.decoderWithPast();
      this.later =
          withPast.isPresent() ? keep(SessionOpener.open(withPast.get(), found)).session() : first;
      requireEncoder(nameOf(files.encoder()));
      this.ports =
          DecoderPorts.of(
              nameOf(files.decoder()), first, nameOf(withPast.orElse(files.decoder())), later);
      // What passes between steps lies in the machine's memory, whatever runs the model.
      EngineOptions cpu = options.on(ExecutionProvider.CPU);
      int scored = ports.scored() < 0 ? vocabulary : ports.scored();
      this.scores = small("scores of tokens", CompanionGraphs.scores(vocabulary, scored), cpu);
      this.ownRows = small("rows", CompanionGraphs.pickRows(ports.own(), List.of()), cpu);
      this.sourceRows = small("rows", CompanionGraphs.pickRows(sourceFloats(), sourceLongs()), cpu);
    } catch (OrtException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Opens a model's graphs.
   *
   * @param vocabulary how many tokens the tokenizer has; others are never chosen
   * @throws EngineException if a file holds no graph
   * @throws IllegalArgumentException if a graph takes or gives something else than it should
   */
  static TranslationGraphs open(TranslationFiles files, EngineOptions options, int vocabulary) {
    try {
      return new TranslationGraphs(files, options, vocabulary);
    } catch (OrtException e) {
      throw new EngineException("cannot inspect a graph: " + e.getMessage(), e);
    }
  }

  private SessionOpener.Opened keep(SessionOpener.Opened session) {
    opened.push(session.session());
    return session;
  }

  private OrtSession small(String name, byte[] graph, EngineOptions options) {
    return keep(SessionOpener.open("the graph of " + name, graph, options)).session();
  }

  private void requireEncoder(String name) throws OrtException {
    OrtSession session = encoder.session();
    if (!session.getInputNames().equals(Set.of(SOURCE_IDS, SOURCE_MASK))) {
      throw new IllegalArgumentException(
          name
              + " has the inputs "
              + new TreeSet<>(session.getInputNames())
              + "; needed are "
              + SOURCE_IDS
              + " and "
              + SOURCE_MASK);
    }
    NodeInfo encoded = session.getOutputInfo().get(ENCODED);
    boolean encodes =
        encoded != null
            && encoded.getInfo() instanceof TensorInfo tensor
            && tensor.type == OnnxJavaType.FLOAT;
    if (!encodes) {
      throw new IllegalArgumentException(
          name
              + " has the outputs "
              + new TreeSet<>(session.getOutputNames())
              + "; needed is "
              + ENCODED
              + " of type float32");
    }
  }

  /** The source's float tensors that later steps read. */
  List<String> sourceFloats() {
    List<String> names = new ArrayList<>(ports.source());
    if (ports.needsHidden()) {
      names.add(DecoderPorts.HIDDEN);
    }
    return names;
  }

  /** The source's int64 tensors that later steps read. */
  List<String> sourceLongs() {
    return ports.needsMask() ? List.of(DecoderPorts.MASK) : List.of();
  }

  SessionOpener.Opened encoder() {
    return encoder;
  }

  /** The decoder of the first step. */
  OrtSession first() {
    return first;
  }

  /** The decoder of later steps. */
  OrtSession later() {
    return later;
  }

  /** Whether one graph serves as both decoders, and is told by an input which it is. */
  boolean merged() {
    return first == later;
  }

  /** See {@link CompanionGraphs#scores}. */
  OrtSession scores() {
    return scores;
  }

  /** See {@link CompanionGraphs#pickRows}, for the keys and values of the decoder's own tokens. */
  OrtSession ownRows() {
    return ownRows;
  }

  /** See {@link CompanionGraphs#pickRows}, for what belongs to the source. */
  OrtSession sourceRows() {
    return sourceRows;
  }

  DecoderPorts ports() {
    return ports;
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName());
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (OrtException e) {
        throw new EngineException("cannot close a session: " + e.getMessage(), e);
      }
    }
  }
}
