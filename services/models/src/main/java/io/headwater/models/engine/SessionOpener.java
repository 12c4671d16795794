package io.headwater.models.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens ONNX Runtime sessions on the execution provider that was asked for. */
final class SessionOpener {

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
  record Opened(OrtSession session, ExecutionProvider provider, Optional<String> fallbackReason) {}

  private SessionOpener() {}

  static Opened open(Path graph, EngineOptions options) {
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
      throw new EngineException("cannot load " + graph + ": " + e.getCause(), e);
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

  private static Opened openHere(Path graph, EngineOptions options) throws OrtException {
    if (options.provider() == ExecutionProvider.CPU) {
      return onCpu(graph, options, Optional.empty());
    }
    try {
      if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
        throw new EngineUnavailableException(
            "this build of ONNX Runtime has no CUDA; build Headwater with -Pgpu");
      }
      return onCuda(graph, options);
    } catch (OrtException | EngineUnavailableException e) {
      String reason = String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
      if (options.provider() == ExecutionProvider.CUDA) {
        throw new EngineUnavailableException(
            "execution provider cuda was asked for and cannot be had: " + reason, e);
      }
      log.warn("running on the CPU provider=cpu preferred=cuda reason=\"{}\"", reason);
      return onCpu(graph, options, Optional.of(reason));
    }
  }

  private static Opened onCuda(Path graph, EngineOptions options) throws OrtException {
    try (OrtSession.SessionOptions session = common(options)) {
      session.addCUDA(0);
      return new Opened(create(graph, session), ExecutionProvider.CUDA, Optional.empty());
    }
  }

  private static Opened onCpu(Path graph, EngineOptions options, Optional<String> reason)
      throws OrtException {
    try (OrtSession.SessionOptions session = common(options)) {
      return new Opened(create(graph, session), ExecutionProvider.CPU, reason);
    }
  }

  private static OrtSession.SessionOptions common(EngineOptions options) throws OrtException {
    OrtSession.SessionOptions session = new OrtSession.SessionOptions();
    session.setIntraOpNumThreads(options.intraOpThreads());
    // Idle threads that spin would take the cores from the broker next door.
    session.addConfigEntry("session.intra_op.allow_spinning", "0");
    return session;
  }

  private static OrtSession create(Path graph, OrtSession.SessionOptions session)
      throws OrtException {
    return OrtEnvironment.getEnvironment().createSession(graph.toString(), session);
  }
}
