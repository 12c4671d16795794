package io.headwater.peers.consumer;

import io.headwater.peers.contract.KafkaSettings;
import io.headwater.peers.contract.Peer;
import io.headwater.peers.contract.PeerSettings;
import io.headwater.peers.model.Answers;
import io.headwater.peers.model.PackageFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** So many consumers of one group, each with a thread and a scorer of its own. */
final class BatchPeer implements Peer {
  /** The model of the whole process, which gives each loop its scorer. */
  interface Scorers extends AutoCloseable {
    BatchScorer next() throws Exception;

    @Override
    void close() throws Exception;
  }

  /** Loads the model. */
  interface Loader {
    Scorers load(PackageFolder folder) throws Exception;
  }

  private final PeerSettings settings;
  private final String name;
  private final int batchSize;
  private final Loader loader;
  private final List<BatchLoop> running = new ArrayList<>();
  private boolean stopped;

  BatchPeer(PeerSettings settings, String name, int batchSize, Loader loader) {
    this.settings = settings;
    this.name = name;
    this.batchSize = batchSize;
    this.loader = loader;
  }

  @Override
  public void run(Runnable ready) throws Exception {
    PackageFolder folder = PackageFolder.read(settings.model());
    String group = KafkaSettings.freshGroup(name);
    ExecutorService threads = Executors.newFixedThreadPool(settings.threads());
    try (Scorers scorers = loader.load(folder)) {
      List<Callable<Void>> consumers = new ArrayList<>();
      for (int i = 0; i < settings.threads(); i++) {
        BatchScorer scorer = scorers.next();
        BatchLoop loop =
            started(new BatchLoop(settings, group, batchSize, new Answers(folder.labels())));
        consumers.add(() -> consume(loop, scorer));
      }
      ready.run();
      // Comes back when all have ended: nobody uses the model any more.
      for (Future<Void> consumer : threads.invokeAll(consumers)) {
        consumer.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a consumer failed: " + e.getCause(), e.getCause());
    } finally {
      threads.shutdown();
    }
  }

  /** Where one ends, all end. */
  private @Nullable Void consume(BatchLoop loop, BatchScorer scorer) throws Exception {
    try (scorer) {
      loop.run(scorer);
    } finally {
      stop();
    }
    return null;
  }

  @Override
  public synchronized void stop() {
    stopped = true;
    running.forEach(BatchLoop::stop);
  }

  private synchronized BatchLoop started(BatchLoop loop) {
    running.add(loop);
    if (stopped) {
      loop.stop();
    }
    return loop;
  }
}
