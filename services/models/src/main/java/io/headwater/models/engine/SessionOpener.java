package io.headwater.models.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens ONNX Runtime sessions on the execution provider that was asked for. */
public final class SessionOpener {

  private static final Logger log = LoggerFactory.getLogger(SessionOpener.class);

  /**
   * Optimising a graph recurses deeply in native code. On Java's usual 1 MB stack that can be a
   * segmentation fault which comes and goes with the length of the class path.
   */
  private static final long STACK_BYTES = 16L << 20;

  /**
   * A session, and where it runs.
   *
   * @param fallbackReason why it runs on the CPU although CUDA was preferred
   */
  public record Opened(
      OrtSession session, ExecutionProvider provider, Optional<String> fallbackReason) {}

  /** A graph of one file or of bytes. */
  private record Graph(String name, Optional<byte[]> bytes) {

    OrtSession create(OrtSession.SessionOptions options) throws OrtException {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      return bytes.isPresent()
          ? environment.createSession(bytes.get(), options)
          : environment.createSession(name, options);
    }
  }

  private SessionOpener() {}

  /**
   * Opens a graph.
   *
   * @throws EngineUnavailableException if the execution provider cannot be had
   * @throws EngineException if the file holds no graph
   */
  public static Opened open(Path graph, EngineOptions options) {
    return open(new Graph(graph.toString(), Optional.empty()), options);
  }

  /**
   * Opens a graph of ours that was built in memory.
   *
   * @param name what errors call it
   * @param graph an ONNX model
   * @throws EngineException if the runtime does not take it
   */
  public static Opened open(String name, byte[] graph, EngineOptions options) {
    return open(new Graph(name, Optional.of(graph)), options);
  }

  private static Opened open(Graph graph, EngineOptions options) {
    FutureTask<Opened> opening = new FutureTask<>(() -> openHere(graph, options));
    Thread thread = new Thread(null, opening, "onnx-session-opener", STACK_BYTES);
    thread.start();
    try {
      return opening.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      // The session would have no owner if it came to life after we left.
      return closeWhenOpened(opening, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof EngineException known) {
        throw known;
      }
      throw new EngineException("cannot load " + graph.name() + ": " + e.getCause(), e);
    }
  }

  private static Opened closeWhenOpened(FutureTask<Opened> opening, InterruptedException cause) {
    Thread closer =
        new Thread(
            () -> {
              try {
                opening.get().session().close();
              } catch (InterruptedException | ExecutionException | OrtException e) {
                log.debug("nothing to close after an interrupted load", e);
              }
            },
            "onnx-session-closer");
    closer.setDaemon(true);
    closer.start();
    throw new EngineException("interrupted while loading a graph", cause);
  }

  private static Opened openHere(Graph graph, EngineOptions options) throws OrtException {
    if (options.provider() == ExecutionProvider.CPU) {
      return onCpu(graph, options, Optional.empty());
    }
    try {
      if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
        throw new EngineUnavailableException(
            "this build of ONNX Runtime has no CUDA: use the scorer's -cuda image, or build"
                + " Headwater with -Pgpu");
      }
      Optional<String> lacking =
          CudaMachine.here().flatMap(machine -> machine.complaint(options.device()));
      if (lacking.isPresent()) {
        throw new EngineUnavailableException(lacking.get());
      }
      return onCuda(graph, options);
    } catch (OrtException | EngineUnavailableException e) {
      String line = String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
      String reason =
          e instanceof OrtException ? CudaMachine.explained(line, options.device()) : line;
      if (options.provider() == ExecutionProvider.CUDA) {
        throw new EngineUnavailableException(
            "execution provider cuda was asked for and cannot be had: " + reason, e);
      }
      // Who owns the engine tells its operators, once.
      log.debug("event=provider_fallback graph={} reason=\"{}\"", graph.name(), reason);
      return onCpu(graph, options, Optional.of(reason));
    }
  }

  private static Opened onCuda(Graph graph, EngineOptions options) throws OrtException {
    try (OrtSession.SessionOptions session = common(options.threadsHere())) {
      session.addCUDA(options.device());
      return new Opened(graph.create(session), ExecutionProvider.CUDA, Optional.empty());
    }
  }

  private static Opened onCpu(Graph graph, EngineOptions options, Optional<String> reason)
      throws OrtException {
    int threadsOfACall = options.sideBySide() ? 1 : options.threadsHere();
    try (OrtSession.SessionOptions session = common(threadsOfACall)) {
      return new Opened(graph.create(session), ExecutionProvider.CPU, reason);
    }
  }

  private static OrtSession.SessionOptions common(int threads) throws OrtException {
    OrtSession.SessionOptions session = new OrtSession.SessionOptions();
    session.setIntraOpNumThreads(threads);
    // Lengths change with every batch: a plan of memory for each shape costs time, and the plans
    // keep growing.
    session.setMemoryPatternOptimization(false);
    // What fails is thrown with the same words, and whoever catches it logs it once. The runtime's
    // lines go past our log: several for each bad record, hundreds for an export's unused weights.
    session.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    // Idle threads that spin would take the cores from the broker next door.
    session.addConfigEntry("session.intra_op.allow_spinning", "0");
    return session;
  }
}
