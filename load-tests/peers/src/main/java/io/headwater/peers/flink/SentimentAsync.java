package io.headwater.peers.flink;

import ai.onnxruntime.OrtException;
import io.headwater.peers.model.Answers;
import io.headwater.peers.model.PackageFolder;
import io.headwater.peers.model.SentimentModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;

/** The model behind asynchronous I/O: one session, run by a pool of threads, one for each run. */
final class SentimentAsync extends RichAsyncFunction<Incoming, Outgoing> {
  private static final long serialVersionUID = 1;
  private static final long LONGEST_RUN_SECONDS = 20;

  private final String folder;
  private final int threads;
  private transient @Nullable SentimentModel model;
  private transient @Nullable Answers answers;
  private transient @Nullable ExecutorService pool;

  SentimentAsync(Path folder, int threads) {
    this.folder = folder.toString();
    this.threads = threads;
  }

  @Override
  public void open(OpenContext context) throws Exception {
    PackageFolder files = PackageFolder.read(Path.of(folder));
    answers = new Answers(files.labels());
    model = SentimentModel.open(files);
    pool = Executors.newFixedThreadPool(threads);
    OpenedTasks.add();
  }

  @Override
  public void asyncInvoke(Incoming message, ResultFuture<Outgoing> result) {
    Objects.requireNonNull(pool, "not open")
        .execute(
            () -> {
              try {
                result.complete(List.of(answer(message)));
              } catch (OrtException | RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
  }

  private Outgoing answer(Incoming message) throws OrtException {
    float[] probabilities = Objects.requireNonNull(model, "not open").probabilities(message.text());
    return new Outgoing(
        message.key(),
        Objects.requireNonNull(answers, "not open").json(message.id(), probabilities));
  }

  @Override
  public void close() throws Exception {
    if (pool != null) {
      pool.shutdownNow();
      if (!pool.awaitTermination(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a run of the graph does not end");
      }
    }
    if (model != null) {
      model.close();
      model = null;
    }
  }
}
