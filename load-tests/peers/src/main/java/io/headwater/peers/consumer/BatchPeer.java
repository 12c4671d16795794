package io.headwater.peers.consumer;

import io.headwater.peers.contract.KafkaSettings;
import io.headwater.peers.contract.Peer;
import io.headwater.peers.contract.PeerSettings;
import io.headwater.peers.model.Answers;
import io.headwater.peers.model.PackageFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

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
      ExecutorCompletionService<Void> ends = new ExecutorCompletionService<>(threads);
      List<BatchScorer> opened = new ArrayList<>();
      for (int i = 0; i < settings.threads(); i++) {
        opened.add(scorers.next());
      }
      ready.run();
      for (BatchScorer scorer : opened) {
        BatchLoop loop =
            started(new BatchLoop(settings, group, batchSize, new Answers(folder.labels())));
        ends.submit(
            () -> {
              try (scorer) {
                loop.run(scorer);
              } finally {
                stop();
              }
              return null;
            });
      }
      for (int i = 0; i < settings.threads(); i++) {
        ends.take().get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a consumer failed: " + e.getCause(), e.getCause());
    } finally {
      threads.shutdown();
    }
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
